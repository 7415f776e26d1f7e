/** What tests written in TypeScript see of ciTools.mjs. */
export function prepareCiTools(): Promise<{ readonly node: string; readonly modules: string }>;

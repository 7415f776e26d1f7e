/** What tests written in TypeScript see of debian.mjs. */
export function installPackages(...names: readonly string[]): Promise<boolean>;

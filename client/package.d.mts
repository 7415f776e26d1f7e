/** What tests written in TypeScript see of package.mjs. */
export function packedPath(ending?: 'vsix' | 'tgz'): Promise<string>;

/** What the bench, written in TypeScript, sees of peers.mjs. */
export const versions: { readonly [name: string]: string };
export function preparePeers(): Promise<string>;

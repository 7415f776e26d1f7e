/** What tests written in TypeScript see of package.mjs. */
export function packedPath(ending?: 'vsix' | 'tgz'): Promise<string>;

/** The page of the extension, of the README in Chinese and in English, with its links below an address if there is one. */
export function galleryPage(pages: readonly string[], base?: string): string;

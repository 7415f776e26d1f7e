/** Requests that the server makes of our own client, so that files are read through the editor and not from the disk. */
export const filesRequest = 'huashu/files';
export const readRequest = 'huashu/read';
export const folderRequest = 'huashu/folder';

/** What the server of the web asks for files that come along with it, by their paths in `dist`. */
export const shippedRequest = 'huashu/shipped';

/** Tells our own client that scripts, packs or settings are others now, so that what it was told of them may be out of date. */
export const changed = 'huashu/changed';

/** What the client says when it starts the server. */
export interface InitializationOptions {
  /** It answers `huashu/files`, `huashu/read` and `huashu/folder`. */
  readonly readsFiles?: boolean;
  /** It wants to hear `huashu/changed`. */
  readonly hearsChanges?: boolean;
  /** The URI of the folder with the pages of the rules. */
  readonly docs?: string;
  /** The command that shows references; it takes a URI, a position and locations of the protocol. */
  readonly referencesCommand?: string;
  /** The command that asks for what a suppression needs, and then sends `huashu/suppress`. */
  readonly suppressCommand?: string;
  /** The command that has a line rewritten by the language model of the user; it takes what `huashu/rewritePrompt` does. */
  readonly rewriteCommand?: string;
}

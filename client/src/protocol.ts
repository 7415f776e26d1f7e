/** What the server asks of the client beyond the Language Server Protocol; the server has the same names on its side. */

/** Without parameters; the answer is the URIs (`string[]`) of every script in the workspace. */
export const filesRequest = 'huashu/files';

/** With `{ uri: string }`; the answer is the file's text, or `null` where it cannot be read. */
export const readRequest = 'huashu/read';

/** What the server is told at its start. */
export interface InitializationOptions {
  /** The two requests above are answered. */
  readonly readsFiles: true;
  /** The URI of the folder with the pages of the rules. */
  readonly docs: string;
  /** The command that shows references; it takes a URI, a position and locations of the protocol. */
  readonly referencesCommand: string;
}

/** Where files are read. What is not there, or cannot be read, is nothing. */
export interface Files {
  /** The text of a file. */
  readText(uri: string): Promise<string | undefined>;
  /** The URIs of the files in a folder. */
  listFolder(uri: string): Promise<readonly string[] | undefined>;
  /** Whether there is something that was asked for as a file and could not be read: it is a folder, or closed to us. */
  isUnreadable?(uri: string): Promise<boolean>;
}

/** Files that come along with the program, by their paths in its folder `dist`. */
export interface Shipped {
  /** The text of a file in UTF-16, as engines have their texts: nothing has to be made of it. */
  readText(path: string): Promise<string>;
  readBytes(path: string): Promise<Uint8Array>;
}

/** All that the product asks of the outside. Node, a browser worker and an editor each bring their own. */
export interface Host extends Files {
  /** Today in local time, such as `2026-06-01`. */
  today(): string;
}

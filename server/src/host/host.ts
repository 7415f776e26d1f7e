/** All that the product asks of the outside. Node, a browser worker and an editor each bring their own. */
export interface Host {
  /** The text of a file, or nothing when there is none. */
  readText(uri: string): Promise<string | undefined>;
  /** The URIs of the files in a folder, or nothing when there is no such folder. */
  listFolder(uri: string): Promise<readonly string[] | undefined>;
  /** Today in local time, such as `2026-06-01`. */
  today(): string;
}

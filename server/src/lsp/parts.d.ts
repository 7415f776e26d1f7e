/** The loader in front of the worker's code, which `server/parts.mjs` has. */
declare module 'huashu:parts' {
  /** How the code of parts that are not there yet is read, by their names. */
  export function readPartsBy(read: (name: string) => Promise<string>): void;
}

import { access, constants, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isSearched } from '../model/fileNames.ts';
import type { Host, Shipped } from './host.ts';
import { today } from './today.ts';

/** Files on the disk of this machine. */
export const nodeHost: Host = {
  async readText(uri) {
    try {
      const path = pathOf(uri);
      // A pipe would wait for ever.
      return path !== undefined && (await stat(path)).isFile() ? decode(await readFile(path)) : undefined;
    } catch {
      // Missing, a folder, or not readable: to the caller it is not there, and it says so.
      return undefined;
    }
  },
  async isUnreadable(uri) {
    const path = pathOf(uri);
    if (path === undefined) return false;
    const there = await stat(path).catch(() => undefined);
    return there !== undefined && (!there.isFile() || !(await access(path, constants.R_OK).then(yes, no)));
  },
  async listFolder(uri) {
    try {
      const path = pathOf(uri);
      return path === undefined
        ? undefined
        : (await readdir(path)).sort().map((name) => pathToFileURL(join(path, name)).toString());
    } catch {
      return undefined;
    }
  },
  today,
};

const yes = (): boolean => true;
const no = (): boolean => false;

/** All code runs from the folder `node` in `dist`. */
export const nodeShipped: Shipped = {
  readText: async (path) => (await readFile(join(__dirname, '..', path))).toString('utf16le'),
  readBytes: (path) => readFile(join(__dirname, '..', path)),
};

/** The text of bytes that should be UTF-8. What is not becomes U+FFFD, which the rule `encoding` reports. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function pathOf(uri: string): string | undefined {
  return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
}

/**
 * The scripts below a folder, links followed, without those in hidden folders and in node_modules. What cannot be looked into is told,
 * and the rest goes on.
 */
export async function* scriptsBelow(
  folder: string,
  cannotRead: (path: string, error: unknown) => void = () => {},
  above: readonly string[] = [],
): AsyncGenerator<string> {
  const inside = await Promise.all([realpath(folder), readdir(folder, { withFileTypes: true })]).catch((error) => {
    cannotRead(folder, error);
  });
  if (!inside) return;
  const [real, entries] = inside;
  // A link to a folder that we are in already leads in a circle.
  if (above.includes(real)) return;
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const what = entry.isSymbolicLink() ? await stat(path).catch(() => entry) : entry;
    if (what.isDirectory()) {
      if (isSearched(entry.name)) yield* scriptsBelow(path, cannotRead, [...above, real]);
    } else if (isScript(entry.name)) {
      if (what.isFile()) yield path;
      // A link that leads nowhere; editors leave hidden ones behind as their locks.
      else if (what.isSymbolicLink() && !entry.name.startsWith('.')) cannotRead(path, new BrokenLink());
    }
  }
}

/** Why there is nothing to read where a link leads. */
export class BrokenLink extends Error {}

export function isScript(name: string): boolean {
  return /\.(huashu|话术)$/i.test(name);
}

import { URI, Utils } from 'vscode-uri';

/** Whether a file is a script, by its name. */
export function isScriptFile(uri: string): boolean {
  return /\.(?:huashu|话术)$/i.test(URI.parse(uri).path);
}

/** What a script is called by its file. */
export function scriptName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)).replace(/\.(huashu|话术)$/, '');
}

/** Whether scripts are looked for in a folder of this name. */
export function isSearched(folder: string): boolean {
  return !folder.startsWith('.') && folder !== 'node_modules';
}

/** Whether a file is found when scripts are looked for in one of these folders (URIs with a slash at their ends). */
export function isFoundIn(folders: readonly string[], uri: string): boolean {
  return folders.some(
    (folder) => uri.startsWith(folder) && uri.slice(folder.length).split('/').slice(0, -1).every(isSearched),
  );
}

/**
 * How one script may call another in `文件/节点`: from the nearest folder that holds both, from there by way of `..`, or from a
 * folder further up, whose name is best left out.
 */
export function fileNamesOf(from: string, to: string): string[] {
  const target = URI.parse(to);
  let folder = Utils.dirname(URI.parse(from));
  if (!isScriptFile(to) || folder.scheme !== target.scheme || folder.authority !== target.authority) return [];
  const path = target.path.replace(/\.[^./]+$/, '');
  const names: string[] = [];
  let up = '';
  for (let depth = 0; depth < 32; depth++) {
    const prefix = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
    if (path.startsWith(prefix)) {
      const name = path.slice(prefix.length);
      if (names.length === 0) names.push(name, (up || './') + name);
      else names.push(name);
    }
    const parent = Utils.dirname(folder);
    if (parent.toString() === folder.toString()) break;
    folder = parent;
    up += '../';
  }
  return names;
}

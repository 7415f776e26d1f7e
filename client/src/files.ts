import { FileType, Uri, workspace } from 'vscode';

/** What is a script, as a glob pattern. */
export const scripts = '**/*.{huashu,话术}';

/** What findings depend on: scripts, configurations and rule packs. */
export const inputs = '**/*.{huashu,话术,yaml,yml}';

/** The URIs of every script in the workspace, or of the first few. */
export async function scriptsOfWorkspace(most?: number): Promise<string[]> {
  const found = await workspace.findFiles(scripts, '**/node_modules/**', most);
  if (found.length > 0) return found.map(String);
  // A virtual file system need not be searchable; then its folders are walked.
  const uris: string[] = [];
  for (const folder of workspace.workspaceFolders ?? []) {
    if (folder.uri.scheme !== 'file') for await (const uri of scriptsBelow(folder.uri)) uris.push(uri.toString());
  }
  return uris;
}

/** Any file's text; a byte that is no UTF-8 becomes U+FFFD, and a byte order mark stays, since both are worth a finding. */
export async function readText(uri: string): Promise<string | false | null> {
  const file = Uri.parse(uri);
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await workspace.fs.readFile(file));
  } catch {
    const isThere = await workspace.fs.stat(file).then(
      () => true,
      () => false,
    );
    return isThere ? false : null;
  }
}

/** The URIs of what is in a folder, in the order of their names. */
export async function readFolder(uri: string): Promise<string[] | null> {
  try {
    const folder = Uri.parse(uri);
    const entries = await workspace.fs.readDirectory(folder);
    return entries.map(([name]) => Uri.joinPath(folder, name).toString()).sort();
  } catch {
    return null;
  }
}

export function isScript(path: string): boolean {
  return /\.(?:huashu|话术)$/.test(path);
}

/** Folders beyond this depth hold no scripts that anyone would look for, and a link may lead back up. */
const deepest = 8;

async function* scriptsBelow(folder: Uri, depth = 0): AsyncGenerator<Uri> {
  for (const [name, type] of await entriesOf(folder)) {
    const uri = Uri.joinPath(folder, name);
    if (type & FileType.Directory) {
      if (depth < deepest && name !== 'node_modules' && !name.startsWith('.')) yield* scriptsBelow(uri, depth + 1);
    } else if (isScript(name)) yield uri;
  }
}

/** What is in a folder; nothing where it cannot be read. */
export async function entriesOf(folder: Uri): Promise<[string, FileType][]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}

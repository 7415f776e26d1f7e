// Packs the built extension: `npm run package` for a release, and what `npm start` and `npm test` install.
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { root } from './setup.mjs';

/** Where the packed extension of this version is put. */
export async function packedPath() {
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  return path.join(root, 'out', `${name}-${version}.vsix`);
}

/** Builds the extension and packs it; the building is vsce's own doing, through the script `vscode:prepublish`. */
async function packExtension() {
  const packagePath = await packedPath();
  await mkdir(path.dirname(packagePath), { recursive: true });
  await createVSIX({
    cwd: root,
    packagePath,
    // Everything is bundled, so no package goes along.
    dependencies: false,
    // The links in the README stay as they are: the project has no public address yet.
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await packExtension();

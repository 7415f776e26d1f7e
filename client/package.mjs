// Packs what is built, for users: the extension, and the command line for npm. `npm run package` for a release, and what
// `npm start` and `npm test` install.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { npm, root } from './setup.mjs';

const out = path.join(root, 'out');

const readJson = async (file) => JSON.parse(await readFile(path.join(root, file), 'utf8'));

/** Where the packed extension of this version is put, or with the ending `tgz` the command line. */
export async function packedPath(ending = 'vsix') {
  const { name, version } = await readJson('package.json');
  return path.join(out, `${name}-${version}.${ending}`);
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

/**
 * Packs the command line that was just built, with all that its pages link to: whoever installs it may have no network. Its
 * manifest is its own, since that of the extension speaks of an editor, and of packages that only the build needs.
 */
async function packCommandLine() {
  const { name, version, license, keywords, engines, bin } = await readJson('package.json');
  const { description } = await readJson('package.nls.json');
  const manifest = {
    name,
    version,
    description,
    license,
    keywords,
    bin: { [name]: path.posix.normalize(bin[name]) },
    engines: { node: engines.node },
  };
  const folder = path.join(out, 'npm');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const pages = (await readdir(root)).filter((file) => /\.md$|^LICENSE$/.test(file));
  for (const each of [...pages, 'docs', 'samples', 'schemas'])
    await cp(path.join(root, each), path.join(folder, each), { recursive: true });
  // For editors that colour by it.
  const grammar = 'syntaxes/huashu.tmLanguage.json';
  await cp(path.join(root, grammar), path.join(folder, grammar));
  await cp(path.join(root, 'dist'), path.join(folder, 'dist'), { recursive: true, filter: isOfCommandLine });
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', out], folder);
}

/** What is built for editors alone stays out: the client and its views, and the entry by which it starts the server. */
function isOfCommandLine(file) {
  const name = path.relative(path.join(root, 'dist'), file).split(path.sep).join('/');
  return !/^(?:browser|views|node\/(?:client|server)\.cjs)/.test(name);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await packExtension();
  await packCommandLine();
}

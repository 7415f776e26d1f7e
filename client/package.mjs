// Packs what is built, for users: the extension, and the command line for npm. `npm run package` for a release, and what
// `npm start` and `npm test` install.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
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
    // The project has no public address; `galleryPage` sees to the links.
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const parts = unzipSync(await readFile(packagePath));
  const pages = ['README.zh-CN.md', 'README.md'].map((name) => readFile(path.join(root, name), 'utf8'));
  parts['extension/readme.md'] = strToU8(galleryPage(await Promise.all(pages), baseUrl()));
  // A manual page by its name in the repository says what belongs to it.
  parts['extension/README.zh-CN.md'] = strToU8(cutFromRepository(strFromU8(parts['extension/README.zh-CN.md'])));
  await writeFile(packagePath, zipSync(parts, { level: 9 }));
}

/** Where the files of the repository can be read, for whoever publishes: `npm run package -- --base-url URL`. */
function baseUrl() {
  const at = process.argv.indexOf('--base-url');
  if (at < 0) return undefined;
  const url = process.argv[at + 1] ?? '';
  if (!/^https:\/\/[^\s]+$/.test(url))
    throw new Error(`--base-url 需要 https 地址 / --base-url takes an https address: ${url}`);
  return url.replace(/\/*$/, '/');
}

/**
 * The page of the extension in editors and galleries, which show one for all languages: the Chinese, and below it the English. It has
 * pictures and links where there is an address for them; without one the manual that comes along has the pages, and nothing is dead.
 */
export function galleryPage([chinese, english], base) {
  const page = (text) =>
    cutFromRepository(text).replace(
      /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)\n?/g,
      (whole, picture, label, target) => {
        if (/^(?:https:|#)/.test(target)) return whole;
        const end = whole.endsWith('\n') ? '\n' : '';
        if (base) return `${picture}[${label}](${base}${target})${end}`;
        return picture ? '' : label + end;
      },
    );
  const [zh, en] = [page(chinese), page(english)].map((text) =>
    text.replace(/^(# .*\n\n)(?:\[.*\]\(.*\)|English|中文)\n\n/, '$1'),
  );
  const [, title] = /^# (.*)\n/.exec(en);
  const anchor = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(' ', '-');
  return `${zh.replace(/^(# .*\n\n)/, `$1[English](#${anchor})\n\n`)}\n---\n\n${en}`.replace(/\n{3,}/g, '\n\n');
}

/** What only whoever has the repository can do. */
function cutFromRepository(text) {
  return text.replace(/<!-- repository -->\n.*?<!-- \/repository -->\n*/gs, '');
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

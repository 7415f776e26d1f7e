// The licences of everyone whose code is bundled, told by what the bundles are made of.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What esbuild cannot see: these libraries made the tables in server/src/matcher/characters.ts. */
const tables = ['node_modules/opencc-js', 'node_modules/pinyin-pro'];

/**
 * A page that names every package that bundles were made from, and quotes its licence.
 *
 * @param {string} root
 * @param {readonly import('esbuild').Metafile[]} metafiles
 */
export async function noticesOf(root, metafiles) {
  const folders = new Set(tables);
  for (const { inputs } of metafiles) {
    for (const input of Object.keys(inputs)) {
      const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
      if (folder) folders.add(folder);
    }
  }
  const packages = await Promise.all([...folders].map((folder) => packageIn(path.join(root, folder))));
  /** By their licences, since many have the same one to the letter. */
  const groups = new Map();
  for (const each of packages.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    groups.set(each.text, [...(groups.get(each.text) ?? []), `${each.name} ${each.version} (${each.license})`]);
  }
  const parts = [...groups].map(([text, names]) => `${[...new Set(names)].join('\n')}\n\n${text}`);
  return `${[introduction, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

const introduction = `话术内含以下软件的代码或数据，按各自的许可使用。
Huashu contains code or data of the following software, used under these licences.`;

async function packageIn(folder) {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|notice|copying|third.?party)/i.test(file));
  const texts = await Promise.all(
    files.sort().map(async (file) => {
      const at = path.join(folder, file);
      if (file !== 'LICENSES') return readFile(at, 'utf8');
      return (await Promise.all((await readdir(at)).sort().map((each) => readFile(path.join(at, each), 'utf8')))).join(
        '\n\n',
      );
    }),
  );
  // Some have theirs at the end of what they say of themselves.
  if (texts.length === 0) texts.push(await licenceInReadme(folder));
  const text = texts
    .map((each) => each.replace(/\r\n?/g, '\n').trim())
    .filter((each) => each !== '')
    .join('\n\n');
  if (text === '') throw new Error(`没有许可文本 / No licence is to be found: ${name}`);
  return { name, version, license, text };
}

async function licenceInReadme(folder) {
  const name = (await readdir(folder)).find((file) => /^readme/i.test(file));
  const text = name ? await readFile(path.join(folder, name), 'utf8') : '';
  return /^#+ *licen[cs]e\b.*$\n([\s\S]+)/im.exec(text)?.[1] ?? '';
}

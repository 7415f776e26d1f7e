// `npm run generate` writes every file that follows from the vocabulary, the formats and the rule packs; with --check it only says
// which ones are out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language } from '../server/src/base/text.ts';
import { bundledPacks } from '../test/packs.ts';
import { articlePage } from './article/page.ts';
import { characterTables } from './characterTables.ts';
import { grammar } from './grammar.ts';
import { jsonSchemas } from './jsonSchema.ts';
import { withTables } from './referenceTables.ts';
import { rulePages } from './rulePages.ts';
import { toolManifest } from './toolManifest.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const references: readonly { readonly path: string; readonly language: Language }[] = [
  { path: 'docs/language.md', language: 'en' },
  { path: 'docs/language.zh-CN.md', language: 'zh-CN' },
  { path: 'docs/limits.md', language: 'en' },
  { path: 'docs/limits.zh-CN.md', language: 'zh-CN' },
  { path: 'docs/performance.md', language: 'en' },
  { path: 'docs/performance.zh-CN.md', language: 'zh-CN' },
];

/** Folders that hold generated files and nothing else; what nobody generates any more is removed from them. */
const ownFolders = ['docs/rules/zh-CN', 'docs/rules/en', 'schemas'];

/** Every generated file, by its path from the root. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['server/src/matcher/characters.ts', characterTables()],
    ['syntaxes/huashu.tmLanguage.json', `${JSON.stringify(grammar(), undefined, 2)}\n`],
    ...jsonSchemas(),
    ...toolManifest(read),
    ...references.map(({ path, language }) => [path, withTables(read(path), bundledPacks, language)] as const),
    ['docs/article.md', articlePage(bundledPacks, 'en')],
    ['docs/article.zh-CN.md', articlePage(bundledPacks, 'zh-CN')],
    ...(['zh-CN', 'en'] as const).flatMap((language) =>
      [...rulePages(bundledPacks, language)].map(([name, text]) => [`docs/rules/${language}/${name}`, text] as const),
    ),
  ]);
}

/** The paths of generated files that are not what the generator would write. */
export function staleFiles(files: ReadonlyMap<string, string> = generatedFiles()): string[] {
  const changed = [...files].filter(([path, text]) => read(path) !== text).map(([path]) => path);
  return [...changed, ...leftovers(files)];
}

function leftovers(files: ReadonlyMap<string, string>): string[] {
  return ownFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => !files.has(path));
}

/** The text of a file, whatever line ends it was checked out with. */
function read(path: string): string {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : '';
}

function main(check: boolean): void {
  const files = generatedFiles();
  const stale = staleFiles(files);
  if (check) {
    for (const path of stale) console.error(`过期 / Out of date: ${path}`);
    if (stale.length > 0) console.error('请运行 / Run: npm run generate');
    process.exitCode = stale.length > 0 ? 1 : 0;
    return;
  }
  for (const path of stale) {
    const file = join(root, path);
    const text = files.get(path);
    if (text === undefined) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    console.log(path);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.includes('--check'));

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from '../features/yamlFixture.ts';
import { housePack } from '../housePack.ts';
import type { Subject } from './subjects.ts';

const root = join(import.meta.dirname, '../..');

const read = (folder: string, wanted: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => wanted.test(name))
    .sort()
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));

/** What every text comes from. */
export const seeds: { readonly [kind in Subject['seeds']]: readonly string[] } = {
  scripts: [...read('samples', /\.(huashu|话术)$/), ...read('test/quality/flow', /\.huashu$/)],
  packs: [
    ...read('server/packs', /\.yaml$/),
    // Small ones, which are still packs when something in them is another.
    ...Array.from({ length: 12 }, () => [pack, housePack('our', 'our/no-nickname')]).flat(),
    'packs: [cn-credit-card]\nrules:\n  cn/threat: off\noverrides:\n  - files: ["a/**"]\n',
  ],
  documents: read('test/importing/cases', /\.(txt|md|html|csv)$/),
};

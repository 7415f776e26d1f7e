import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadedPack, loadPack } from '../server/src/packs/load.ts';
import type { Pack } from '../server/src/packs/pack.ts';
import { type PackSet, packSetOf } from '../server/src/packs/packSet.ts';

const folder = join(import.meta.dirname, '../server/packs');

/** The packs of the product as the build loads them. */
export const bundled: readonly (LoadedPack & { readonly name: string })[] = readdirSync(folder).map((name) => {
  const files = readdirSync(join(folder, name)).sort();
  return {
    name,
    ...loadPack(files.map((file) => ({ path: file, text: readFileSync(join(folder, name, file), 'utf8') }))),
  };
});

export const bundledPacks: readonly Pack[] = bundled.flatMap(({ pack }) => pack ?? []);

export const bundledSet: PackSet = packSetOf(bundledPacks);

import { dataOf } from '../base/bytes.ts';
import type { Pack } from '../packs/pack.ts';
import { type Prepared, usePrepared } from '../rules/compiledPack.ts';
import type { Shipped } from './host.ts';

/** The rule packs that come along, which were read from their YAML and prepared when the product was built. */
export async function readBundled(shipped: Shipped): Promise<readonly Pack[]> {
  const [text, bytes] = await Promise.all([shipped.readText('packs.utf16'), shipped.readBytes('packs.bin')]);
  const packs: readonly Pack[] = JSON.parse(text);
  const prepared = dataOf(bytes) as readonly Prepared[];
  for (const [index, pack] of packs.entries()) {
    const mine = prepared[index];
    if (mine) usePrepared(pack, mine);
  }
  return packs;
}

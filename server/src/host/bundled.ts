import type { Pack } from '../packs/pack.ts';
import type { Shipped } from './host.ts';

/** The rule packs that come along, which were read from their YAML and checked when the product was built. */
export async function readBundled(shipped: Shipped): Promise<readonly Pack[]> {
  return JSON.parse(await shipped.readText('packs.json'));
}

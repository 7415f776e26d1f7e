import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Where the peers are, as the process that measures is told. */
export const peersVariable = 'HUASHU_BENCH_PEERS';

/** A module of a peer; its types are what whoever asks knows of it. */
export function peerModule<T>(name: string): T {
  const folder = process.env[peersVariable];
  if (folder === undefined) throw new Error(`${peersVariable} is not set.`);
  const required: T = createRequire(join(folder, 'bench.cjs'))(name);
  return required;
}

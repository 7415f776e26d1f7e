import { pieces } from '../chance.ts';
import type { Random } from './mutate.ts';

/** Names that are something already to whoever puts values into an object. */
const treacherous = ['__proto__', 'constructor', 'toString', 'length', ''];

/** Any value at all that JSON can hold, with the names and texts of a protocol. */
export function anything(random: Random, names: readonly string[], texts: readonly string[], depth = 0): unknown {
  const one = <T>(all: readonly T[]): T => all[random(all.length)] as T;
  if (depth < 5 && random(3) === 0)
    return Object.fromEntries(
      Array.from({ length: random(6) }, () => [
        one(random(6) ? names : treacherous),
        anything(random, names, texts, depth + 1),
      ]),
    );
  if (depth < 5 && random(5) === 0)
    return Array.from({ length: random(5) }, () => anything(random, names, texts, depth + 1));
  return one<unknown>([null, true, 0, -1, 1.5, 1e9, 2 ** 53, 'x', '', one(texts), one(pieces), '\ud800', [], {}]);
}

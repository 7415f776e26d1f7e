import type { Script } from '../../server/src/model/script.ts';
import { isLine } from '../../server/src/syntax/tree.ts';
import { type Config, type Domain, keyOf, player } from './enumerate.ts';

/** Deeper than this no insertion is followed; scripts that insert themselves say nothing. */
const deepest = 6;
const mostPairs = 400;

/** Conversations can only be compared where all of them can be played. */
export class TooLarge extends Error {}

/**
 * Whether two scripts hold the same conversations: the same lines that count for somebody, in the same order, on the same paths, with
 * the same ends. How they are cut into nodes does not count. Answers with lines that only one of them knows.
 */
export function difference(a: Script, b: Script, domains: readonly Domain[]): string | undefined {
  const [left, right] = [machineOf(a, domains), machineOf(b, domains)];
  const seen = new Set<string>();
  const open = [{ a: left.start, b: right.start, trace: [] as string[] }];
  for (let next = open.shift(); next; next = open.shift()) {
    const [one, other] = [left.after(next.a), right.after(next.b)];
    for (const label of new Set([...one.keys(), ...other.keys()])) {
      const trace = [...next.trace, label];
      const [x, y] = [one.get(label), other.get(label)];
      if (!x || !y) return `${x ? 'only before' : 'only after'}: ${trace.join(' | ')}`;
      const key = `${keysOf(x)} # ${keysOf(y)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > mostPairs) return undefined;
      open.push({ a: x, b: y, trace });
    }
  }
  return undefined;
}

function keysOf(configs: readonly Config[]): string {
  return configs.map(keyOf).sort().join(';');
}

function machineOf(
  script: Script,
  domains: readonly Domain[],
): { start: Config[]; after(configs: readonly Config[]): Map<string, Config[]> } {
  const { starts, moves } = player(script, domains);
  return {
    start: starts,
    after(configs) {
      const result = new Map<string, Config[]>();
      const add = (label: string, config?: Config): void => {
        const list = result.get(label) ?? [];
        if (config && !list.some((each) => keyOf(each) === keyOf(config))) list.push(config);
        result.set(label, list);
      };
      const current = [...configs];
      const seen = new Set(current.map(keyOf));
      for (const config of current) {
        if (config.stack.length > deepest || current.length > 5000) throw new TooLarge();
        for (const { line, to } of moves(config)) {
          const label = line === undefined ? undefined : labelOf(script, line);
          if (typeof to === 'string') add(label === undefined ? to : `${label} ${to}`);
          else if (label !== undefined) add(label, to);
          else if (!seen.has(keyOf(to))) {
            seen.add(keyOf(to));
            current.push(to);
          }
        }
      }
      return result;
    },
  };
}

/** What a line is to somebody: jumps and insertions only lead to others. */
function labelOf(script: Script, index: number): string | undefined {
  const placed = script.tree.lines[index]!;
  if (isLine(placed, 'jump') || isLine(placed, 'insertion')) return undefined;
  if (isLine(placed, 'branch'))
    return `reply ${placed.line.category.text} ${placed.line.examples.map(({ text }) => text).join('/')}`;
  return script.source.slice(placed.start, placed.end).trim();
}

import assert from 'node:assert/strict';
import { fold } from '../../server/src/matcher/fold.ts';
import { isDigit } from '../../server/src/matcher/instructions.ts';
import { kinds } from '../../server/src/matcher/kinds.ts';
import { matchesOf } from '../../server/src/matcher/matches.ts';
import { type Pattern, parsePattern } from '../../server/src/matcher/pattern.ts';
import { Program } from '../../server/src/matcher/program.ts';
import { Reading } from '../../server/src/matcher/reading.ts';
import { soundAlike } from '../../server/src/matcher/sounds.ts';
import { randomOf } from '../chance.ts';
import { lexicons, patternOf, textOf } from './chancePatterns.ts';

/** How a pattern was matched so far. */
interface Way {
  readonly at: number;
  readonly passed: readonly number[];
  readonly captures: ReadonlyMap<string, string>;
}

/** Every way to match a pattern, the first ones first, as plainly as it can be said. */
function* ways(pattern: Pattern, { units, kinds: kindsThere }: Reading, way: Way, alike = false): Generator<Way> {
  const reading = { units, kinds: kindsThere } as Reading;
  const kindAt = (at: number): number => kindsThere[at + 1]!;
  const isBoundary = (at: number): boolean =>
    kindAt(at - 1) !== kindAt(at) || (kindAt(at) !== kinds.letter && kindAt(at) !== kinds.digit);
  const go = (part: Pattern, from: Way): Generator<Way> => ways(part, reading, from, alike);
  switch (pattern.kind) {
    case 'text': {
      const fits = [...pattern.text].every((char, index) => {
        const [wanted, unit] = [char.charCodeAt(0), units[way.at + index] ?? 0];
        return wanted === unit || (alike && soundAlike(wanted, unit));
      });
      if (fits) yield { ...way, at: way.at + pattern.text.length };
      return;
    }
    case 'sequence': {
      const [first, ...rest] = pattern.items;
      if (!first) yield way;
      else for (const next of go(first, way)) yield* go({ kind: 'sequence', items: rest }, next);
      return;
    }
    case 'choice':
      for (const option of longestFirst(pattern.options)) yield* go(option, way);
      return;
    case 'lexicon':
      for (const option of longestFirst(lexicons.get(pattern.name) ?? [])) yield* go(option, way);
      return;
    case 'optional':
      yield* go(pattern.item, way);
      yield way;
      return;
    case 'disguised':
      yield* ways(pattern.item, reading, way, true);
      return;
    case 'capture':
      for (const next of go(pattern.item, way))
        yield { ...next, captures: new Map([...next.captures, [pattern.name, `${way.at}-${next.at}`]]) };
      return;
    case 'gap': {
      if (!isBoundary(way.at)) return;
      const barrier = pattern.over === 'sentence' ? kinds.sentenceEnd : kinds.clauseEnd;
      for (let count = 0; count <= pattern.max; count++) {
        const at = way.at + count;
        const passed = [...way.passed, ...Array.from({ length: count }, (_, index) => way.at + index)];
        if (count >= pattern.min && isBoundary(at)) yield { ...way, at, passed };
        if (kindAt(at) >= barrier) return;
      }
      return;
    }
    case 'number': {
      let count = 0;
      while (count < 12 && isDigit(units[way.at + count] ?? 0)) count++;
      for (; count > 0; count--) yield { ...way, at: way.at + count };
      return;
    }
    default:
      throw new Error(`Chance makes no ${pattern.kind}.`);
  }
}

function longestFirst(options: readonly Pattern[]): readonly Pattern[] {
  const lengthOf = (pattern: Pattern): number => {
    if (pattern.kind === 'text') return pattern.text.length;
    if (pattern.kind === 'sequence') return pattern.items.reduce((sum, item) => sum + lengthOf(item), 0);
    return pattern.kind === 'capture' || pattern.kind === 'disguised' ? lengthOf(pattern.item) : 1;
  };
  return [...options].sort((one, other) => lengthOf(other) - lengthOf(one));
}

function* expected(pattern: Pattern, reading: Reading): Generator<string> {
  const isBoundary = (at: number): boolean => {
    const [before, after] = [reading.kinds[at], reading.kinds[at + 1]];
    return before !== after || (after !== kinds.letter && after !== kinds.digit);
  };
  for (let start = 0; start < reading.length; start++) {
    if (!isBoundary(start)) continue;
    for (const { at, passed, captures } of ways(pattern, reading, { at: start, passed: [], captures: new Map() })) {
      if (!isBoundary(at)) continue;
      yield told(start, at, passed, captures);
      start = Math.max(at, start + 1) - 1;
      break;
    }
  }
}

function told(start: number, end: number, passed: readonly number[], captures: ReadonlyMap<string, string>): string {
  const remembered = [...captures].sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([start, end, [...passed].sort((one, other) => one - other), remembered]);
}

suite('the machine', () => {
  test('finds what trying everything in turn finds', () => {
    const random = randomOf(23);
    const odd = ['，', '。', '12', '三', '钱', '妈妈'];
    let matches = 0;
    for (let round = 0; round < 1500; round++) {
      const source = patternOf(random);
      const { pattern, problem } = parsePattern(source);
      if (problem) continue;
      const program = new Program(source, lexicons);
      for (let count = 0; count < 12; count++) {
        const reading = new Reading(fold(textOf(random, odd)));
        const found = [...matchesOf(program, reading)].map(({ start, end, passed, captures }) =>
          told(start, end, passed, new Map([...captures].map(([name, span]) => [name, `${span.start}-${span.end}`]))),
        );
        const wanted = [...expected(pattern, reading)];
        assert.deepEqual(found, wanted, `${source} in ${String.fromCharCode(...reading.units)}`);
        matches += found.length;
      }
    }
    assert.ok(matches > 1000, `${matches}`);
  });

  test('finds it as well when all stamps have been taken, and they begin anew', () => {
    const own: typeof lexicons = new Map(lexicons);
    const [name = ''] = own.keys();
    const program = new Program(`{${name}}`, own);
    const [word = ''] = [...own.get(name)!].flatMap((each) => (each.kind === 'text' ? [each.text] : []));
    const length = 20_000;
    const text = fold(word + '好的'.repeat(length / 2));
    let reading = new Reading(text);
    const next = (): string => JSON.stringify(matchesOf(program, reading).next().value);
    const wanted = next();
    assert.match(wanted, /"start":0/);
    assert.ok(reading.length > length);
    // A text takes as many stamps as it is long.
    for (let taken = 0; taken < 1.1 * 2 ** 30; taken += length) {
      if (taken % (1000 * length) === 0) reading = new Reading(text);
      if (next() !== wanted) assert.fail(`after ${taken}`);
    }
  });
});

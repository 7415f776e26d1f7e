import assert from 'node:assert/strict';
import { fold } from '../../server/src/matcher/fold.ts';
import { needIndexOf, possibleAmong } from '../../server/src/matcher/needs.ts';
import { type Pattern, parsePattern } from '../../server/src/matcher/pattern.ts';
import { Program } from '../../server/src/matcher/program.ts';
import { Reading } from '../../server/src/matcher/reading.ts';
import { automatonOf, search } from '../../server/src/matcher/stringSearch.ts';
import { randomOf } from '../chance.ts';

const lexicons: ReadonlyMap<string, readonly Pattern[]> = new Map(
  Object.entries({ 亲友: ['爸', '妈妈', '老{0-2}婆'], 钱: ['钱', '账(单)?', '欠{数}'] }).map(([name, sources]) => [
    name,
    sources.map((source) => parsePattern(source).pattern),
  ]),
);

/** Few characters, so that chance makes matches: some are read alike, some stand in nearly every sentence. */
const characters = '打大达还换钱前你您不爸妈老婆账单欠三'.split('');

function patternOf(random: (below: number) => number, depth = 2): string {
  const some = (count: number): string =>
    Array.from({ length: 1 + random(count) }, () => characters[random(characters.length)]).join('');
  const pieces = Array.from({ length: 1 + random(3) }, (): string => {
    switch (random(depth > 0 ? 9 : 3)) {
      case 3:
        return `(${patternOf(random, depth - 1)}|${patternOf(random, depth - 1)})`;
      case 4:
        return `${some(1)}(${some(2)})?${some(1)}`;
      case 5:
        return `${some(2)}{0-${random(5)}}${some(2)}`;
      case 6:
        return `${some(1)}{0-${random(5)},}${some(1)}`;
      case 7:
        return random(2) === 0 ? '{亲友}' : '{钱}';
      case 8:
        return `{~${some(2)}}`;
      default:
        return some(2);
    }
  });
  return pieces.join('');
}

function textOf(random: (below: number) => number): string {
  const odd = ['，', '。', ' ', '12', 'da', 'q', 'huan', '客户', 'a'];
  return Array.from({ length: 2 + random(18) }, () =>
    random(7) === 0 ? odd[random(odd.length)] : characters[random(characters.length)],
  ).join('');
}

suite('what patterns need', () => {
  test('every pattern that matches a text is possible in it, and most of the others are not', () => {
    const random = randomOf(11);
    const sources = new Set(Array.from({ length: 500 }, () => patternOf(random)));
    const programs = new Map(
      [...sources].flatMap((source) => {
        return parsePattern(source).problem ? [] : [[source, new Program(source, lexicons)] as const];
      }),
    );
    assert.ok(programs.size > 300, `${programs.size}`);
    const all = [...programs.values()];
    const addPossible = possibleAmong(all, needIndexOf(all));
    let [matching, possible, asked] = [0, 0, 0];
    for (let count = 0; count < 400; count++) {
      const { text } = fold(textOf(random));
      const found = new Set<Program>();
      addPossible(text, found);
      const reading = new Reading(text);
      possible += found.size;
      asked += programs.size;
      for (const [source, program] of programs) {
        if (!reading.holds(program)) continue;
        matching++;
        assert.ok(found.has(program), `${source} matches ${JSON.stringify(text)}`);
      }
    }
    assert.ok(matching > 1000, `${matching}`);
    assert.ok(possible < asked / 3, `${possible} of ${asked}`);
  });

  test('a string search finds every string at every place', () => {
    const random = randomOf(5);
    for (let round = 0; round < 200; round++) {
      const written = new Set(
        Array.from({ length: 1 + random(12) }, () =>
          Array.from({ length: 1 + random(4) }, () => 'abc'.charAt(random(3))).join(''),
        ),
      );
      const strings = [...written];
      const classes = (text: string): Uint16Array => Uint16Array.from(text, (unit) => 'abc'.indexOf(unit) + 1);
      const text = Array.from({ length: random(30) }, () => 'abcx'.charAt(random(4))).join('');
      const found: string[] = [];
      search(automatonOf(strings.map(classes), 3), classes(text), text.length, (string, last) =>
        found.push(`${strings[string]} ${last}`),
      );
      const expected = strings.flatMap((string) =>
        [...text].flatMap((_, at) => (text.startsWith(string, at) ? [`${string} ${at + string.length - 1}`] : [])),
      );
      assert.deepEqual(found.sort(), expected.sort(), `${strings} in ${text}`);
    }
  });
});

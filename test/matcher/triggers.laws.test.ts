import assert from 'node:assert/strict';
import { fold } from '../../server/src/matcher/fold.ts';
import { indexTablesOf } from '../../server/src/matcher/indexTables.ts';
import { matchesOf } from '../../server/src/matcher/matches.ts';
import { parsePattern } from '../../server/src/matcher/pattern.ts';
import { Program } from '../../server/src/matcher/program.ts';
import { Reading } from '../../server/src/matcher/reading.ts';
import { searchTablesOf } from '../../server/src/matcher/searchTables.ts';
import { looks, StringSearch } from '../../server/src/matcher/stringSearch.ts';
import { TriggerIndex } from '../../server/src/matcher/triggerIndex.ts';
import { randomOf } from '../chance.ts';
import { lexicons, patternOf, textOf } from './chancePatterns.ts';

const odd = ['，', '。', ' ', '12', 'da', 'q', 'huan', '客户', 'a'];

suite('what patterns need', () => {
  test('every pattern that matches a text is told with a place where a match begins, and most of the others are not', () => {
    const random = randomOf(11);
    const sources = new Set(Array.from({ length: 500 }, () => patternOf(random)));
    const programs = [...sources].flatMap((source) =>
      parsePattern(source).problem ? [] : [{ source, program: new Program(source, lexicons) }],
    );
    assert.ok(programs.length > 300, `${programs.length}`);
    const index = new TriggerIndex(indexTablesOf(programs.map(({ program }) => program.triggers())));
    let [matching, possible, asked] = [0, 0, 0];
    for (let count = 0; count < 400; count++) {
      // Long ones too, in which more is met than there is room for at first.
      const source = Array.from({ length: count % 8 === 0 ? 12 : 1 }, () => textOf(random, odd)).join('');
      const folded = fold(source);
      const look = index.searchSource(source);
      if (look !== looks.exact) index.searchFolded(folded);
      const told = new Map<number, (readonly [number, number])[]>();
      for (let at = 3 * (index.tell(folded) - 1); at >= 0; at -= 3) {
        const [number, first, last] = index.candidates.slice(at, at + 3) as unknown as [number, number, number];
        told.set(number, [...(told.get(number) ?? []), [first, last]]);
      }
      const reading = new Reading(folded);
      possible += told.size;
      asked += programs.length;
      for (const [number, { source: pattern, program }] of programs.entries()) {
        const places = told.get(number) ?? [];
        for (const { start } of matchesOf(program, reading)) {
          matching++;
          assert.ok(
            places.some(([first, last]) => first <= start && start <= last),
            `${pattern} matches ${JSON.stringify(source)} at ${start}`,
          );
        }
      }
    }
    assert.ok(matching > 1000, `${matching}`);
    assert.ok(possible < asked / 3, `${possible} of ${asked}`);
  });

  test('a string search finds every string at every place', () => {
    const random = randomOf(5);
    for (let round = 0; round < 300; round++) {
      const letters = round % 2 === 0 ? '甲乙丙' : '甲乙丙丁戊己庚辛壬癸';
      const some = (count: number): string =>
        Array.from({ length: count }, () => letters.charAt(random(letters.length))).join('');
      const strings = [...new Set(Array.from({ length: 1 + random(40) }, () => some(1 + random(4))))];
      const text = `${some(random(30))}丑${some(random(9))}`.replace(/(.)\1\1+/g, '$1');
      const search = new StringSearch(searchTablesOf(strings));
      const found = (): string[] =>
        Array.from({ length: search.count }, (_, hit) => {
          const [number, at] = [search.hits[2 * hit]!, search.hits[2 * hit + 1]!];
          if (number < 0) return [`${strings[-number - 1]} ${at}`];
          const all: string[] = [];
          for (let each = number; each > 0; each = search.shorter[each]!) all.push(`${strings[each - 1]} ${at}`);
          return all;
        }).flat();
      const expected = strings.flatMap((string) =>
        [...text].flatMap((_, at) => (text.startsWith(string, at) ? [`${string} ${at + string.length - 1}`] : [])),
      );
      assert.equal(search.searchSource(text), looks.exact);
      assert.deepEqual(found().sort(), expected.sort(), `${strings} in ${text}`);
      const { units } = fold(text);
      search.search(units);
      assert.deepEqual(found().sort(), expected, `${strings} in folded ${text}`);
      search.searchSpoken(units);
      assert.deepEqual(found().sort(), expected, `${strings} in spoken ${text}`);
    }
  });

  test('a text that need not be folded has nothing in it when it is folded all the same', () => {
    const random = randomOf(17);
    const letters = '甲乙丙丁戊己庚辛壬癸子丑寅卯';
    const between = [' ', '　', '.', '·', '、', ',', '，', '-', '。', '\u200b', '😀', '1', '12', '!', '\t', '（'];
    const some = (count: number): string =>
      Array.from({ length: count }, () => letters.charAt(random(letters.length))).join('');
    let [free, unknown, exact, hidden] = [0, 0, 0, 0];
    for (let round = 0; round < 4000; round++) {
      const strings = [...new Set(Array.from({ length: 1 + random(6) }, () => some(2 + random(2))))];
      if (random(8) === 0) strings.push(`${some(1)} ${some(1)}`, `${some(1)}.${some(1)}`, '1 2');
      const parted = (text: string): string =>
        [...text]
          .map(
            (char) =>
              char +
              (random(4) === 0
                ? Array.from({ length: 1 + random(4) }, () => between[random(between.length)]).join('')
                : ''),
          )
          .join('');
      const text = parted(
        some(random(12)) + (random(3) === 0 ? strings[random(strings.length)] : '') + some(random(6)),
      );
      const search = new StringSearch(searchTablesOf(strings));
      const look = search.searchSource(text);
      const { units } = fold(text);
      const atSource = search.count;
      search.search(units);
      if (look === looks.free) {
        free++;
        assert.equal(search.count, 0, `${strings} in ${JSON.stringify(text)}`);
      } else if (look === looks.exact) {
        exact++;
        assert.equal(atSource, search.count, `${strings} in ${JSON.stringify(text)}`);
      } else {
        unknown++;
        if (search.count > 0) hidden++;
      }
    }
    assert.ok(free > 1000 && exact > 300 && hidden > 300, `${free} ${exact} ${unknown} ${hidden}`);
  });
});

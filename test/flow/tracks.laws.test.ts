import assert from 'node:assert/strict';
import { completed } from '../../server/src/base/steps.ts';
import type { Point } from '../../server/src/flow/graph.ts';
import { following, pathsOf } from '../../server/src/flow/paths.ts';
import { Spots } from '../../server/src/flow/spots.ts';
import type { Track } from '../../server/src/flow/tracks.ts';
import type { Script } from '../../server/src/model/script.ts';
import { fixture } from '../fixture.ts';
import { type Config, keyOf, player, replayer } from './enumerate.ts';
import { domains, randomFrom, smallScript } from './scripts.ts';

/** A track by the numbers of its lines. */
interface Marks {
  readonly initially: boolean;
  readonly sets: ReadonlySet<number>;
  readonly clears: ReadonlySet<number>;
}

function after(so: boolean, line: number, { sets, clears }: Marks): boolean {
  return sets.has(line) || (so && !clears.has(line));
}

/** The lines that some conversation comes to while it is so, played by brute force; nothing where there is too much to play. */
function playedWith(script: Script, marks: Marks, deepest = 3, most = 1500): ReadonlySet<number> | undefined {
  const { starts, moves } = player(script, domains);
  const found = new Set<number>();
  const seen = new Set<string>();
  const open: { readonly config: Config; readonly so: boolean }[] = [];
  const come = (config: Config, so: boolean): void => {
    const key = `${so} ${keyOf(config)}`;
    if (seen.has(key)) return;
    seen.add(key);
    open.push({ config, so });
  };
  for (const config of starts) come(config, marks.initially);
  for (let at = 0; at < open.length; at++) {
    const { config, so } = open[at]!;
    if (config.stack.length > deepest || at >= most) return undefined;
    for (const { line, to } of moves(config)) {
      if (line !== undefined && so) found.add(line);
      if (typeof to !== 'string') come(to, line === undefined ? so : after(so, line, marks));
    }
  }
  return found;
}

/** More of them on demand: `SCRIPTS=10000 npx mocha --timeout 0 test/flow/tracks.laws.test.ts`. */
const count = Number(process.env.SCRIPTS ?? 300);

suite('what is so on a path, played by brute force', () => {
  test(`${count} small scripts with three tracks each`, () => {
    const met = { so: 0, not: 0, inside: 0, cut: 0 };
    for (let seed = 1; seed <= count; seed++) {
      const source = smallScript(seed);
      const { script, snapshot } = fixture(source);
      const random = randomFrom(seed * 7919);
      const paths = pathsOf(script, snapshot);
      const lineOf = ({ kind, placed }: Point): number | undefined => (kind === 'line' ? placed?.index : undefined);
      const lines = [...new Set(paths.graph.points.flatMap((point) => lineOf(point) ?? []))];
      const some = (): ReadonlySet<number> => new Set(lines.filter(() => random() < 0.25));
      const all = [0, 1, 2].map((): Marks => ({ initially: random() < 0.3, sets: some(), clears: some() }));
      const trackOf = ({ initially, sets, clears }: Marks): Track => {
        const pick = (wanted: ReadonlySet<number>): Spots =>
          Spots.at(paths.graph.points.filter((point) => wanted.has(lineOf(point) ?? -1)).map(({ index }) => index));
        return { initially, sets: pick(sets), clears: pick(clears) };
      };
      const told = (what: string, marks: Marks): string =>
        `seed ${seed}: ${what}; ${marks.initially}, sets ${[...marks.sets]}, clears ${[...marks.clears]}\n${source
          .split('\n')
          .map((line, index) => `${index} ${line}`)
          .join('\n')}`;
      const together = following(paths, all.map(trackOf));
      const canPlay = replayer(script, domains);
      for (const [index, marks] of all.entries()) {
        const played = playedWith(script, marks);
        const block = together.blocks.of(index);
        const so = new Set(
          paths.graph.points.flatMap((point) =>
            (together.reached(point) & block) === 0n ? [] : (lineOf(point) ?? []),
          ),
        );
        if (played) {
          const sorted = (numbers: Iterable<number>): number[] => [...numbers].sort((a, b) => a - b);
          assert.deepEqual(sorted(so), sorted(played), told('so', marks));
        } else met.cut++;
        met.so += so.size;
        met.not += lines.length - so.size;
        const alone = following(paths, [trackOf(marks)]);
        for (const point of paths.graph.points) {
          for (const inside of [false, true]) {
            const among = alone.blocks.of(0);
            const isSo = (alone.reached(point, inside) & among) !== 0n;
            assert.equal(isSo, (together.reached(point, inside) & block) !== 0n, told('alone as together', marks));
            if (!isSo) continue;
            const way = alone.witness(point, { inside, among });
            assert.equal(way.at(-1), point);
            const trace = way.flatMap((each) => lineOf(each) ?? []);
            assert.ok(canPlay(trace), told(`${point.kind} ${point.placed?.index}: ${trace}`, marks));
            const before = way.slice(0, -1).flatMap((each) => lineOf(each) ?? []);
            assert.ok(
              before.reduce((now, line) => after(now, line, marks), marks.initially),
              told(`it is so at the end of ${trace}`, marks),
            );
            met.inside += inside ? 1 : 0;
          }
        }
      }
    }
    for (const [what, times] of Object.entries(met)) assert.ok(times > count / 100, `${what}: ${times}`);
  });

  test(`${count} small scripts in which some points come to do something else, followed again and anew`, () => {
    const met = { again: 0, anew: 0, same: 0, otherwise: 0 };
    for (let seed = 1; seed <= count; seed++) {
      const { script, snapshot } = fixture(smallScript(seed));
      const random = randomFrom(seed * 104729);
      const paths = pathsOf(script, snapshot);
      const points = paths.graph.points.map(({ index }) => index);
      const some = (): number[] => points.filter(() => random() < 0.15);
      // More of them than fit into one word.
      let tracks = Array.from({ length: 40 }, (): { initially: boolean; sets: number[]; clears: number[] } => ({
        initially: random() < 0.3,
        sets: some(),
        clears: some(),
      }));
      const followed = (): Track[] =>
        tracks.map(({ initially, sets, clears }) => ({ initially, sets: Spots.at(sets), clears: Spots.at(clears) }));
      let before = following(paths, followed());
      completed(before.reaching());
      for (let step = 0; step < 6; step++) {
        const changed = points.filter(() => random() < 0.08);
        const toggled = (list: number[]): number[] => [
          ...list.filter((point) => !changed.includes(point) || random() < 0.5),
          ...changed.filter((point) => !list.includes(point) && random() < 0.5),
        ];
        tracks = tracks.map(({ initially, sets, clears }) => ({
          initially,
          sets: toggled(sets),
          clears: toggled(clears),
        }));
        const anew = following(paths, followed());
        const again = completed(before.again(paths.graph, followed(), changed));
        if (again) {
          const told = `seed ${seed}, step ${step}`;
          assert.deepEqual(completed(again.paths.reaching()), completed(anew.reaching()), told);
          assert.deepEqual(again.paths.coming(), anew.coming(), told);
          for (const [at, word] of anew.coming().entries()) {
            const differs = word ^ before.coming()[at]!;
            assert.equal(differs & ~again.otherwise[at % anew.words]!, 0, told);
          }
          met.again++;
          met[again.otherwise.some((word) => word !== 0) ? 'otherwise' : 'same']++;
        } else met.anew++;
        before = again?.paths ?? anew;
        completed(before.reaching());
      }
    }
    for (const [what, times] of Object.entries(met)) assert.ok(times > count / 100, `${what}: ${times}`);
  });
});

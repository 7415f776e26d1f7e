import assert from 'node:assert/strict';
import { deadEndsOf } from '../../server/src/flow/deadEnds.ts';
import type { Point } from '../../server/src/flow/graph.ts';
import { endlessLoopsOf } from '../../server/src/flow/loops.ts';
import { pathsOf } from '../../server/src/flow/paths.ts';
import { fixture } from '../fixture.ts';
import { play, replayer } from './enumerate.ts';
import { domains, smallScript } from './scripts.ts';

function trace(points: readonly Point[]): number[] {
  return points.flatMap(({ kind, placed }) => (kind === 'line' && placed ? [placed.index] : []));
}

/** More of them on demand: `SCRIPTS=10000 npx mocha --timeout 0 test/flow/paths.laws.test.ts`. */
const count = Number(process.env.SCRIPTS ?? 600);

suite('paths, played by brute force', () => {
  test(`${count} small scripts`, () => {
    const met = { calls: 0, endless: 0, cut: 0, ranOut: 0, spent: 0, stray: 0, unreached: 0 };
    for (let seed = 1; seed <= count; seed++) {
      const source = smallScript(seed);
      const { script, snapshot } = fixture(source);
      const paths = pathsOf(script, snapshot);
      const { points } = paths.graph;
      const played = play(script, domains);
      const canPlay = replayer(script, domains);
      const told = (what: string): string =>
        `seed ${seed}: ${what}\n${source
          .split('\n')
          .map((l, i) => `${i} ${l}`)
          .join('\n')}`;

      const reached = points.filter((point) => paths.reached(point) !== 0n);
      const linesOf = (all: readonly Point[]): number[] =>
        [...new Set(all.flatMap(({ placed }) => (placed ? [placed.index] : [])))].sort((a, b) => a - b);
      const lines = linesOf(reached.filter(({ kind }) => kind === 'line'));
      for (const line of played.lines) assert.ok(lines.includes(line), told(`line ${line} is reached`));
      for (const point of reached) {
        for (const inside of [false, true]) {
          if (paths.reached(point, inside) === 0n) continue;
          const way = paths.witness(point, { inside });
          assert.equal(way.at(-1), point);
          assert.ok(canPlay(trace(way)), told(`${point.kind} ${point.placed?.index}: ${trace(way)}`));
        }
      }
      if (!played.cut)
        assert.deepEqual(
          lines,
          [...played.lines].sort((a, b) => a - b),
          told('lines'),
        );

      const spent = linesOf(reached.filter(({ kind }) => kind === 'spent'));
      for (const line of played.spent) assert.ok(spent.includes(line), told(`spent ${line}`));
      if (!played.cut)
        assert.deepEqual(
          spent,
          [...played.spent].sort((a, b) => a - b),
          told('spent'),
        );

      const stray = linesOf(points.filter((point) => point.kind === 'leave' && paths.reached(point, false) !== 0n));
      for (const line of played.stray) assert.ok(stray.includes(line), told(`stray ${line}`));
      if (!played.cut)
        assert.deepEqual(
          stray,
          [...played.stray].sort((a, b) => a - b),
          told('stray'),
        );

      const nodes = script.tree.nodes;
      const ranOut = new Set(
        deadEndsOf(paths).flatMap(({ kind, last }) =>
          kind === 'ran-out' ? [String(last.placed?.index ?? `node ${nodes.indexOf(last.visit.node)}`)] : [],
        ),
      );
      for (const last of played.ranOut) assert.ok(ranOut.has(last), told(`runs out after ${last}`));
      if (!played.cut) assert.deepEqual([...ranOut].sort(), [...played.ranOut].sort(), told('runs out'));

      const loops = endlessLoopsOf(paths);
      if (played.endless) assert.ok(loops.length > 0, told('an endless loop'));
      if (!played.cut) assert.equal(loops.length > 0, played.endless, told('endless'));

      met.calls += points.some(({ edges }) => edges.some(({ kind }) => kind === 'call')) ? 1 : 0;
      met.endless += played.endless ? 1 : 0;
      met.cut += played.cut ? 1 : 0;
      met.ranOut += played.ranOut.size > 0 ? 1 : 0;
      met.spent += spent.length > 0 ? 1 : 0;
      met.stray += stray.length > 0 ? 1 : 0;
      met.unreached += lines.length < linesOf(points).length ? 1 : 0;
    }
    for (const [what, times] of Object.entries(met)) assert.ok(times > count / 100, `${what}: ${times}`);
  });
});

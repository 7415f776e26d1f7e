import assert from 'node:assert/strict';
import { walksOf } from '../../server/src/flow/coverage.ts';
import { isLine } from '../../server/src/syntax/tree.ts';
import { fixture } from '../fixture.ts';
import { play, replayer } from './enumerate.ts';
import { domains, smallScript } from './scripts.ts';

suite('walks', () => {
  test('walks take every branch that can be taken, each as a conversation that can be played', () => {
    let shared = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const { script: of, snapshot } = fixture(smallScript(seed));
      const walks = walksOf(of, snapshot);
      const canPlay = replayer(of, domains);
      const taken = new Set<number>();
      for (const { points } of walks) {
        const lines = points.flatMap(({ kind, placed }) => (kind === 'line' && placed ? [placed] : []));
        assert.ok(canPlay(lines.map(({ index }) => index)), `seed ${seed}`);
        for (const line of lines) if (isLine(line, 'branch')) taken.add(line.index);
      }
      const { lines, cut } = play(of, domains);
      const branches = of.tree.lines.filter((line) => isLine(line, 'branch') && lines.has(line.index));
      for (const { index } of branches) assert.ok(taken.has(index), `seed ${seed}: line ${index}`);
      if (!cut) assert.equal(taken.size, branches.length, `seed ${seed}`);
      if (walks.length < taken.size) shared++;
    }
    assert.ok(shared > 30, `${shared}`);
  });
});

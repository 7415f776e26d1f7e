import assert from 'node:assert/strict';
import { LexiconEnds } from '../../server/src/matcher/lexiconEnds.ts';

/** Milliseconds of the processor, the least of some rounds. */
function milliseconds(act: () => void): number {
  const rounds = Array.from({ length: 3 }, () => {
    const start = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...rounds);
}

suite('where lexicons end', () => {
  /** Notes so many lexicons at so many places, and asks for each. */
  const noting = (places: number, lexicons: number): LexiconEnds => {
    const ends = new LexiconEnds();
    ends.turn();
    for (let place = 0; place < places; place++)
      for (let lexicon = 0; lexicon < lexicons; lexicon++) ends.leaveOut((place << 16) | lexicon);
    for (let place = 0; place < places; place++)
      for (let lexicon = 0; lexicon < lexicons; lexicon++) assert.equal(ends.rowOf((place << 16) | lexicon), 0);
    return ends;
  };

  test('is known of what was noted, and of nothing else', () => {
    const ends = noting(40, 20);
    assert.equal(ends.rowOf((40 << 16) | 3), -1);
    assert.equal(ends.rowOf((3 << 16) | 20), -1);
    ends.turn();
    assert.equal(ends.rowOf((3 << 16) | 3), -1);
  });

  test('is found as fast in a long text, in which very much is known', () => {
    const [few, many] = [milliseconds(() => noting(1_000, 50)), milliseconds(() => noting(8_000, 50))];
    // Eight times as much; quadratic time would be sixty-four times.
    assert.ok(many < 24 * Math.max(few, 3), `${few.toFixed(1)} ms, then ${many.toFixed(1)} ms`);
  });
});

import assert from 'node:assert/strict';
import { bars, ratio } from './bars.ts';

/** `npx tsx test/quality/flow.ts` and `acts.ts` show the scripts and lines behind the figures. */
suite('measured quality of detectors and rules about the flow', function () {
  this.timeout(120_000);
  for (const { name, found, clean, measure } of bars) {
    test(`${name}: ${found} found and ${clean} left alone`, () => {
      const measured = measure();
      assert.ok(measured.found.of + measured.clean.of > 0, 'nothing to measure');
      const text = (['found', 'clean'] as const)
        .map((key) => `${key} ${measured[key].right} of ${measured[key].of}, ${ratio(measured[key]).toFixed(3)}`)
        .join('; ');
      assert.ok(ratio(measured.found) >= found && ratio(measured.clean) >= clean, text);
    });
  }
});

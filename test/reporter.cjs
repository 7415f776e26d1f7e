// Mocha's own listing, and beside it a file with the runner's counts and what failed, from which test/run.mjs makes its
// summary. The file is written after every test, so that a suite that crashes has still counted what it ran.
const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

class Reporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { output } = options.reporterOption;
    const failed = [];
    const write = (ended) => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats;
      writeFileSync(output, JSON.stringify({ passes, failures, pending, failed, ended }));
    };
    const { EVENT_TEST_END, EVENT_TEST_FAIL, EVENT_RUN_END } = Runner.constants;
    runner.on(EVENT_TEST_END, () => write(false));
    // A hook that fails is no test, has no end, and is counted all the same.
    runner.on(EVENT_TEST_FAIL, (test, error) => {
      failed.push(`${test.fullTitle()}: ${`${error.message}`.slice(0, 500)}`);
      write(false);
    });
    runner.once(EVENT_RUN_END, () => write(true));
  }
}

module.exports = Reporter;

// Mocha's own listing, and beside it a file with what was counted in each file of tests and what failed there, from which
// test/run.mjs makes its summary. It is written after every test, so that a suite that crashes has still counted what it ran.
const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

class Reporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { output } = options.reporterOption;
    const files = {};
    const countsOf = ({ file }) => {
      files[file] ??= { passes: 0, failures: 0, pending: 0, failed: [] };
      return files[file];
    };
    const write = (ended) => writeFileSync(output, JSON.stringify({ files, ended }));
    const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING, EVENT_RUN_END } = Runner.constants;
    runner.on(EVENT_TEST_PASS, (test) => {
      countsOf(test).passes++;
      write(false);
    });
    runner.on(EVENT_TEST_PENDING, (test) => {
      countsOf(test).pending++;
      write(false);
    });
    // A hook that fails is no test, and is counted all the same.
    runner.on(EVENT_TEST_FAIL, (test, error) => {
      const counts = countsOf(test);
      counts.failures++;
      counts.failed.push(`${test.fullTitle()}: ${String(error.message).slice(0, 500)}`);
      write(false);
    });
    runner.once(EVENT_RUN_END, () => write(true));
  }
}

module.exports = Reporter;

// `npm test`: builds and packs the extension, gets what the tests need, runs every suite and counts.
//   npm test -- unit lsp                     runs only these suites
//   npm test -- test/editor/flow.test.ts     runs only these files
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { onStop, root, runQuietly, say, setUp } from '../client/setup.mjs';

/**
 * In the order of their running: what fails fastest tells soonest. Each has the tests in its folders; those in no other's
 * are unit tests, and whatever is tried out on very many or very large scripts (`*.laws.test.ts`) is a suite of its own.
 * Of those that look at no clock, two files are run at a time.
 */
const suites = [
  { name: 'checks', folders: ['test/checks'] },
  { name: 'unit', inPairs: true },
  { name: 'laws', inPairs: true },
  { name: 'lsp', folders: ['test/lsp'] },
  { name: 'cli', folders: ['test/cli'], inPairs: true },
  { name: 'editor', folders: ['test/editor'], needsEditor: true },
  // What stands in the bundled rule packs: their examples, what these prove, and how many lines they judge right.
  { name: 'packs', folders: ['test/bundled', 'test/quality'], inPairs: true },
];

const testsIn = (folder) => `${folder}/**/*.test.ts`;
const laws = 'test/**/*.laws.test.ts';

/** The files of a suite as patterns, and what these must leave out. */
function filesOf({ name, folders }) {
  if (folders) return { files: folders.map(testsIn), ignore: [] };
  if (name === 'laws') return { files: [laws], ignore: [] };
  return { files: ['test/**/*.test.ts'], ignore: [laws, ...suites.flatMap((each) => each.folders ?? []).map(testsIn)] };
}

/** The suite that a file of tests is in. */
function suiteOf(file) {
  const home = suites.find(({ folders }) => folders?.some((folder) => file.startsWith(`${folder}/`)));
  if (home) return home;
  const name = file.endsWith('.laws.test.ts') ? 'laws' : 'unit';
  return suites.find((suite) => suite.name === name);
}

/** What to run, from the names of suites and the paths of files of tests; everything, if there are none. */
function chosenFrom(names) {
  const files = names
    .filter((name) => name.endsWith('.test.ts'))
    .map((file) => path.relative(root, path.resolve(file)));
  const missing = files.filter((file) => !existsSync(path.join(root, file)));
  const unknown = names.filter((name) => !name.endsWith('.test.ts') && !suites.some((suite) => suite.name === name));
  const nothing = [...unknown, ...missing];
  if (nothing.length > 0) throw new Error(`没有这样的测试 / No such test: ${nothing.join(', ')}`);
  return suites.flatMap((suite) => {
    const own = files.filter((file) => suiteOf(file.replaceAll(path.sep, '/')) === suite);
    if (names.length === 0 || names.includes(suite.name)) return [{ ...suite, ...filesOf(suite) }];
    return own.length > 0 ? [{ ...suite, files: own, ignore: [] }] : [];
  });
}

const reports = path.join(root, 'out/reports');

/** Of a suite of which nothing was counted. */
const notRun = '未运行 / not run';
const uncounted = (trouble) => ({ files: {}, atFirst: [], trouble });

/** No suite takes this long unless it hangs. */
const patience = 15 * 60_000;

async function main() {
  const wanted = chosenFrom(process.argv.slice(2));
  const results = new Map(wanted.map(({ name }) => [name, uncounted(notRun)]));
  try {
    await setUp();
    say('正在构建并打包…', 'Building and packing…');
    await runQuietly(process.execPath, ['client/package.mjs']);
    await rm(reports, { recursive: true, force: true });
    await mkdir(reports, { recursive: true });
    for (const suite of wanted) results.set(suite.name, await runSuite(suite));
  } catch (error) {
    console.log(`✘ ${error.message}`);
  }
  summarise(results);
}

async function runSuite(suite) {
  console.log(`\n━━ ${suite.name}`);
  if (!suite.needsEditor) return runMocha(suite, {});
  try {
    const { withEditor } = await import('./editor/environment.mjs');
    return await withEditor((env) => runTwice(suite, env));
  } catch (error) {
    console.log(`✘ ${error.message}；未运行的测试 / tests not run: ${suite.name}`);
    return uncounted(notRun);
  }
}

/**
 * A browser, an editor and a server on a busy machine can disturb each other. A file in which something failed is run once
 * more, in windows of its own; its second run counts, and the summary says what had failed at first.
 */
async function runTwice(suite, env) {
  const first = await runMocha(suite, env);
  const again = Object.keys(first.files).filter((file) => first.files[file].failures > 0);
  if (again.length === 0 || first.trouble !== undefined) return first;
  console.log(`\n━━ ${suite.name}：再运行一次 / once more`);
  const second = await runMocha({ ...suite, files: again, ignore: [] }, env);
  const atFirst = again.flatMap((file) => first.files[file].failed);
  return { files: { ...first.files, ...second.files }, atFirst, trouble: second.trouble };
}

/** Runs the tests of one suite and reads what the runner itself counted. */
async function runMocha({ name, inPairs, files, ignore }, env) {
  const output = path.join(reports, `${name}.json`);
  await rm(output, { force: true });
  // What a test has left open keeps nobody waiting.
  const args = ['--exit', '--reporter', 'test/reporter.cjs', '--reporter-option', `output=${output}`];
  if (inPairs) args.push('--parallel', '--jobs', '2');
  const child = spawn(
    process.execPath,
    ['node_modules/mocha/bin/mocha.js', ...args, ...ignore.flatMap((pattern) => ['--ignore', pattern]), ...files],
    // A process group of its own, since mocha runs the tests in a second process, which has to end along with the first.
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, detached: process.platform !== 'win32' },
  );
  const stop = () => endGroup(child);
  process.once('exit', stop);
  const timer = setTimeout(stop, patience);
  const status = await new Promise((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
  clearTimeout(timer);
  process.off('exit', stop);
  const report = await readFile(output, 'utf8').then(JSON.parse, () => ({ files: {}, ended: false }));
  return { files: report.files, atFirst: [], trouble: troubleOf(report, status) };
}

function endGroup(child) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** What is wrong with a suite beyond tests that failed. */
function troubleOf({ files, ended }, status) {
  const { passes, failures } = sumOf(files);
  if (passes + failures === 0) return '没有一个测试 / without a single test';
  if (!ended) return '没有跑完 / did not finish';
  if (failures === 0 && status !== 0) return `exit status ${status}`;
  return undefined;
}

/** What was counted in all files. */
function sumOf(files) {
  const sum = { passes: 0, failures: 0, pending: 0, failed: [] };
  for (const { passes, failures, pending, failed } of Object.values(files)) {
    sum.passes += passes;
    sum.failures += failures;
    sum.pending += pending;
    sum.failed.push(...failed);
  }
  return sum;
}

/**
 * What failed is named again, since the output is long and often only its end is kept. The last line holds the counted
 * numbers; a suite that did not run fails the run without being counted.
 */
function summarise(results) {
  console.log('\n━━ 汇总 / Summary');
  let passed = 0;
  let failed = 0;
  let troubled = false;
  for (const [name, { files, atFirst, trouble }] of results) {
    const counted = sumOf(files);
    passed += counted.passes;
    failed += counted.failures;
    troubled ||= trouble !== undefined;
    const skipped = counted.pending > 0 ? `, ${counted.pending} skipped` : '';
    const good = counted.failures === 0 && trouble === undefined;
    console.log(
      `${good ? '✔' : '✘'} ${name}: ${counted.passes} passed, ${counted.failures} failed${skipped}${trouble ? ` (${trouble})` : ''}`,
    );
    for (const title of atFirst) console.log(`    · 起初失败 / failed at first: ${title}`);
    for (const title of counted.failed) console.log(`    ✘ ${title}`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || troubled ? 1 : 0;
}

onStop(() => process.exit(130));
await main();

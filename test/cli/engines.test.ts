import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installPackages } from '../debian.mjs';

const cli = path.join(import.meta.dirname, '../../dist/node/cli.cjs');

/** What the page says of batch engines, block by block. */
function blocksOf(page: string): readonly { readonly language: string; readonly text: string }[] {
  const [, part = ''] = /^## (?:Beyond one machine|一台机器不够时)\n([\s\S]*)/m.exec(readFileSync(page, 'utf8')) ?? [];
  return [...part.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({ language, text }));
}

const texts = [
  '您好，这里是某某银行。',
  '再不还钱我就找人打断你的腿。',
  '您在我行的信用卡欠款\t5000元“已经”逾期。',
  '',
];

suite('the filters for batch engines, as docs/performance has them', function () {
  this.timeout(120_000);
  const blocks = blocksOf('docs/performance.md');
  const block = (wanted: RegExp): string => {
    const found = blocks.find(({ text }) => wanted.test(text));
    assert.ok(found, String(wanted));
    return found.text;
  };
  let folder: string;
  suiteSetup(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'huashu-engines-'));
    mkdirSync(path.join(folder, 'bin'));
    const executable = (name: string, text: string): void => {
      writeFileSync(path.join(folder, name), text);
      chmodSync(path.join(folder, name), 0o755);
    };
    executable('bin/huashu', `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
    executable('audit.sh', block(/^#!\/bin\/sh/));
  });
  suiteTeardown(() => rmSync(folder, { recursive: true }));

  function run(
    command: string,
    args: readonly string[],
    input = '',
  ): { readonly status: number | null; readonly output: string } {
    // Engines know neither the language nor the terminal of anybody.
    const PATH = [path.join(folder, 'bin'), process.env.PATH].join(path.delimiter);
    const env = { PATH, HOME: folder };
    const { status, stdout } = spawnSync(command, args, { cwd: folder, input, encoding: 'utf8', env });
    return { status, output: stdout };
  }

  const calls = (count: number): string =>
    Array.from(
      { length: count },
      (_, id) => `${JSON.stringify({ id: `c-${id}`, text: texts[id % texts.length] })}\n`,
    ).join('');

  test('are the same in both languages, and all name one script', () => {
    assert.deepEqual(blocksOf('docs/performance.zh-CN.md'), blocks);
    const [, mapper] = /-mapper (\S+)/.exec(block(/^hadoop /))!;
    const [, piped] = /\.pipe\("([^"]+)"/.exec(block(/\.pipe\(/))!;
    assert.deepEqual([mapper, piped], ['./audit.sh', './audit.sh']);
    assert.match(block(/^hadoop /), /-files audit\.sh /);
  });

  test('Spark and Hadoop: a process for each part of the lines gives what one gives for all of them', () => {
    const [, mapper = ''] = /-mapper (\S+)/.exec(block(/^hadoop /))!;
    const lines = calls(50).split(/(?<=\n)/);
    const whole = run('huashu', ['audit'], lines.join(''));
    assert.equal(whole.status, 1);
    assert.equal(whole.output.split('\n').length - 1, 50);
    const parts = [lines.slice(0, 17), lines.slice(17, 18), [], lines.slice(18)].map((part) => {
      // Both split the command into words, without a shell, and give it the lines; any status but 0 fails the job.
      const { status, output } = run(mapper, [], part.join(''));
      assert.equal(status, 0);
      return output;
    });
    assert.equal(parts.join(''), whole.output);
    // In streaming whatever stands before a tab is a key: a line of JSON has none.
    assert.doesNotMatch(whole.output, /\t/);
  });

  test('a part that cannot be read fails the job, with an answer for each line', () => {
    const { status, output } = run('./audit.sh', [], `${calls(1)}no JSON\n`);
    assert.equal(status, 1);
    assert.deepEqual(
      output
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id),
      ['c-0', null],
    );
  });

  test('GNU parallel keeps the order, whatever the blocks', async () => {
    const works = (): boolean => spawnSync('parallel', ['--version']).stdout?.includes('GNU') ?? false;
    if (!works()) await installPackages('parallel');
    assert.ok(works(), '没有 GNU parallel，也无法安装 / There is no GNU parallel, and none could be installed');
    const command = block(/^parallel /);
    const [, input = '', output = ''] = /-a (\S+) .*> (\S+)/.exec(command)!;
    writeFileSync(path.join(folder, input), calls(400));
    const whole = run('huashu', ['audit', input]);
    for (const line of [
      command,
      command.replace('50M', '5k'),
      command.replace('--pipepart', '--pipe').replace(`-a ${input}`, `< ${input}`),
    ]) {
      assert.equal(run('sh', ['-c', line]).status, 0, line);
      assert.equal(readFileSync(path.join(folder, output), 'utf8'), whole.output, line);
    }
  });
});

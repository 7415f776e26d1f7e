import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkShare } from '../../server/src/cli/checkShare.ts';
import type { Options } from '../../server/src/cli/options.ts';
import { openTexts } from '../../server/src/cli/project.ts';
import { scriptsOfLines } from '../bench/generate.ts';
import { bundledPacks } from '../packs.ts';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');

suite('what a share of a project is found to have', () => {
  const options: Options<string> = {
    ...{ paths: [], packs: [], language: 'zh-CN', format: 'text', stdin: false, stdinFilename: '' },
  };

  test('holds on to nothing where nobody can ask for fixes', async () => {
    const uri = 'file:///w/a.huashu';
    const source = '【开场】\n坐席：再不还钱就找人打断你的腿。\n→ 没有\n';
    const project = await openTexts([{ uri, source }], options, bundledPacks);
    for (const showsFixes of [true, false]) {
      const [file] = checkShare([uri], project, options, showsFixes);
      assert.ok(file && file.findings.length > 1);
      for (const finding of file.findings) {
        const { get } = Object.getOwnPropertyDescriptor(finding, 'fixes') ?? {};
        assert.equal(get !== undefined, showsFixes);
      }
    }
  });
});

suite('huashu check in several threads', () => {
  let folder: string;
  suiteSetup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-jobs-'));
    const write = (name: string, text: string): void => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    };
    for (const [name, text] of scriptsOfLines(2, 60)) write(name, text);
    // Each leads into the next one, so that what stands in a share hangs on what stands in others. The remark makes it a share.
    for (let index = 0; index < 30; index++) {
      write(
        `链/第${index}.huashu`,
        `# ${'备注'.repeat(13_000)}\n【开场】\n坐席：您好。\n→ 第${index + 1}/还款\n【还款】\n坐席：您的信用卡欠款5000元已经逾期。\n结束：完成\n`,
      );
    }
    write(
      '链/huashu.yaml',
      'packs: [cn-credit-card, ./own.yaml]\nrules: { fee-misstatement: error, no-such-rule: off }\n',
    );
    write(
      '链/own.yaml',
      `pack: own
prefix: own
title: { zh: 自有, en: Own }
sources:
  OWN: { document: { zh: 内部规范, en: House rules }, binding: practice, evidence: general, gist: { zh: 无, en: None } }
rules:
  - id: own/greeting
    category: unprofessional-tone
    severity: warning
    title: { zh: 称呼, en: Greeting }
    message: { zh: '“{match}”太随便。', en: '“{match}” is too casual.' }
    why: { zh: 应当正式。, en: It should be formal. }
    sources: [OWN]
    match: [您好]
    examples: { bad: [您好。], good: [早上好。] }
`,
    );
  });
  suiteTeardown(() => rmSync(folder, { recursive: true }));

  /** Loaded into every thread of a run: counts what other threads are given, and lets them fail if asked. */
  const hook = (): string => {
    const file = join(folder, 'hook.cjs');
    writeFileSync(
      file,
      `const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  // The others get time to begin, however little there is to do.
  const timers = require('node:timers/promises');
  timers.setImmediate = () => timers.setTimeout(100);
  const post = Worker.prototype.postMessage;
  let given = 0;
  Worker.prototype.postMessage = function (...all) { given++; return post.apply(this, all); };
  process.on('exit', () => process.stderr.write('given ' + given + '\\n'));
} else if (process.env.BOOM) parentPort.on('message', () => { throw new Error('boom'); });
`,
    );
    return file;
  };

  function check(args: readonly string[], env: { readonly [name: string]: string } = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', hook(), cli, ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, LC_ALL: 'zh_CN.UTF-8', ...env },
    });
    const given = Number(/given (\d+)\n/.exec(stderr)?.[1]);
    return { status, stdout, stderr: stderr.replace(/given \d+\n/, ''), given };
  }

  for (const format of ['text', 'json']) {
    test(`${format}: the same to the last byte, in the same order`, () => {
      const one = check(['check', '--format', format, '--jobs', '1']);
      assert.equal(one.given, 0);
      assert.match(one.stdout, /own\/greeting/);
      assert.match(one.stdout, /no-such-rule/);
      const three = check(['check', '--format', format, '--jobs', '3']);
      assert.ok(three.given > 0, 'others take their share');
      assert.deepEqual({ ...three, given: 0 }, one);
    });
  }

  test('what cannot be read, and more warnings than allowed, count as ever', () => {
    for (const jobs of ['1', '2']) {
      const missing = check(['check', '链', '没有.huashu', '--jobs', jobs]);
      assert.equal(missing.status, 2);
      assert.match(missing.stderr, /没有这个文件或文件夹：“没有\.huashu”/);
      assert.match(missing.stdout, /own\/greeting/);
      writeFileSync(join(folder, 'quiet.yaml'), 'packs: [链/own.yaml]\nroot: true\n');
      const warned = check(['check', '链/第3.huashu', '--config', 'quiet.yaml', '--max-warnings', '0', '--jobs', jobs]);
      assert.equal(warned.status, 1, warned.stdout);
    }
  });

  test('a baseline and a script from standard input', () => {
    const baseline = check(['baseline', '--output', 'known.json']);
    // It is written, and what is wrong with configurations is told.
    assert.equal(baseline.status, 1);
    assert.match(baseline.stderr, /no-such-rule/);
    for (const jobs of ['1', '3']) {
      const { status, stdout } = check(['check', '--baseline', 'known.json', '--jobs', jobs]);
      // What is wrong with configurations is in no baseline.
      assert.equal(status, 1);
      assert.match(stdout, /no-such-rule/);
      assert.doesNotMatch(stdout, /own\/greeting/);
    }
    const { status, given } = check(['check', '--stdin', '--jobs', '4']);
    assert.equal(given, 0);
    assert.equal(status, 0);
  });

  test('a thread that fails ends the command as a crash, never as a result', () => {
    const { status, stdout, stderr } = check(['check', '--jobs', '2'], { BOOM: '1' });
    assert.equal(status, 3);
    assert.equal(stdout, '');
    assert.match(stderr, /boom/);
  });

  test('scenarios are played in one thread, however many are given', () => {
    const { given, ...several } = check(['test', '链', '--jobs', '3']);
    assert.equal(given, 0);
    assert.deepEqual({ ...several, given: 0 }, check(['test', '链']));
    assert.equal(check(['test', '--jobs', 'x']).status, 2);
  });

  test('a number of jobs that is none', () => {
    for (const jobs of ['0', 'x', '1.5']) {
      const { status, stderr } = check(['check', '--jobs', jobs]);
      assert.deepEqual([status, stderr], [2, '--jobs 需要 1 至 999 的数字。\n']);
    }
  });
});

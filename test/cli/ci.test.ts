import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { packedPath } from '../../client/package.mjs';
import { prepareCiTools } from './ciTools.mjs';

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  const blocks = readFileSync(page, 'utf8').matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].map(([, language = '', text = '']) => ({ language, text }));
}

/** What a block does: without remarks, and without what only people read. */
const bare = ({ text }: Block): string => text.replace(/^ *# (?!\.).*\n/gm, '').replace(/--message ".*"/g, '');

const old = '【开场】\n坐席：再不还钱我就找人打断你的腿。\n结束：完成\n';
const fresh = '【开场】\n坐席：您再躲着，我就把欠款的事告诉您的同事。\n结束：完成\n';

suite('the recipes for CI', function () {
  this.timeout(60_000);
  const blocks = blocksOf('docs/ci.md');
  const commands = blocks.filter(({ language }) => language === 'sh');
  /** The files that are shown, by their paths. */
  const files = new Map(
    blocks
      .filter(({ language }) => language === 'yaml')
      .map(({ text }) => [/^# (\S+)\n/.exec(text)?.[1] ?? '', text] as const),
  );
  const workflow = files.get('.github/workflows/huashu.yml')!;
  const pipeline = files.get('.gitlab-ci.yml')!;

  let home: string;
  /** A repository of scripts. */
  let folder: string;
  let tools: { readonly node: string; readonly modules: string };
  suiteSetup(async function () {
    this.timeout(180_000);
    home = mkdtempSync(path.join(tmpdir(), 'huashu-ci-'));
    folder = path.join(home, '话术库');
    tools = await prepareCiTools();
    mkdirSync(path.join(folder, 'tools'), { recursive: true });
    const packed = await packedPath('tgz');
    copyFileSync(packed, path.join(folder, 'tools', path.basename(packed)));
    writeFileSync(path.join(folder, '旧话术.huashu'), old);
    copyFileSync('samples/信用卡逾期电话提醒.huashu', path.join(folder, '提醒.huashu'));
    copyFileSync('samples/公共.huashu', path.join(folder, '公共.huashu'));
    git('init', '--quiet');
    for (const { text } of commands) succeeds(text);
  });
  suiteTeardown(() => rmSync(home, { recursive: true }));

  function run(command: string, args: readonly string[], cwd = folder) {
    const env = {
      ...process.env,
      HOME: home,
      LC_ALL: 'zh_CN.UTF-8',
      // What is installed globally comes here, and nothing from a network.
      npm_config_prefix: path.join(home, 'global'),
      npm_config_offline: 'true',
      PATH: [path.join(home, 'global/bin'), process.env.PATH].join(path.delimiter),
      GIT_AUTHOR_NAME: 'test',
      GIT_AUTHOR_EMAIL: 'test@example.com',
      GIT_COMMITTER_NAME: 'test',
      GIT_COMMITTER_EMAIL: 'test@example.com',
      GIT_CONFIG_NOSYSTEM: '1',
      PREK_HOME: path.join(home, 'prek'),
    };
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env });
    return { status, output: stdout + stderr };
  }

  /** As the services run a script: it ends with the first command that fails. */
  const shell = (script: string) => run('bash', ['-e', '-c', script]);

  function succeeds(script: string): void {
    const { status, output } = shell(script);
    assert.equal(status, 0, `${script}\n${output}`);
  }

  const git = (...args: string[]) => {
    const { status, output } = run('git', args);
    assert.equal(status, 0, output);
  };

  /** Runs a test with one more script in the repository. */
  function withNew(test: () => void): void {
    writeFileSync(path.join(folder, '新话术.huashu'), fresh);
    git('add', '.');
    try {
      test();
    } finally {
      git('rm', '--quiet', '--force', '新话术.huashu');
    }
  }

  test('are the same in both languages, and name the version that is packed', () => {
    assert.deepEqual(blocksOf('docs/ci.zh-CN.md').map(bare), blocks.map(bare));
    assert.deepEqual([...files.keys()], ['.pre-commit-config.yaml', '.github/workflows/huashu.yml', '.gitlab-ci.yml']);
    const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const page of ['docs/ci.md', 'docs/ci.zh-CN.md', 'docs/cli.md', 'docs/cli.zh-CN.md'])
      for (const [file] of readFileSync(page, 'utf8').matchAll(/[\w.-]+\.tgz/g))
        assert.equal(file, `${name}-${version}.tgz`, page);
    assert.equal(parse(files.get('.pre-commit-config.yaml')!).repos[0].rev, `v${version}`);
  });

  test('an old script base has its findings in the baseline, and is clean from then on', () => {
    const { status, output } = shell('huashu check --baseline huashu-baseline.json --max-warnings 0');
    assert.match(output, /^检查了 3 个文件：0 个错误，0 个警告，.*\d+ 条在基线之内$/m);
    assert.equal(status, 0);
    assert.match(shell('git show --stat').output, /huashu-baseline\.json/);
  });

  suite('pre-commit', () => {
    /** This repository as it is fetched, with the files as they are now. */
    let fetched: string;
    suiteSetup(() => {
      fetched = path.join(home, 'huashu');
      mkdirSync(fetched);
      copyFileSync('.pre-commit-hooks.yaml', path.join(fetched, '.pre-commit-hooks.yaml'));
      const { rev, repo } = parse(files.get('.pre-commit-config.yaml')!).repos[0];
      for (const args of [
        ['init', '--quiet'],
        ['add', '.'],
        ['commit', '--quiet', '--message', 'x'],
        ['tag', rev],
      ])
        assert.equal(run('git', args, fetched).status, 0);
      const config = files.get('.pre-commit-config.yaml')!;
      assert.ok(config.includes(repo));
      writeFileSync(path.join(folder, '.pre-commit-config.yaml'), config.replace(repo, `file://${fetched}`));
      git('add', '.');
    });

    const prek = (...args: string[]) => run(process.execPath, [path.join(tools.modules, '.bin/prek'), ...args]);

    test('takes the manifest and the configuration', () => {
      assert.equal(prek('validate-manifest', path.resolve('.pre-commit-hooks.yaml')).status, 0);
      assert.equal(prek('validate-config', '.pre-commit-config.yaml').status, 0);
      writeFileSync(path.join(home, 'wrong.yaml'), '- id: x\n');
      assert.equal(prek('validate-manifest', path.join(home, 'wrong.yaml')).status, 1);
    });

    test('runs every hook, and fails for what is new', () => {
      const { status, output } = prek('run', '--all-files');
      assert.equal(status, 0, output);
      for (const hook of ['check', 'format', 'test']) assert.match(output, new RegExp(`huashu ${hook}\\.+Passed`));
      withNew(() => {
        const { status, output } = prek('run');
        assert.equal(status, 1);
        assert.match(output, /huashu check\.+Failed/);
        assert.match(output, /^ *新话术\.huashu:2:\d+ {2}错误/m);
        assert.doesNotMatch(output, /旧话术/);
        assert.match(output, /huashu format\.+Passed/);
      });
    });
  });

  suite('GitHub Actions', () => {
    interface Step {
      readonly run?: string;
      readonly uses?: string;
      readonly with?: { readonly [name: string]: unknown };
    }
    const steps: readonly Step[] = parse(workflow).jobs.huashu.steps;

    test('the workflow is valid', () => {
      const { validateWorkflow } = createRequire(import.meta.url)(path.join(tools.modules, '@action-validator/core'));
      assert.deepEqual(validateWorkflow(workflow).errors, []);
      assert.ok(validateWorkflow(workflow.replace('runs-on:', 'run-on:')).errors.length > 0);
    });

    test('every command runs, and what is uploaded is there', () => {
      const scripts = steps.flatMap(({ run }) => run ?? []);
      assert.ok(scripts.length >= 5);
      for (const script of scripts) succeeds(script);
      const { with: given } = steps.find(({ uses }) => uses?.startsWith('github/codeql-action/upload-sarif@'))!;
      const sarif = JSON.parse(readFileSync(path.join(folder, String(given!.sarif_file)), 'utf8'));
      // Code scanning keeps its own history, so it is told everything.
      assert.ok(sarif.runs[0].results.length > 0);
    });

    test('what is new is annotated and fails, and nothing else does', () => {
      withNew(() => {
        const failing = steps.flatMap(({ run }) => (run !== undefined && shell(run).status !== 0 ? run : []));
        assert.equal(failing.length, 1);
        const { output } = shell(failing[0]!);
        assert.match(output, /^::error file=新话术\.huashu,line=2,/m);
        assert.doesNotMatch(output, /^::.*旧话术/m);
      });
    });

    test('a check that could not be done is no clean one', () => {
      const script = steps.flatMap(({ run }) => (run?.includes('sarif') ? run : []))[0]!;
      assert.equal(shell(script.replace('huashu check', 'huashu check 没有这个文件夹')).status, 1);
    });
  });

  suite('GitLab', () => {
    const { script, artifacts } = parse(pipeline).huashu;

    const validated = (text: string) => {
      const project = path.join(home, 'pipeline');
      mkdirSync(project, { recursive: true });
      writeFileSync(path.join(project, '.gitlab-ci.yml'), text);
      run('git', ['init', '--quiet'], project);
      const program = path.join(tools.modules, 'gitlab-ci-local/dist/index.js');
      return run(tools.node, [program, '--list'], project);
    };

    test('the job is valid', () => {
      const { status, output } = validated(pipeline);
      assert.equal(status, 0, output);
      assert.notEqual(validated(pipeline.replace('when: always', 'when: sometimes')).status, 0);
    });

    test('it passes, fails for what is new, and leaves the report of it', () => {
      const report = () => readFileSync(path.join(folder, artifacts.reports.junit), 'utf8');
      succeeds(script.join('\n'));
      assert.match(report(), /<testsuites [^>]*failures="0"/);
      withNew(() => {
        assert.equal(shell(script.join('\n')).status, 1);
        assert.match(report(), /<testcase [^>]*file="新话术\.huashu" line="2">\n *<failure/);
        assert.doesNotMatch(report(), /<testcase [^>]*file="旧话术/);
      });
    });
  });
});

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');

interface Run {
  readonly status: number | null;
  readonly lines: readonly Line[];
  readonly stderr: string;
}

interface Line {
  readonly id: string | number | null;
  readonly error?: string;
  readonly findings: readonly {
    readonly rule: string;
    readonly category: string;
    readonly severity: string;
    readonly text: string;
    readonly range: unknown;
  }[];
}

const threat = '再不还钱我就找人打断你的腿。';
const debt = '您在我行的信用卡欠款5000元已经逾期。';

suite('huashu audit', () => {
  let folder: string;
  setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-audit-'));
  });
  teardown(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string | Uint8Array): void => writeFileSync(join(folder, name), text);
  const environment = { ...process.env, LC_ALL: 'zh_CN.UTF-8' };
  const audit = (args: readonly string[], input: string | Uint8Array = ''): Run => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'audit', ...args], {
      cwd: folder,
      encoding: 'utf8',
      input,
      maxBuffer: 1 << 28,
      env: environment,
    });
    assert.ok(stdout === '' || stdout.endsWith('\n'), stdout);
    return {
      status,
      lines: stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
      stderr,
    };
  };
  const jsonl = (...lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const categories = ({ lines }: Run): string[][] =>
    lines.map(({ findings }) => findings.map(({ category }) => category));

  test('a line of JSON for every line of input, with findings as check reports them', () => {
    write('bad.huashu', `【开场】\n坐席：${threat}\n结束：完成\n`);
    const run = audit([], jsonl({ id: 'c-1', speaker: 'agent', text: `您好\n${threat}` }, { text: '您好。' }));
    assert.equal(run.status, 1);
    assert.equal(run.stderr, '');
    assert.deepEqual(
      run.lines.map(({ id }) => id),
      ['c-1', 2],
    );
    const [finding] = run.lines[0]!.findings;
    assert.equal(finding!.text, '找人打断你的腿');
    assert.deepEqual(finding!.range, { start: { line: 1, character: 6 }, end: { line: 1, character: 13 } });
    const { stdout } = spawnSync(process.execPath, [cli, 'check', 'bad.huashu', '--format', 'json'], {
      cwd: folder,
      encoding: 'utf8',
      env: environment,
    });
    assert.deepEqual(Object.keys(finding!), Object.keys(JSON.parse(stdout).files[0].findings[0]));
    assert.equal(audit([], jsonl({ text: '您好。' })).status, 0);
    assert.deepEqual(audit([], ''), { status: 0, lines: [], stderr: '' });
  });

  test('what the customer or a third party says is not checked', () => {
    const run = audit(
      [],
      jsonl(
        ...['customer', '客户', 'third-party', 'third_party', '第三方', '坐席'].map((speaker) => ({
          speaker,
          text: threat,
        })),
      ),
    );
    assert.deepEqual(categories(run), [[], [], [], [], [], ['threat-violence']]);
  });

  test('the context is what the flow would have known', () => {
    const run = audit(
      [],
      jsonl(
        { text: debt },
        { text: debt, context: { identity: 'unconfirmed' } },
        { text: debt, context: { identity: 'confirmed', listener: 'debtor' } },
        { text: debt, context: { listener: 'third-party', channel: '电话', stage: 'm2', step: '说明来电目的' } },
        { text: debt, context: { identity: null, caseVerified: true, promotionVerified: 'FALSE' } },
      ),
    );
    assert.deepEqual(categories(run), [[], ['disclose-before-identity'], [], ['third-party-disclosure'], []]);
    assert.doesNotMatch(run.stderr, /caseVerified|promotionVerified|stage|channel/);
  });

  test('what is not understood is said once', () => {
    const line = { text: '您好。', agentNo: 7, context: { identity: 'perhaps', mood: 'bad', step: '没有这一步' } };
    const run = audit([], jsonl(line, line, { ...line, context: { identity: 'perhaps' } }));
    assert.equal(run.status, 0);
    assert.equal(
      run.stderr,
      '以下字段用不到，已忽略：agentNo。\ncontext 里没有这样的键，已忽略：mood。\n' +
        '不认识 step 的这个值，按未知处理：没有这一步。\n不认识 identity 的这个值，按未知处理：perhaps。\n',
    );
  });

  test('a line that is wrong gets an error in its place, and the status is 2', () => {
    const wrong: readonly (readonly [string, RegExp])[] = [
      ['{"id":"a","text":"您好"', /JSON：没有写完/],
      ['{"id":"a",,}', /第 11 个字符处有误/],
      ['', /空行/],
      ['[{"text":"您好"}]', /不能是数组.*jq/],
      ['"您好"', /应当是 JSON 对象/],
      ['{"id":"a"}', /没有 text/],
      ['{"text":5}', /text 应当是字符串/],
      ['{"text":"您好","speaker":"robot"}', /speaker 应当是 agent、customer 或 third-party，不能是“robot”/],
      ['{"text":"您好","context":"x"}', /context 应当是对象/],
      ['{"text":"您好","id":{}}', /id 应当是字符串或数字/],
      [`{"text":"${'还钱'.repeat(20_000)}"}`, /超过 20000 个字/],
      [`{"text":"${'x'.repeat(1_500_000)}"}`, /超过 1000000 字节/],
    ];
    write('calls.jsonl', `${wrong.map(([line]) => line).join('\n')}\n${jsonl({ text: threat })}\n\n`);
    const run = audit(['calls.jsonl']);
    assert.equal(run.status, 2);
    assert.equal(run.lines.length, wrong.length + 1, 'empty lines at the end do not count');
    for (const [index, [, message]] of wrong.entries()) {
      const { id, error, findings } = run.lines[index]!;
      assert.deepEqual([id, findings], [null, []]);
      assert.match(error!, message);
      assert.ok(error!.startsWith(`calls.jsonl 第 ${index + 1} 行：`), error);
      assert.doesNotMatch(error!, /您好/, 'what was said stays out of messages');
    }
    assert.equal(run.lines.at(-1)!.findings.length, 1);
    assert.match(run.stderr, /^有 12 行无法读取.*第一处：calls\.jsonl 第 1 行/);
  });

  test('what is not UTF-8 is not taken for clean', () => {
    const gbk = [0xc4, 0xfa, 0xba, 0xc3];
    const run = audit(
      [],
      Buffer.from([...Buffer.from('{"text":"'), ...gbk, ...Buffer.from(`"}\n${jsonl({ text: threat })}`)]),
    );
    assert.equal(run.status, 2);
    assert.match(run.lines[0]!.error!, /不是 UTF-8 编码.*GBK/);
    assert.equal(run.lines[1]!.findings.length, 1);
    for (const [bytes, message] of [
      [[0xff, 0xfe, 0x74, 0x00], /UTF-16/],
      [[0x1f, 0x8b, 0x08, 0x00], /gzip/],
      [[0x50, 0x4b, 0x03, 0x04], /Excel/],
    ] as const) {
      write('calls.csv', new Uint8Array(bytes));
      const refused = audit(['calls.csv']);
      assert.deepEqual([refused.status, refused.lines], [2, []]);
      assert.match(refused.stderr, message);
    }
  });

  test('CSV: byte-order mark, CRLF, quotes, line ends in cells, facts in columns', () => {
    write(
      'calls.csv',
      `\ufeffID,Speaker,text,identity,坐席工号\r\n1,agent,"您好，""王先生""\r\n${threat}",,A1\r\n\r\n2,客户,${threat},,A1\r\n` +
        `,,他说"好"的,,A1,,\r\n4,agent,${debt},unconfirmed`,
    );
    const run = audit(['calls.csv']);
    assert.equal(run.status, 1);
    assert.deepEqual(
      run.lines.map(({ id }) => id),
      ['1', '2', 6, '4'],
      'without an id it is the line of the file',
    );
    assert.deepEqual(categories(run), [['threat-violence'], [], [], ['disclose-before-identity']]);
    assert.deepEqual(run.lines[0]!.findings[0]!.range, {
      start: { line: 1, character: 6 },
      end: { line: 1, character: 13 },
    });
    assert.equal(run.stderr, '以下字段用不到，已忽略：坐席工号。\n');
  });

  test('CSV: a mistake costs its own record only', () => {
    const rows = [
      'id,text,context',
      '2,"没有写完',
      `3,"${threat}"`,
      '4,"他说"好"的"',
      '5,您好,请问,是您吗',
      '6',
      '7,您好,{identity}',
      `8,${debt},"{""identity"":""unconfirmed""}"`,
      '9,"最后一个也没有写完',
      `10,${threat}`,
    ];
    const run = audit(['--input-format', 'csv'], rows.join('\n'));
    assert.equal(run.status, 2);
    assert.deepEqual(
      run.lines.map(({ id, error }) => id ?? error!.replace(/：.*/, '')),
      ['第 2 行', '3', '第 4 行', '第 5 行', '第 6 行', '第 7 行', '8', '第 9 行', '10'],
    );
    assert.deepEqual(categories(run).flat(), ['threat-violence', 'disclose-before-identity', 'threat-violence']);
  });

  test('the format follows from the ending, from the option, or from how standard input begins', () => {
    const tsv = `id\ttext\nt\t${threat}，您好,\n`;
    write('calls.tsv', tsv);
    write('calls.txt', `text\n${threat}\n`);
    for (const run of [audit(['calls.tsv']), audit(['-'], tsv), audit(['--stdin', '--stdin-filename', 'x.tsv'], tsv)])
      assert.deepEqual([run.lines.length, run.lines[0]!.id, run.status], [1, 't', 1]);
    const both = audit(['calls.txt', '-', 'calls.tsv'], jsonl({ id: 'j', text: '您好。' }));
    assert.deepEqual(
      both.lines.map(({ id, findings }) => [id, findings.length]),
      [
        [2, 1],
        ['j', 0],
        ['t', 1],
      ],
    );
  });

  test('what cannot be read is said, the rest is still checked', () => {
    write('good.jsonl', jsonl({ text: threat }));
    write('names.csv', 'id,内容\n1,您好\n');
    const run = audit(['missing.jsonl', 'names.csv', '.', 'good.jsonl']);
    assert.equal(run.status, 2);
    assert.equal(run.lines.length, 1);
    assert.match(run.stderr, /没有这个文件或文件夹：“missing\.jsonl”/);
    assert.match(run.stderr, /无法读取“names\.csv”：表头里没有 text 列，只有：id、内容/);
    assert.match(run.stderr, /无法读取“\.”/);
  });

  test('wrong usage is 2, and no input is overwritten', () => {
    write('a.jsonl', jsonl({ text: '您好。' }));
    for (const [args, message] of [
      [['--format', 'text', 'a.jsonl'], /没有“text”这种格式；可以用：json。/],
      [['--jobs', '0', 'a.jsonl'], /--jobs/],
      [['--input-format', 'xml', 'a.jsonl'], /jsonl、csv、tsv/],
      [['-', '-'], /只能写一次/],
      [['--output', 'a.jsonl', './a.jsonl'], /不能用来存放结果/],
      [['--output', 'none/x.jsonl', 'a.jsonl'], /无法写入/],
    ] as const) {
      const run = audit(args);
      assert.equal(run.status, 2, args.join(' '));
      assert.match(run.stderr, message);
    }
    assert.equal(readFileSync(join(folder, 'a.jsonl'), 'utf8'), jsonl({ text: '您好。' }));
    const other = spawnSync(process.execPath, [cli, 'format', '--jobs', '2'], { cwd: folder, encoding: 'utf8' });
    assert.equal(other.status, 2);
  });

  test('configuration, day, maximum of warnings, output to a file', () => {
    write('a.jsonl', jsonl({ text: '您已经产生了滞纳金。' }));
    assert.equal(audit(['a.jsonl']).status, 0);
    assert.equal(audit(['a.jsonl', '--max-warnings', '0']).status, 1);
    assert.deepEqual(categories(audit(['a.jsonl', '--as-of', '2009-06-01'])), [[]]);
    write('huashu.yaml', 'rules: { fee-misstatement: error }\n');
    assert.equal(audit(['a.jsonl', '--output', 'out.jsonl']).status, 1);
    assert.equal(JSON.parse(readFileSync(join(folder, 'out.jsonl'), 'utf8')).findings[0].severity, 'error');
    write('other.yaml', 'rules: { fee-misstatement: off }\n');
    assert.deepEqual(categories(audit(['a.jsonl', '--config', 'other.yaml'])), [[]]);
    write('huashu.yaml', 'packs: [cn-credit-cart]\n');
    const unchecked = audit(['a.jsonl']);
    assert.equal(unchecked.status, 1);
    assert.match(unchecked.stderr, /找不到规则包“cn-credit-cart”，因此没有按它检查/);
  });

  test('several threads answer what one does, in the same order', () => {
    const lines = Array.from({ length: 25_000 }, (_, index) =>
      index % 500 === 7
        ? '{'
        : JSON.stringify({ id: index, text: index % 1000 === 0 ? threat : '', context: { x: 1 } }),
    );
    write('many.jsonl', lines.join('\n'));
    const one = audit(['many.jsonl', '--jobs', '1']);
    assert.equal(one.lines.length, 25_000);
    assert.deepEqual(audit(['many.jsonl', '--jobs', '3']), one);
    assert.deepEqual(audit(['many.jsonl']), one, 'threads that begin half-way');
  });

  test('a long input does not grow the memory', async () => {
    // The peak of the process itself, told when it ends.
    write('peak.cjs', "process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS));");
    const line = `${JSON.stringify({ speaker: 'customer', text: '好'.repeat(300) })}\n`;
    const block = line.repeat(1000);
    const child = spawn(process.execPath, ['--require', join(folder, 'peak.cjs'), cli, 'audit', '--jobs', '1'], {
      cwd: folder,
      env: environment,
    });
    let stderr = '';
    let bytes = 0;
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.stdout.on('data', (data: Buffer) => {
      bytes += data.length;
    });
    for (let written = 0; written < 200; written++) {
      if (!child.stdin.write(block)) await once(child.stdin, 'drain');
    }
    child.stdin.end();
    const [status] = await once(child, 'close');
    assert.equal(status, 0, stderr);
    assert.ok(bytes > 200_000 * 20);
    const peak = Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
    assert.ok(peak < 230, `${peak} MB for ${(block.length * 3 * 200) / 1e6} MB`);
  });

  test('stops when nobody reads, and answers every line at once', async () => {
    const child = spawn(process.execPath, [cli, 'audit'], { cwd: folder, env: environment });
    child.stdin.on('error', () => {});
    child.stdin.write(jsonl({ id: 'first', text: threat }));
    const [data] = (await once(child.stdout, 'data')) as [Buffer];
    assert.equal(JSON.parse(data.toString()).id, 'first');
    child.stdout.destroy();
    const feeding = setInterval(() => child.stdin.write(jsonl({ text: '您好。' })), 20);
    const [status] = await once(child, 'exit');
    clearInterval(feeding);
    assert.equal(status, 1);
  });
});

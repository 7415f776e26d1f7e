import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');
const root = join(import.meta.dirname, '../..');

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function huashu(
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string | Uint8Array; readonly lang?: string } = {},
): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: options.cwd ?? root,
    encoding: 'utf8',
    input: options.input ?? '',
    env: { ...process.env, LC_ALL: options.lang ?? 'zh_CN.UTF-8' },
  });
  return { status, stdout, stderr };
}

const clean = '【开场】\n坐席：您好，这里是{机构}，工号{工号}。\n坐席：再见。\n结束：完成\n';
const threat = '【开场】\n坐席：再挂电话我就找人打断你的腿。\n坐席：再见。\n结束：完成\n';
const warning = '---\n变量:\n  卡号: {类型: 文本, 样例: 1234}\n---\n【开场】\n坐席：您好。\n坐席：再见。\n结束：完成\n';

suite('huashu check', () => {
  let folder: string;
  setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-cli-'));
  });
  teardown(() => rmSync(folder, { recursive: true }));
  const write = (files: { readonly [name: string]: string | Uint8Array }): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  const check = (args: readonly string[], input?: string): Run =>
    huashu(['check', ...args], { cwd: folder, ...(input !== undefined && { input }) });

  test('0 without findings, 1 with an error, 1 with too many warnings', () => {
    write({ 'clean.huashu': clean, 'threat.话术': threat, 'sub/warning.huashu': warning });
    assert.equal(check(['clean.huashu']).status, 0);
    assert.equal(check(['threat.话术']).status, 1);
    assert.equal(check(['sub']).status, 0);
    assert.equal(check(['sub', '--max-warnings', '0']).status, 1);
    assert.equal(check([]).status, 1);
  });

  test('what the README shows is what one sees', () => {
    for (const [readme, lang] of [
      ['README.md', 'en'],
      ['README.zh-CN.md', 'zh-CN'],
    ] as const) {
      const { stdout } = huashu(['check', 'samples', '--lang', lang]);
      const shown = /check samples\n(.+?)```/s.exec(readFileSync(join(root, readme), 'utf8'))![1]!;
      // What is left out there is written as an ellipsis.
      for (const part of shown.split(/…+|\n/)) assert.ok(stdout.includes(part.trim()), `${readme}: ${part}`);
    }
  });

  test('text names file, place, message, rule and law', () => {
    write({ 'threat.huashu': threat });
    const { stdout } = check(['threat.huashu']);
    assert.match(
      stdout,
      /^threat\.huashu:2:\d+ {2}错误 {2}.*打断你的腿.* {2}cn\/no-threat-of-violence: error\n {4}依据：《.*》.*\n\n检查了 1 个文件：1 个错误，0 个警告\n$/,
    );
    assert.match(
      huashu(['check', 'threat.huashu', '--lang', 'en'], { cwd: folder }).stdout,
      /1 file checked: 1 error, 0 warnings/,
    );
  });

  test('json is what the contract says', () => {
    write({
      'threat.huashu': threat,
      'a/allowed.huashu': '【开场】\n豁免：unknown-role，原因：演示，审批：合规部，至：2099-12-31\n甲：您好。\n',
    });
    const report = JSON.parse(check(['threat.huashu', 'a', '--format', 'json']).stdout);
    assert.equal(report.version, 1);
    assert.deepEqual(report.summary, { files: 2, errors: 1, warnings: 0, infos: 0, suppressed: 1 });
    assert.deepEqual(
      report.files.map(({ path }: { path: string }) => path),
      ['threat.huashu', 'a/allowed.huashu'],
    );
    const [finding] = report.files[0].findings;
    assert.deepEqual(Object.keys(finding), [
      'rule',
      'category',
      'severity',
      'message',
      'range',
      'text',
      'sources',
      'path',
      'related',
      'fixes',
      'suppressed',
    ]);
    assert.equal(finding.rule, 'cn/no-threat-of-violence');
    assert.equal(finding.category, 'threat-violence');
    assert.equal(finding.severity, 'error');
    assert.equal(finding.range.start.line, 1);
    assert.equal(
      threat.split('\n')[1]!.slice(finding.range.start.character, finding.range.end.character),
      finding.text,
    );
    assert.ok(finding.sources.every(({ title }: { title: string }) => title.includes('《')));
    assert.equal(typeof finding.fixes[0].safe, 'boolean');
    assert.equal(typeof finding.fixes[0].edits[0].newText, 'string');
    assert.equal(finding.suppressed, null);
    assert.deepEqual(report.files[1].findings[0].suppressed, {
      reason: '演示',
      approved: '合规部',
      until: '2099-12-31',
    });
  });

  test('standard input, output to a file', () => {
    const { status, stdout } = check(['--stdin', '--stdin-filename', '来自编辑器.huashu', '--format', 'json'], threat);
    assert.equal(status, 1);
    assert.equal(JSON.parse(stdout).files[0].path, '来自编辑器.huashu');
    write({ 'threat.huashu': threat });
    const run = check(['threat.huashu', '--format', 'json', '--output', 'report.json']);
    assert.equal(run.stdout, '');
    assert.equal(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).summary.errors, 1);
  });

  test('nodes of other files are known, also when only one file is named', () => {
    write({
      'a.huashu': '【甲】\n坐席：您好。\n插入：公共/告知渠道\n→ 公共/没有\n',
      '公共.huashu': '【告知渠道】\n坐席：谢谢您的耐心。\n→ 返回\n',
    });
    const { findings } = JSON.parse(check(['a.huashu', '--format', 'json']).stdout).files[0];
    assert.deepEqual(
      findings.map(({ rule, text }: { rule: string; text: string }) => [rule, text]),
      [['unknown-target', '没有']],
    );
  });

  test('what cannot be read is said, the rest is still reported, and the status is 2', () => {
    write({ 'threat.huashu': threat, 'empty/readme.txt': 'x' });
    const run = check(['threat.huashu', 'missing.huashu', 'empty']);
    assert.equal(run.status, 2);
    assert.match(run.stdout, /no-threat-of-violence/);
    assert.match(run.stderr, /没有这个文件或文件夹：“missing\.huashu”/);
    assert.match(run.stderr, /“empty”里没有话术文件/);
    assert.equal(check(['empty']).status, 2);
  });

  test('wrong usage is 2, with a message that says what to do', () => {
    write({ 'clean.huashu': clean });
    for (const [args, message] of [
      [['--format', 'xml', 'clean.huashu'], /没有“xml”这种格式/],
      [['--no-such-option'], /没有“--no-such-option”这个选项/],
      [['--as-of', '2026-13-01', 'clean.huashu'], /不是日期/],
      [['--max-warnings', 'few', 'clean.huashu'], /需要一个数字/],
      [['--output'], /“--output”需要一个值/],
      [['--config', 'none.yaml', 'clean.huashu'], /无法读取配置文件/],
      [['--pack', 'no-such-pack', 'clean.huashu'], /找不到规则包“no-such-pack”.*cn-credit-card/],
    ] as const) {
      const run = check(args);
      assert.equal(run.status, 2, args.join(' '));
      assert.match(run.stderr, message);
    }
    assert.equal(huashu(['chek']).status, 2);
    // What is no message must not get into the conversation of an editor.
    const lsp = huashu(['lsp', '--lang', 'fr']);
    assert.deepEqual([lsp.status, lsp.stdout], [2, '']);
    assert.match(lsp.stderr, /--lang 只能是/);
    assert.equal(huashu(['lsp', 'scripts']).status, 2);
    assert.equal(huashu([]).status, 2);
    assert.equal(huashu(['--help']).status, 0);
    assert.match(huashu(['--help'], { lang: 'en_US.UTF-8' }).stdout, /Usage/);
  });

  test('what is wrong inside a readable file is a finding: GBK, an unknown pack, a broken pack, a broken configuration', () => {
    const gbk = new Uint8Array([
      0xa1, 0xbe, 0xbf, 0xaa, 0xb3, 0xa1, 0xa1, 0xbf, 0x0a, 0xd7, 0xf9, 0xcf, 0xaf, 0xa3, 0xba, 0xc4, 0xfa,
    ]);
    write({ 'gbk.huashu': gbk });
    const garbled = check(['gbk.huashu']);
    assert.equal(garbled.status, 1);
    assert.match(garbled.stdout, /不是 UTF-8 编码.*GBK/);

    write({ 'unknown.huashu': `---\n规则包: [cn-credit-cart]\n---\n${clean}` });
    const unknown = check(['unknown.huashu']);
    assert.equal(unknown.status, 1);
    assert.match(unknown.stdout, /找不到规则包“cn-credit-cart”，因此没有按它检查，是不是想写“cn-credit-card”？/);

    write({
      'bad.yaml': 'pack: mine\nrules:\n  - id: [\n',
      'named.huashu': `---\n规则包: [./bad.yaml]\n---\n${clean}`,
      'clean.huashu': clean,
    });
    for (const run of [check(['clean.huashu', '--pack', 'bad.yaml']), check(['named.huashu'])]) {
      assert.equal(run.status, 1);
      assert.match(run.stdout, /bad\.yaml:\d:\d+ {2}错误 {2}YAML 写法有误/);
    }

    // What is no pack at all is told by every command that takes one, and is none with nothing in it.
    mkdirSync(join(folder, 'empty'));
    for (const named of ['empty', '/dev/null'])
      for (const args of [
        ['check', 'clean.huashu', '--pack', named],
        ['rules', '--pack', named],
        ['rules', 'test', named],
        ['audit', '--pack', named],
      ]) {
        const { status, stderr } = huashu(args, { cwd: folder });
        assert.equal(status, 2, args.join(' '));
        assert.match(stderr, /找不到规则包文件/);
      }

    write({ 'conf/huashu.yaml': 'rule:\n  x: off\n', 'conf/clean.huashu': clean });
    const configured = check(['conf']);
    assert.equal(configured.status, 1);
    assert.match(configured.stdout, /conf\/huashu\.yaml:1:1 {2}错误 {2}没有“rule”这个键，是不是想写“rules”/);
  });

  test('a pack with an impossible address, a closed pipe and a link do not stop the check', () => {
    write({
      'uri.huashu': `---\n规则包: ["file://host/x.yaml", cn-credit-card]\n---\n${threat}`,
      'real/bad.txt': threat,
    });
    symlinkSync('../real/bad.txt', join(folder, 'real/link.huashu'));
    symlinkSync('.', join(folder, 'loop'));
    const { files } = JSON.parse(check(['--format', 'json']).stdout);
    const rules = files.map(({ path, findings }: { path: string; findings: { rule: string }[] }) => [
      path,
      findings.map(({ rule }) => rule),
    ]);
    assert.deepEqual(rules, [
      ['real/link.huashu', ['cn/no-threat-of-violence']],
      ['uri.huashu', ['rule-pack', 'cn/no-threat-of-violence']],
    ]);
  });

  test('nothing is overwritten, and no path is passed over', () => {
    write({ 'bad.huashu': threat });
    assert.equal(check(['bad.huashu', '--output', 'bad.huashu']).status, 2);
    assert.equal(readFileSync(join(folder, 'bad.huashu'), 'utf8'), threat);
    assert.equal(check(['--stdin', 'bad.huashu']).status, 2);
  });

  test('a pack or configuration in GBK is said to be one', () => {
    const gbk = new Uint8Array([...new TextEncoder().encode('pack: mine # '), 0xa1, 0xbe, 0xbf, 0xaa]);
    write({ 'clean.huashu': clean, 'gbk.yaml': gbk, 'sub/huashu.yaml': gbk, 'sub/clean.huashu': clean });
    for (const args of [['clean.huashu', '--pack', 'gbk.yaml'], ['sub']]) {
      const run = check(args);
      assert.equal(run.status, 1);
      assert.match(run.stdout, /不是 UTF-8 编码/);
    }
  });

  test('a line of five megabytes', () => {
    write({ 'long.huashu': `【开场】\n坐席：${'还钱'.repeat(900_000)}\n` });
    const run = check(['long.huashu']);
    assert.equal(run.status, 1);
    assert.match(run.stdout, /没有检查。请拆成多行/);
  });

  test('huashu.yaml sets levels, for all files or some, and the nearest wins', () => {
    write({
      'huashu.yaml':
        'rules:\n  threat-violence: warning\n  cn/polite-ending: off\noverrides:\n  - files: ["sms/**"]\n    rules: { threat-violence: off }\n',
      'a.huashu': threat,
      'sms/b.huashu': threat,
      'strict/huashu.yaml': 'rules: { cn/no-threat-of-violence: error }\n',
      'strict/c.huashu': threat,
    });
    const { files } = JSON.parse(check(['--format', 'json']).stdout);
    const severities = files.map(({ path, findings }: { path: string; findings: { severity: string }[] }) => [
      path,
      findings.map(({ severity }) => severity),
    ]);
    assert.deepEqual(severities, [
      ['a.huashu', ['warning']],
      ['sms/b.huashu', []],
      ['strict/c.huashu', ['error']],
    ]);
  });

  test('--as-of judges by the rules of that day', () => {
    write({ 'fee.huashu': '【开场】\n坐席：您已经产生了滞纳金。\n结束：完成\n' });
    const found = (...more: string[]): boolean =>
      JSON.parse(check(['fee.huashu', '--format', 'json', ...more]).stdout).files[0].findings.some(
        ({ rule }: { rule: string }) => rule === 'cn/no-late-fee-term',
      );
    assert.equal(found(), true);
    assert.equal(found('--as-of', '2009-06-01'), false);
  });

  test('--as-of judges by the suppressions that count on that day', () => {
    const excuse = '豁免：cn/no-late-fee-term，原因：演示，至：2020-01-01';
    write({ 'fee.huashu': `【开场】\n${excuse}\n坐席：您已经产生了滞纳金。\n结束：完成\n` });
    const counting = (...more: string[]): readonly string[] =>
      JSON.parse(check(['fee.huashu', '--format', 'json', ...more]).stdout)
        .files[0].findings.filter(({ suppressed }: { suppressed: unknown }) => suppressed === null)
        .map(({ rule }: { rule: string }) => rule);
    assert.ok(counting().includes('suppression'));
    assert.deepEqual(
      counting('--as-of', '2019-12-31').filter((rule) => rule === 'suppression' || rule === 'cn/no-late-fee-term'),
      [],
    );
  });
});

suite('huashu rules', () => {
  test('lists the rules in force, and explains one', () => {
    const { status, stdout } = huashu(['rules']);
    assert.equal(status, 0);
    assert.match(stdout, /cn\/no-threat-of-violence\s+错误/);
    assert.match(stdout, /unknown-target\s+错误/);
    const one = huashu(['rules', 'cn/no-threat-of-violence']);
    for (const part of [/依据\n {2}《/, /不要说\n/, /建议改为\n/]) assert.match(one.stdout, part);
    assert.equal(
      JSON.parse(huashu(['rules', 'unknown-target', '--format', 'json', '--lang', 'en']).stdout).rules[0].title,
      'Unknown target',
    );
  });

  test('a rule about the flow is told in words, with whole scripts and fixes', () => {
    const { stdout } = huashu(['rules', 'cn/identity-before-disclosure']);
    for (const part of [
      /看什么\n {2}在每条路径上，出现“所说的事”之前，必须先有“前提”。\n {2}所说的事：坐席的话（透露账务.*）\n {2}前提：由此得知（身份为已确认、接听人为担保人）\n/,
      /会提示\n {2}【开场】\n {2}坐席：[^⟦]*\n\n {2}【说明】\n/,
      /不会提示\n {2}【开场】/,
      /可以这样改\n(?: {2}.*“确认身份”.*\n| {2}.*\n)+$/,
    ])
      assert.match(stdout, part);
    const english = huashu(['rules', 'cn/contact-hours', '--lang', 'en']).stdout;
    assert.match(english, /What it looks at\n {2}The front matter .*\n {2}The limits: hours within 8:00-22:00\n/);
    const { rules } = JSON.parse(huashu(['rules', 'cn/identity-replies', '--format', 'json']).stdout);
    assert.match(rules[0].looks.at(-1), /^要有的回复：非本人.*；无应答；其他$/);
    assert.deepEqual(rules[0].fixes, ['补上缺少的回复分支']);
  });

  test('an unknown rule is 2, with the nearest name', () => {
    const { status, stderr } = huashu(['rules', 'cn/no-threat-of-violense']);
    assert.equal(status, 2);
    assert.match(stderr, /是不是想写“cn\/no-threat-of-violence”/);
  });

  test('the examples of a bundled pack hold, and prove what stands in it', () => {
    const { status, stdout } = huashu(['rules', 'test', 'us-fdcpa']);
    assert.match(stdout, /us-fdcpa：\d+ 处表达式和例外中，\d+\.\d % 有例句证明\n/);
    assert.match(stdout, /\d+ 条规则，\d+ 个例句：0 处不符\n$/);
    assert.equal(status, 0);
  });

  test('a pack of one’s own: what fails and what nothing proves', () => {
    const folder = mkdtempSync(join(tmpdir(), 'huashu-rules-'));
    try {
      const pack = `
pack: our-bank
prefix: our
title: { zh: 本行, en: Our bank }
sources:
  S: { document: { zh: 内规, en: House rules }, binding: practice, evidence: general, gist: { zh: 无, en: None } }
rules:
  - id: our/no-dear
    category: unprofessional-tone
    severity: warning
    title: { zh: 不称呼亲, en: No endearments }
    message: { zh: 请称呼您。, en: Say “you”. }
    why: { zh: 客户不是熟人。, en: Customers are no friends. }
    sources: [S]
    match: [亲爱的, 宝贝]
    inside: [亲爱的客户]
    examples:
      bad: [亲爱的在吗。, 您好亲爱的。, 我的亲爱的啊。]
      good: [尊敬的客户。, 亲爱的客户。, 我的宝贝是一只猫。]
`;
      const flow = `
detectors:
  - id: greets
    title: { zh: 问好, en: Greets }
    match: [您好]
    examples: { does: [您好, 您好啊, 早上好], not: [再见, 好的, 嗯] }
flow:
  - id: our/greet
    category: step-missing
    severity: warning
    kind: must-reach
    title: { zh: 要问好, en: Greet }
    message: { zh: 没有问好。, en: No greeting. }
    why: { zh: 礼貌。, en: Polite. }
    sources: [S]
    requires: { says: [greets] }
    examples:
      bad: ["【甲】\\n坐席：喂。\\n结束：完成"]
      good: ["【甲】\\n坐席：喂。\\n结束：完成", "【甲】\\n坐席：您好。\\n结束：完成"]
`;
      writeFileSync(join(folder, 'our-bank.yaml'), pack);
      const args = ['rules', 'test', join(folder, 'our-bank.yaml')];
      const { status, stdout } = huashu(args);
      assert.equal(status, 1);
      assert.match(stdout, /our\/no-dear {2}误报 our\/no-dear“宝贝”：我的宝贝是一只猫。\n/);
      assert.match(stdout, /our\/no-dear › match {2}去掉也没有例句察觉：宝贝\n/);
      assert.match(stdout, /our-bank：3 处表达式和例外中，66\.7 % 有例句证明\n1 条规则，6 个例句：1 处不符\n$/);
      const report = JSON.parse(huashu([...args, '--format', 'json', '--lang', 'en']).stdout);
      assert.deepEqual(report.packs, [
        {
          pack: 'our-bank',
          parts: 3,
          proven: 2,
          unproven: [{ where: 'our/no-dear › match', source: '宝贝' }],
          alike: [],
        },
      ]);
      assert.equal(report.failures[0].example, '我的宝贝是一只猫。');
      writeFileSync(join(folder, 'our-bank.yaml'), pack + flow);
      const more = huashu(args).stdout;
      assert.match(more, /greets {2}没有认出：早上好\n/);
      assert.match(more, /our\/greet {2}误报“.*”：\n【甲】\n/);
      assert.match(more, /2 条规则、1 个识别项，15 个例句：3 处不符\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

suite('huashu suppressions', () => {
  const script = [
    '豁免（全文）：cn/no-sarcasm，原因：试验',
    '【开场】',
    '豁免：unknown-role，原因：监管报备原文，审批：合规部，至：2020-06-30',
    '坐席：您好。',
    '豁免：unknown-role',
    '甲：您好。',
    '豁免：unknown-role，原因：演示，至：2099-01-01',
    '乙：您好。',
    '结束：完成',
  ].join('\n');

  test('lists them all, with who answers for them and what they still do', () => {
    const { status, stdout } = huashu(['suppressions', '--stdin', '--stdin-filename', 'a.huashu'], { input: script });
    assert.equal(status, 0);
    assert.match(stdout, /a\.huashu:3 {2}unknown-role {2}已到期\n.*\n.*监管报备原文\n.*审批：合规部\n.*至：2020-06-30/);
    assert.match(stdout, /共 4 条豁免：生效 1 条，没有用到 1 条，已到期 1 条，无效 1 条\n$/);
  });

  test('as JSON', () => {
    const args = ['suppressions', '--stdin', '--format', 'json'];
    const { suppressions, summary } = JSON.parse(huashu(args, { input: script }).stdout);
    assert.deepEqual(summary, { 'in-use': 1, unused: 1, expired: 1, invalid: 1 });
    assert.deepEqual(suppressions.at(-1), {
      path: 'stdin.huashu',
      line: 6,
      rule: 'unknown-role',
      scope: 'line',
      reason: '演示',
      until: '2099-01-01',
      state: 'in-use',
      findings: 1,
    });
  });

  test('2 for a path that is not there', () => assert.equal(huashu(['suppressions', 'nowhere']).status, 2));
});

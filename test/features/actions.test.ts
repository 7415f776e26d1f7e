import assert from 'node:assert/strict';
import { inHalfAYear } from '../../server/src/features/actions/suppress.ts';
import { Refusal } from '../../server/src/features/feature.ts';
import { suppress } from '../../server/src/features/suppress.ts';
import { isAboutFlow } from '../fixture.ts';
import { after, desk, plain, rulesLeft } from './actionFixture.ts';

const resolving = { ...plain, resolvesActions: true };
const wording = (rules: readonly string[]): string[] => rules.filter((rule) => !isAboutFlow(rule));
const fee = 'cn/no-late-fee-term';

suite('fixing all', () => {
  test('every safe fix, round by round, and nothing else', () => {
    const text = '【开场】\n坐席 您好。\n豁免：unknown-role，原因：演示\n坐席：再不还钱，就打断你的腿。\n→ 结束\n';
    const here = desk(text, resolving);
    const action = here.action('全部', ['source.fixAll']);
    assert.equal(action.kind, 'source.fixAll.huashu');
    assert.equal(after(here, action.edit), '【开场】\n坐席： 您好。\n坐席：再不还钱，就打断你的腿。\n→ 结束\n');
  });

  test('asked for only by those who say so', () => {
    const here = desk('【开场】\n坐席 您$0好。\n→ 结束\n', resolving);
    assert.equal(
      here.actions().some(({ kind }) => kind === 'source.fixAll.huashu'),
      false,
    );
    assert.equal(here.actions(['source.organizeImports']).length, 0);
    assert.deepEqual(
      here.actions(['source.fixAll.huashu']).map(({ kind }) => kind),
      ['source.fixAll.huashu'],
    );
    // An editor that cannot ask again gets the edit at once, and none that does nothing.
    assert.ok(desk('【开场】\n坐席 您好。\n→ 结束\n').actions(['source'])[0]!.edit);
    assert.deepEqual(desk('【开场】\n坐席：打断你的腿。\n→ 结束\n').actions(['source']), []);
  });

  test('all findings of a rule in the file, and those of no other', () => {
    const text = '【开场】\n坐席：您已经产生了滞$0纳金。\n坐席：您的滞纳金是一百元。\n坐席：打断你的腿。\n→ 结束\n';
    const here = desk(text, resolving);
    const mended = after(here, here.action(/^修正全文的/).edit);
    assert.equal(mended.includes('滞纳金'), false);
    assert.ok(mended.includes('打断你的腿'));
    assert.deepEqual(wording(rulesLeft(mended)), ['cn/no-threat-of-violence']);
  });

  test('only findings that are mended alike', () => {
    const text =
      '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n---\n【开场】\n坐席：{逾期天$0树}天，{逾期天书}天，{没有的}。\n→ 结束\n';
    const here = desk(text, resolving);
    const mended = after(here, here.action(/^修正全文的/).edit);
    assert.ok(mended.includes('坐席：{逾期天数}天，{逾期天数}天，{没有的}。'), mended);
  });

  test('declarations of several variables come one after another', () => {
    const here = desk('【开场】\n坐席：{甲$0物}和{乙物}和{丙物}。\n→ 结束\n', resolving);
    const mended = after(here, here.action(/^修正全文的/).edit);
    assert.equal(rulesLeft(mended).includes('undefined-variable'), false);
  });

  test('one finding alone has no such action', () => {
    const here = desk('【开场】\n坐席：您已经产生了滞$0纳金。\n→ 结束\n', resolving);
    assert.equal(
      here.actions().some(({ title }) => title.startsWith('修正全文')),
      false,
    );
  });
});

suite('preferred fixes', () => {
  const preferred = (text: string): string[] =>
    desk(text)
      .actions(['quickfix'])
      .flatMap((each) => (each.isPreferred ? [each.title] : []));

  test('the name that was meant, and what cannot do harm', () => {
    assert.deepEqual(preferred('【开场】\n坐度$0：您好。'), ['把“坐度”改为“坐席”']);
    assert.deepEqual(preferred('【开场】\n坐席 $0您好。'), ['补上冒号']);
  });

  test('none of several that are as good', () => {
    assert.deepEqual(preferred('【开场】\n小王$0：您好。\n→ 结束'), []);
    assert.deepEqual(preferred('【开场】\n您好，请问$0是王先生吗？\n→ 结束'), []);
  });
});

suite('suppressing', () => {
  const asking = { ...plain, suppressCommand: 'huashu.suppress' };
  const flawed =
    '---\n话术: 甲\n---\n# 备注\n【开场】\n　坐席：您已经产生了滞$0纳金。\n坐席：滞纳金。\n→ 结束\n\n【乙】\n坐席：滞纳金。\n';

  function suppressed(
    text: string,
    scope: 'line' | 'node' | 'file',
    fields: object = {},
    rule: string | undefined = fee,
  ): string | Refusal {
    const here = desk(text, asking);
    const action = here.actions(['quickfix']).find(({ command }) => {
      const asked = command?.arguments?.[0] as
        | { readonly scopes: readonly string[]; readonly rule: string }
        | undefined;
      return asked?.scopes.includes(scope) && (rule === undefined || asked.rule === rule);
    });
    assert.ok(action, 'no such action');
    const { uri, rule: named, position } = action.command!.arguments![0];
    const params = { textDocument: { uri }, rule: named, position, scope, reason: '监管报备原文', ...fields };
    const answer = suppress.run(here.context, params);
    return answer instanceof Refusal ? answer : after(here, answer);
  }
  const count = (text: string | Refusal): number => rulesLeft(text as string).filter((rule) => rule === fee).length;

  test('the client is told what to ask for', () => {
    const action = desk(flawed, asking)
      .actions(['quickfix'])
      .find(({ command }) => command?.arguments?.[0].rule === fee);
    assert.equal(action!.edit, undefined);
    assert.match(action!.title, /^豁免规则：.*（需写明原因/);
    const [{ uri: _uri, title: _title, ...rest }] = action!.command!.arguments!;
    assert.deepEqual(rest, {
      rule: fee,
      position: { line: 5, character: 10 },
      scopes: ['line', 'node', 'file'],
      approval: false,
      today: '2026-11-23',
      until: '2027-05-23',
    });
  });

  test('on the line, in the node and in the file', () => {
    const all = count(flawed.replace('$0', ''));
    const line = suppressed(flawed, 'line', { approved: '合规部', until: '2027-05-23' });
    assert.match(
      line as string,
      /【开场】\n　豁免：cn\/no-late-fee-term，原因：监管报备原文，审批：合规部，至：2027-05-23\n　坐席：您/,
    );
    assert.equal(count(line), all - 1);
    const node = suppressed(flawed, 'node');
    assert.match(node as string, /【开场】\n豁免（本节）：cn\/no-late-fee-term，原因：监管报备原文\n　坐席/);
    assert.equal(count(node), all - 2);
    const file = suppressed(flawed, 'file');
    assert.match(file as string, /---\n豁免（全文）：cn\/no-late-fee-term，原因：监管报备原文\n# 备注/);
    assert.equal(count(file), 0);
    for (const each of [line, node, file]) assert.equal(rulesLeft(each as string).includes('suppression'), false);
  });

  test('in the language of the script, also without front matter and at its end', () => {
    const english = '\ufeff[Opening]\r\nAgent: 您已经产生了滞$0纳金。';
    assert.match(
      suppressed(english, 'file', { until: '2027-01-01' }) as string,
      /^\ufeffAllow \(file\): cn\/no-late-fee-term, reason: 监管报备原文, until: 2027-01-01\r\n\[Opening\]/,
    );
    assert.match(
      suppressed(english, 'line') as string,
      /\r\nAllow: cn\/no-late-fee-term, reason: 监管报备原文\r\nAgent/,
    );
    const headless = '坐席：您已经产生了滞$0纳金。';
    for (const scope of ['line', 'node', 'file'] as const) assert.equal(count(suppressed(headless, scope)), 0, scope);
  });

  test('a reason may hold what looks like a field, and lines', () => {
    const text = suppressed(flawed, 'line', { reason: '原文如此，审批：无\n见附件' });
    assert.match(text as string, /原因：原文如此；审批：无 见附件\n/);
    assert.equal(count(text), count(flawed.replace('$0', '')) - 1);
  });

  test('what would not count is not written', () => {
    assert.ok(suppressed(flawed, 'line', { until: '2020-01-01' }) instanceof Refusal);
    assert.ok(suppressed(flawed, 'line', { reason: ' ' }) instanceof Refusal);
    const here = desk(flawed, asking);
    const gone = suppress.run(here.context, {
      textDocument: { uri: here.script.uri },
      rule: fee,
      position: { line: 7, character: 0 },
      scope: 'line',
      reason: '甲',
    });
    assert.match((gone as Refusal).text.zh, /已经没有/);
  });

  test('a finding about the flow, at the heading of the first node', () => {
    const text = '【说明目的】\n提示：请小心。\n记录：结果 = 客户所述\n→ 结束\n';
    const found = desk(text, asking)
      .context.findings(desk(text).script)
      .filter(({ rule, suppressed: is }) => isAboutFlow(rule) && !is);
    for (const finding of found) {
      const at = `${text.slice(0, finding.start)}$0${text.slice(finding.start)}`;
      const offered = desk(at, asking)
        .actions(['quickfix'])
        .filter(({ command }) => command);
      for (const scope of ['line', 'node', 'file'] as const) {
        const isThis = ({ scopes, rule }: { scopes: readonly string[]; rule: string }): boolean =>
          scopes.includes(scope) && rule === finding.rule;
        if (!offered.some(({ command }) => isThis(command!.arguments![0]))) continue;
        const mended = suppressed(at, scope, { approved: '合规部' }, finding.rule);
        assert.equal(mended instanceof Refusal, false, `${finding.rule} ${scope}`);
        assert.equal(rulesLeft(mended as string).includes('suppression'), false);
      }
    }
  });

  test('a finding at the heading of the first node is suppressed by the line above it', () => {
    const text = '【$0】\n坐席：您好。\n→ 结束\n';
    const here = desk(text, asking);
    const [finding] = here.context.findings(here.script);
    assert.equal(finding?.rule, 'unknown-line');
    const line = '豁免：unknown-line，原因：演示\n';
    assert.deepEqual(rulesLeft(line + here.script.source), rulesLeft(here.script.source).slice(1));
  });

  test('every finding of a whole script that may be suppressed can be', () => {
    const text =
      '---\n渠道: 电话\n---\n【开场】\n坐席：您欠了我们银行的钱，滞纳金一百元。\n客户（有异议）：不对\n坐席：少废话，快还钱。\n→ 结束\n客户（其他） → 结束\n';
    const here = desk(text, asking);
    const seen = new Set<string>();
    for (const finding of here.context.findings(here.script)) {
      const at = `${text.slice(0, finding.start)}$0${text.slice(finding.start)}`;
      for (const { command } of desk(at, asking).actions(['quickfix'])) {
        if (!command || seen.has(JSON.stringify(command.arguments))) continue;
        seen.add(JSON.stringify(command.arguments));
        const [{ rule, position, scopes, uri }] = command.arguments!;
        for (const scope of scopes) {
          const params = { textDocument: { uri }, rule, position, scope, reason: '演示', approved: '合规部' };
          const answer = suppress.run(here.context, params);
          assert.equal(answer instanceof Refusal, false, `${rule} ${scope}`);
        }
      }
    }
    assert.ok(seen.size > 5, `${seen.size}`);
  });

  test('a rule that wants an approver says so; one that may not be suppressed has none of it', () => {
    assert.equal(
      desk('【开场】\n坐席：打断$0你的腿。', asking)
        .actions()
        .some(({ command }) => command),
      false,
    );
  });

  test('an editor that cannot ask gets a line with open fields', () => {
    const here = desk(flawed);
    const term = here.context.snapshot.packs(here.script).set.rule(fee)!.title.zh;
    const texts = here
      .actions(['quickfix'])
      .flatMap((each) => (each.title.startsWith('豁免') && each.title.includes(term) ? [after(here, each.edit)] : []));
    assert.equal(texts.length, 3);
    assert.match(texts[0]!, /　豁免：cn\/no-late-fee-term，原因：\n　坐席/);
    assert.match(texts[1]!, /\n豁免（本节）：cn\/no-late-fee-term，原因：\n/);
  });

  test('six months later', () => {
    assert.deepEqual(
      ['2026-11-23', '2026-08-31', '2027-08-31', '2026-06-30', '2026-12-31', '2026-01-31'].map(inHalfAYear),
      ['2027-05-23', '2027-02-28', '2028-02-29', '2026-12-30', '2027-06-30', '2026-07-31'],
    );
  });
});

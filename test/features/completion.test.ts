import assert from 'node:assert/strict';
import { findingsOf, isAboutFlow } from '../fixture.ts';
import { bundledSet } from '../packs.ts';
import { chosen, documentationOf, itemsAt, labels } from './completionFixture.ts';

/** What a step can keep by itself; what has to come before and after it, or elsewhere in the call, is up to the other steps. */
const isUpToTheStep = (rule: string): boolean =>
  !isAboutFlow(rule) ||
  bundledSet.flow.some(({ id, kind }) => id === rule && (kind === 'must-offer' || kind === 'forbids-after'));

suite('completion', () => {
  test('an empty line offers the standard steps in the order of the conversation, then what else a line can be', () => {
    const offered = labels('$0');
    assert.ok(offered.indexOf('【自报身份】') < offered.indexOf('【确认身份】'));
    assert.ok(offered.indexOf('【确认身份】') < offered.indexOf('【说明目的】'));
    assert.ok(offered.indexOf('【结束通话】') < offered.indexOf('坐席：'));
    for (const label of ['坐席：', '客户：', '客户（是本人）', '若：', '提示：', '豁免：', '用例：'])
      assert.ok(offered.includes(label), label);
  });

  test('steps that the script has already come after those that it lacks', () => {
    const offered = labels('【确认身份】\n坐席：请问是王先生吗？\n$0');
    assert.ok(offered.indexOf('【确认身份】') > offered.indexOf('【结束通话】'));
  });

  test('a step brings its whole template, which declares its variables and has no finding of its own', () => {
    for (const label of labels('$0').filter((each) => each.startsWith('【'))) {
      const text = chosen('---\n渠道: 电话\n---\n$0', label).replace('$0', '');
      const findings = findingsOf(text).filter(({ severity, rule }) => severity !== 'hint' && isUpToTheStep(rule));
      assert.deepEqual(
        findings.map(({ rule, message }) => `${rule}: ${message.zh}`),
        [],
        text,
      );
      assert.match(text, /\n(?:坐席|提示)：/);
    }
  });

  test('in an empty file the declarations come first and the template below them', () => {
    const text = chosen('$0', '【确认身份】');
    assert.match(text, /^---\n变量:\n {2}客户称呼: .*\n---\n\n【确认身份】\n/);
  });

  test('jumps of a template lead to nodes that the script has', () => {
    const text = chosen('---\n渠道: 电话\n---\n$0\n\n【来意】 说明目的\n坐席：打扰您了。', '【确认身份】');
    assert.match(text, /客户（是本人）：.* → 来意/);
  });

  test('a step is found by characters, by pinyin, by its first letters, by other names and in English', () => {
    for (const typed of [
      '确认',
      '【确认',
      '确身',
      'queren',
      'querenshenfen',
      'qrsf',
      'QRSF',
      "que'ren",
      'quersf',
      'qr身份',
      '确认sf',
      '核实',
      'hssf',
      'Confirm',
      'identity',
      'confirm identity',
    ]) {
      const [first] = labels(`---\n渠道: 电话\n---\n${typed}$0`);
      assert.equal(first, '【确认身份】', typed);
    }
  });

  test('what was typed fits nothing: nothing is offered, and a sentence is left alone', () => {
    for (const text of ['您好，这里是某某银行$0', 'xyzzy$0', '今天天气不错$0', '【开场】\n您好，请问$0'])
      assert.deepEqual(labels(text), [], text);
  });

  test('scripts with English keywords get English templates', () => {
    const text = chosen('title: x\n[Opening]\nAgent: 您好。\n$0', '[Confirm identity]');
    assert.match(text, /\[Confirm identity\]\n(?:Note: .*\n)*Agent: /);
    assert.match(text, /Customer \(Self\): /);
  });

  test('behind an arrow: nodes and built-in targets', () => {
    assert.deepEqual(labels('【开场】\n坐席：您好。\n→ $0\n\n【说明目的】\n坐席：打扰您了。'), [
      '说明目的',
      '开场',
      '结束',
      '重复',
      '返回',
      '转人工',
    ]);
    assert.equal(
      chosen('【开场】\n客户（其他）：好 → 说$0\n【说明目的】\n坐席：好。', '说明目的'),
      '【开场】\n客户（其他）：好 → 说明目的$0\n【说明目的】\n坐席：好。',
    );
    assert.ok(
      labels('//- a.huashu\n【甲】\n→ $0\n//- 公共.huashu\n【告知渠道】\n坐席：好。').includes('公共/告知渠道'),
    );
  });

  test('in braces: variables, and the closing brace where it is missing', () => {
    const head = '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n---\n【开场】\n';
    assert.equal(chosen(`${head}坐席：逾期{逾$0`, '逾期天数'), `${head}坐席：逾期{逾期天数}$0`);
    assert.equal(chosen(`${head}坐席：逾期{$0}天`, '逾期天数'), `${head}坐席：逾期{逾期天数}$0天`);
    assert.ok(labels(`${head}坐席：{$0`).includes('工号'));
  });

  test('in a branch: reply categories; behind a heading: steps', () => {
    assert.ok(labels('【开场】\n客户（$0').includes('有异议'));
    assert.equal(chosen('【开场】 自报身份、录$0', '录音告知'), '【开场】 自报身份、录音告知$0');
  });

  test('in a suppression: rules that allow it, then the fields', () => {
    const rules = labels('【开场】\n豁免：$0');
    assert.ok(rules.includes('unused-variable'));
    assert.ok(rules.includes('cn/recording-before-substance'));
    assert.ok(!rules.includes('cn/no-threat-of-violence'));
    assert.deepEqual(labels('【开场】\n豁免：unused-variable，$0'), ['原因：', '审批：', '至：']);
  });

  test('prose is left alone', () => {
    assert.deepEqual(labels('【开场】\n坐席：您好，今天$0'), []);
    assert.deepEqual(labels('# 备注$0'), []);
    assert.deepEqual(labels('【开场】\n客户（其他）：好的$0'), []);
    assert.deepEqual(labels('【开场】\n提示：注意语气$0'), []);
    assert.deepEqual(labels('【开场】\n客户：我$0'), []);
    assert.deepEqual(labels('【开场】\n坐席：$0', 'mark'), []);
  });

  test('a bracket that the editor closed is not there twice', () => {
    assert.match(chosen('---\n渠道: 电话\n---\n【$0】', '【录音告知】'), /\n【录音告知】\n坐席：.*\n\$0$/);
    assert.equal(chosen('【甲】\n客户（$0）', '有异议'), '【甲】\n客户（有异议）$0');
    assert.equal(chosen('【甲】\n客户（yy$0', '有异议'), '【甲】\n客户（有异议）$0');
  });

  test('what the script lacks comes first, with its reason', () => {
    const script = '---\n渠道: 电话\n---\n【确认身份】\n坐席：请问是王先生吗？\n\n【说明目的】\n坐席：打扰您了。\n\n$0';
    const [first, second] = itemsAt(script).filter(({ label }) => label.startsWith('【'));
    assert.equal(first?.label, '【了解原因】');
    assert.match(first?.detail ?? '', /^还缺：了解原因——应在提醒逾期费用之前$/);
    assert.equal(second?.label, '【提醒逾期费用】');
    const details = new Map(itemsAt(script).map(({ label, detail }) => [label, detail ?? '']));
    assert.match(details.get('【自报身份】') ?? '', /^还缺：自报身份——.*应写在【确认身份】之前$/);
    assert.match(details.get('【强调法律责任】') ?? '', /^可选 · /);
    assert.match(details.get('【确认身份】') ?? '', /^已有【确认身份】/);
    const order = labels(script).filter((label) => label.startsWith('【'));
    assert.ok(order.indexOf('【自报身份】') > order.indexOf('【结束通话】'));
    assert.ok(order.indexOf('【强调法律责任】') > order.indexOf('【自报身份】'));
    assert.ok(order.indexOf('【确认身份】') > order.indexOf('【强调法律责任】'));
  });

  test('a rule that is broken says why the step is wanted', () => {
    const script = '---\n渠道: 电话\n阶段: M1\n---\n$0\n\n【探讨还款计划】\n坐席：您看哪一天还比较合适？\n→ 结束\n';
    const item = itemsAt(script).find(({ label }) => label === '【说明目的】');
    assert.match(item?.detail ?? '', /^还缺：说明目的——谈费用、方案和责任之前要说明来意；应在.*之前$/);
  });

  test('a branch that has waited for a step leads to it as soon as it is there, unless somebody has changed it', () => {
    const first = chosen('---\n渠道: 电话\n---\n$0', '【确认身份】');
    assert.match(first, /客户（是本人）：是我／我就是\n坐席：谢谢您的配合/);
    const second = chosen(first, '【说明目的】');
    assert.match(second, /客户（是本人）：是我／我就是 → 说明目的\n客户（非本人）/);
    const changed = first.replace('谢谢您的配合，', '谢谢，');
    assert.match(chosen(changed, '【说明目的】'), /客户（是本人）：是我／我就是\n坐席：谢谢，/);
  });

  test('a template uses the variables of the script, and declares the others', () => {
    const head =
      '---\n变量:\n  客户姓名: {类型: 称谓, 样例: 王先生}\n  欠款总额: {类型: 金额, 样例: 520.00}\n  尾号: {类型: 金额, 样例: 1}\n---\n';
    assert.match(chosen(`${head}$0`, '【确认身份】'), /请问是\{客户姓名\}本人吗？/);
    const purpose = chosen(`${head}$0`, '【说明目的】');
    assert.match(purpose, /截至今天应还\{欠款总额\}元/);
    assert.match(purpose, /尾号\{卡号后四位\}的/);
    assert.match(purpose, /\n {2}卡号后四位: \{/);
    assert.doesNotMatch(purpose, /应还金额|客户称呼/);
  });

  test('a template is that of the channel, the stage and whoever calls', () => {
    const opening = (head: string): string => chosen(`---\n${head}\n---\n$0`, '【自报身份】');
    assert.match(opening('渠道: 电话'), /这里是\{机构\}/);
    assert.match(opening('渠道: 智能外呼'), /智能语音助手/);
    assert.match(opening('渠道: 电话\n委托方: 某某银行'), /受某某银行委托的\{机构\}/);
    assert.match(chosen('---\n渠道: 短信\n---\n$0', '【说明目的】'), /【\{机构\}】.*拒收请回复R/);
    assert.match(chosen('---\n渠道: 电话\n阶段: M1\n---\n$0', '【说明目的】'), /已逾期/);
    assert.doesNotMatch(chosen('---\n渠道: 电话\n阶段: M0\n---\n$0', '【说明目的】'), /已逾期/);
  });

  test('what the agent says first is what one tabs through', () => {
    const item = itemsAt('---\n渠道: 电话\n---\n$0').find(({ label }) => label === '【说明目的】');
    const text = item?.textEdit?.newText ?? '';
    assert.match(text, /坐席：\$\{1:今天来电是提醒您，您尾号\{卡号后四位\\\}的/);
    assert.match(text, /坐席：\$\{2:截至今天/);
    assert.match(text, /\n\$0$/);
  });

  test('replies that a node still lacks are one insertion, which leads to the nodes that there are', () => {
    const script =
      '---\n渠道: 电话\n---\n【确认身份】\n坐席：请问是王先生吗？\n客户（是本人）：是我 → 结束通话\n$0\n\n【结束通话】\n坐席：再见。\n→ 结束\n';
    const [first, all] = labels(script);
    assert.equal(first, '客户（非本人）：他不在／我是他家里人');
    assert.match(all ?? '', /^补上：非本人、打错了、.*无应答、.*其他$/);
    const text = chosen(script, all ?? '');
    assert.match(text, /客户（非本人）：他不在／我是他家里人\n坐席：.*\n结束：非本人接听\n/);
    assert.match(text, /客户（打错了）：打错了／不认识\n坐席：.*更正号码/);
    assert.match(text, /客户（无应答） → 重复\n/);
    assert.ok(!labels(text).some((label) => label.startsWith('补上')));
    const unanswered = script.replace('客户（是本人）：是我 → 结束通话\n', '');
    assert.match(labels(unanswered)[1] ?? '', /^补上：是本人、非本人、.*其他$/);
    assert.ok(
      !labels(
        script.replace('客户（是本人）', '$0\n坐席：好吗？\n客户（是本人）').replace('结束通话\n$0', '结束通话\n'),
      ).some((label) => label.startsWith('补上：')),
    );
  });

  test('a node that asks who listens wants the replies whatever it is called', () => {
    const script = '---\n渠道: 电话\n---\n【甲】\n坐席：请问是王先生本人吗？\n$0';
    assert.ok(labels(script).includes('补上：非本人、无应答、其他'));
    assert.ok(labels(`${script}\n\n【随时】\n客户（其他） → 转人工\n`).includes('补上：非本人、无应答'));
    assert.ok(!labels('---\n渠道: 电话\n---\n【甲】\n坐席：您好。\n$0').some((label) => label.startsWith('补上')));
  });

  test('the phrase library completes what the agent begins to say, as a whole', () => {
    const script = '---\n渠道: 电话\n变量:\n  客户姓名: {类型: 称谓, 样例: 王先生}\n---\n【确认身份】\n坐席：';
    assert.deepEqual(labels(`${script}请问$0`).slice(0, 2), ['请问是{客户姓名}本人吗？', '请问您是{客户姓名}本人吗？']);
    assert.ok(labels(`${script}请问$0`).length <= 5);
    assert.ok(labels(`${script}qingwen$0`).includes('请问是{客户姓名}本人吗？'));
    assert.ok(labels(`${script}qw$0`).includes('请问是{客户姓名}本人吗？'));
    assert.ok(labels(`${script}证件号码$0`).some((label) => label.includes('证件号码的后四位')));
    assert.equal(chosen(`${script}请问$0`, '请问是{客户姓名}本人吗？'), `${script}请问是{客户姓名}本人吗？$0`);
    // An input method puts in a single character; a single letter is not yet one.
    assert.ok(labels(`${script}请$0`).includes('请问是{客户姓名}本人吗？'));
    assert.ok(labels(`${script}您$0`).includes('请问您是{客户姓名}本人吗？'));
    assert.deepEqual(labels(`${script}q$0`), []);
    assert.deepEqual(labels(`${script}龘$0`), []);
    assert.deepEqual(labels(`${script}请问今天$0`), []);
    assert.deepEqual(labels(`${script}请问$0您好`), []);
    assert.deepEqual(labels(`${script}$0`, 'mark'), []);
    assert.ok(labels(`${script}$0`, 'asked').length > 1);
    assert.deepEqual(labels(`${script}请问是{客户姓名}本人吗？$0`), []);
  });

  test('below a branch the library has what answers it', () => {
    const script = '---\n渠道: 电话\n---\n【了解原因】\n坐席：方便说说原因吗？\n客户（有困难）：失业了\n坐席：我理解$0';
    assert.deepEqual(labels(script), ['我理解您的难处，我帮您登记，看看有什么方案合适，再见。']);
    assert.deepEqual(labels(script.replace('有困难', '有异议')), []);
  });

  test('conditions go on with what can stand there', () => {
    const script =
      '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n  档位: {类型: 枚举, 取值: [低, 高], 样例: 低}\n---\n【甲】\n坐席：{逾期天数}{档位}。\n若：';
    assert.deepEqual(labels(`${script}$0`), ['逾期天数', '档位', '非']);
    assert.deepEqual(labels(`${script}yq$0`), ['逾期天数']);
    assert.equal(labels(`${script}逾期天数$0`).length, 6);
    assert.deepEqual(labels(`${script}逾期天数 dydy$0`), ['大于等于']);
    assert.deepEqual(labels(`${script}档位 等于 $0`), ['低', '高']);
    assert.deepEqual(labels(`${script}逾期天数大于60 $0`), ['→', '且', '或', '非']);
    assert.deepEqual(labels(`${script}逾期天数大于60且$0`), ['逾期天数', '档位', '非']);
  });

  test('records, outcomes and notes', () => {
    assert.ok(labels('【甲】\n记录：$0').includes('约定日期'));
    assert.equal(chosen('【甲】\n记录：ydrq$0', '约定日期'), '【甲】\n记录：约定日期 = $0');
    assert.ok(labels('【甲】\n结束：异议$0').includes('异议受理'));
    assert.ok(labels('【确认身份】\n提示：核对$0').some((label) => label.startsWith('核对信息以证件后四位为限')));
  });

  test('a node that something leads to can be written at once', () => {
    const text = '【甲】\n坐席：您好。\n→ 乙方案\n\n$0';
    assert.ok(labels(text).includes('【乙方案】'));
    assert.equal(chosen(text, '【乙方案】'), '【甲】\n坐席：您好。\n→ 乙方案\n\n【乙方案】\n坐席：$0');
  });

  test('in a suppression the rules that have found something here come first', () => {
    const text = '---\n渠道: 电话\n---\n【甲】\n豁免：$0\n坐席：您别啰嗦了，我没空听。\n→ 结束\n';
    assert.equal(labels(text)[0], 'cn/no-impatience');
    assert.deepEqual(labels('【甲】\n豁免（$0'), ['本节', '全文']);
    assert.ok(labels('【甲】\n豁免：cuci$0').length >= 0);
  });

  test('a word that is written in full is no choice, so that Enter breaks the line', () => {
    const script = '【甲】\n坐席：您好。\n客户（其他）：好 → 结束$0\n';
    for (const cause of ['asked', 'mark'] as const) assert.deepEqual(labels(script, cause), []);
    assert.deepEqual(labels('---\n渠道: 智能外呼$0\n---\n'), []);
    // What goes on longer stands below it: Enter must not take that for it.
    assert.deepEqual(labels(`${script}\n【结束通话】\n坐席：再见。`), ['结束', '结束通话']);
    assert.equal(labels(script.replace('结束', '结'))[0], '结束');
  });

  test('within a node that is begun, who speaks and what else it can hold come before whole steps', () => {
    const begun = '---\n渠道: 电话\n---\n【确认身份】\n';
    for (const above of ['', '提示：慢一点。\n', '坐席：请问是王先生吗？\n客户（拒绝）：不说\n']) {
      const offered = labels(`${begun}${above}$0`);
      assert.equal(offered[0], '坐席：');
      const step = offered.findIndex((label) => label.startsWith('【'));
      for (const label of ['客户：', '客户（有异议）', '→', '结束：', '提示：'])
        assert.ok(!offered.includes(label) || offered.indexOf(label) < step, `${label} below “${above}”`);
      assert.ok(step > 0);
      assert.equal(labels(`${begun}${above}结束$0`)[0], '结束：');
      assert.equal(labels(`${begun}${above}提$0`)[0], '提示：');
    }
    // A step would tear off what follows; only who begins to write its name can mean that.
    const inside = `${begun}$0\n坐席：请问是王先生吗？\n客户（是本人）：是我 → 结束\n`;
    assert.equal(labels(inside)[0], '坐席：');
    assert.ok(!labels(inside).some((label) => label.startsWith('【')));
    assert.equal(labels(inside.replace('$0', 'lygz$0'))[0], '【录音告知】');
    assert.ok(labels(inside.replace('$0', '【$0')).includes('【录音告知】'));
    // Between nodes there is nothing to tear.
    assert.match(labels('【甲】\n坐席：再见。\n结束：完成\n\n$0\n\n【乙】\n坐席：您好。')[0] ?? '', /^【/);
  });

  test('in a scenario there are the lines of scenarios, and no steps', () => {
    const offered = labels('【甲】\n坐席：您好。\n→ 结束\n\n用例：乙\n$0');
    assert.deepEqual(offered, ['客户说：', '设定：', '期望：', '不得：', '用例：']);
    assert.ok(!labels('【甲】\n$0').includes('期望：'));
  });

  test('everything that is offered says what it is, in both languages', () => {
    const script =
      '---\n渠道: 电话\n变量:\n  天数: {类型: 整数, 样例: 12}\n---\n【确认身份】\n坐席：请问是王先生吗？\n';
    for (const place of ['$0', '客户（$0', '坐席：{$0', '→ $0', '豁免：$0', '若：天数 $0', '坐席：请问$0'])
      for (const language of ['zh-CN', 'en'] as const)
        for (const item of itemsAt(script + place, 'asked', language)) {
          const text = documentationOf(script + place, item, language);
          assert.ok(text.length > 5, `${place} ${language} ${item.label}`);
          assert.ok(item.detail, `${place} ${language} ${item.label}`);
          if (language === 'en' && !/\p{Script=Han}/u.test(item.label) && !item.label.includes('/'))
            assert.doesNotMatch(item.detail ?? '', /^\p{Script=Han}+$/u, item.label);
        }
  });

  test('a scenario names what the script has: variables and their values, replies, nodes and outcomes', () => {
    const script =
      '---\n变量:\n  天数: {类型: 整数, 样例: 12}\n  档位: {类型: 枚举, 取值: [低, 高], 样例: 低}\n---\n【甲】\n坐席：{天数}{档位}。\n客户（问额度）：额度多少\n结束：完成\n\n用例：乙\n';
    assert.deepEqual(labels(`${script}设定：$0`), ['天数', '档位']);
    assert.deepEqual(labels(`${script}设定：天数 = 3，$0`), ['档位']);
    assert.deepEqual(labels(`${script}设定：档位 = $0`), ['低', '高']);
    assert.match(chosen(`${script}设定：天数 = 3，档$0`, '档位'), /设定：天数 = 3，档位 = \$0\n?$/);
    assert.match(chosen(`${script}设定：天数 = $0`, '12'), /设定：天数 = 12\$0\n?$/);
    assert.ok(labels(`${script}客户说：$0`).includes('问额度'));
    assert.deepEqual(labels(`${script}期望：$0`), ['甲', '完成', '结束', '转人工']);
  });
});

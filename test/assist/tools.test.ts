import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { longestScript } from '../../server/src/assist/checkScript.ts';
import { tools } from '../../server/src/assist/index.ts';
import { inputSchema } from '../../server/src/assist/input.ts';
import type { Answer } from '../../server/src/assist/tool.ts';
import { packSetOf } from '../../server/src/packs/packSet.ts';
import { checkUtterance } from '../../server/src/rules/check.ts';
import { scanLine } from '../../server/src/syntax/scan.ts';
import { findingsOf, today } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';
import { answered, refused } from './assistFixture.ts';

const check = 'huashu_check_script';
const explain = 'huashu_explain_rule';
const steps = 'huashu_list_steps';
const suggest = 'huashu_suggest_wordings';

/** The texts of the wordings that were suggested. */
function wordings({ data }: Answer): readonly string[] {
  return (data.wordings as readonly { readonly text: string }[]).map(({ text }) => text);
}

suite('what an assistant asks with', () => {
  test('is described to it in both languages, and nothing else is taken', () => {
    for (const tool of tools) {
      const [zh, en] = [inputSchema(tool, 'zh-CN'), inputSchema(tool, 'en')];
      assert.deepEqual(Object.keys(zh.properties), Object.keys(en.properties), tool.name);
      for (const name of Object.keys(zh.properties))
        assert.notEqual(zh.properties[name]!.description, en.properties[name]!.description, `${tool.name} ${name}`);
      assert.equal(zh.additionalProperties, false);
      assert.match(tool.name, /^huashu_[a-z_]+$/);
    }
  });

  test('is refused in words where it is wrong', () => {
    assert.match(refused(check, [1]), /JSON 对象/);
    assert.match(refused(check, { text: 1 }), /“text”应当是字符串/);
    assert.match(refused(check, { txt: '' }), /没有“txt”这个参数，是不是想写“text”/);
    assert.match(refused(check, JSON.parse('{ "__proto__": "x" }')), /没有“__proto__”这个参数/);
    assert.match(refused(check, { constructor: 'x' }), /没有“constructor”这个参数/);
    assert.match(refused(check, {}), /其中一个/);
    assert.match(refused(check, { text: '坐席：您好。', path: 'a.huashu' }), /其中一个/);
    assert.match(refused(check, { text: 'x'.repeat(longestScript + 1) }), /超过 2000000 个字的上限/);
    assert.match(refused(check, { text: '坐席：您好。', language: 'fr' }), /可以是：zh-CN、en/);
    assert.match(refused(explain, {}), /缺少参数“rule”/);
    assert.match(refused(suggest, {}), /至少要写一个/);
    assert.match(refused(suggest, { step: '确认身份', channel: '电报' }), /“channel”不能是“电报”/);
  });

  test('may leave open what models leave open', () => {
    assert.ok(answered(check, { text: '坐席：您好。', path: null, language: '' }).text.length > 0);
    assert.ok(answered(steps, undefined).text.length > 0);
  });
});

suite('an assistant checks a script', () => {
  const script = '【开场】\n坐席：您好。\n坐席：再不还钱，我就找人打断你的腿。\n→ 结束\n';

  test('the findings are those of the checker, with place, source, and what fixes lead to', () => {
    const { text, data } = answered(check, { text: script });
    const found = findingsOf(script);
    const told = data.findings as readonly { rule: string; line: number; fixes: readonly unknown[] }[];
    assert.deepEqual(
      told.map(({ rule }) => rule),
      found.map(({ rule }) => rule),
    );
    const threat = told.find(({ rule }) => rule === 'cn/no-threat-of-violence')!;
    assert.equal(threat.line, 3);
    assert.ok(threat.fixes.length > 0);
    assert.match(text, /第 3 行第 \d+ 字 · 错误 · cn\/no-threat-of-violence\n {3}原文：坐席：再不还钱/);
    assert.match(text, /依据：《商业银行信用卡业务监督管理办法》.*第68条（2011-01-13 起施行）/);
    // The line as it would be, who speaks included.
    assert.match(text, /改法：改为：(.*)\n {6}坐席：\1/);
    assert.match(answered(check, { text: script, language: 'en' }).text, /line 3, character \d+ · error/);
  });

  test('a file is found by its name, and the way of a finding is told', () => {
    const files = { '甲.huashu': script };
    assert.match(answered(check, { path: '甲.huashu' }, files).text, /^甲\.huashu：检查了 1 个文件/);
  });

  test('a script without a finding is said to be clean; suppressed findings are counted', () => {
    const good = readFileSync('samples/信用卡逾期电话提醒.huashu', 'utf8');
    const files = { '公共.huashu': readFileSync('samples/公共.huashu', 'utf8') };
    const { text, data } = answered(check, { text: good }, files);
    assert.match(text, /没有发现问题。检查不能代替合规人员的审核。/);
    assert.deepEqual(data.findings, []);
    const kept = answered(check, {
      text: '【开场】\n豁免：cn/no-late-fee-term，原因：引用旧合同\n坐席：您的滞纳金。\n→ 结束\n',
    });
    assert.match(kept.text, /1 条已豁免/);
  });

  test('of very many findings the worst are told, and how many others there are', () => {
    const many = `【开场】\n${'坐席：您产生了滞纳金。\n'.repeat(200)}坐席：再不还钱，我就找人打断你的腿。\n→ 结束\n`;
    const { text, data } = answered(check, { text: many });
    const told = data.findings as readonly { rule: string }[];
    assert.equal(told.length, 50);
    assert.equal(data.left, findingsOf(many).length - 50);
    assert.ok(told.some(({ rule }) => rule === 'cn/no-threat-of-violence'));
    assert.match(text, new RegExp(`另有 ${data.left} 处`));
  });

  test('control characters of a script are not passed on', () => {
    const { text } = answered(check, { text: '坐席：滞纳金\u001b[31m\u202e结束\n' });
    assert.doesNotMatch(text, /[\u001b\u202e]/);
  });
});

suite('an assistant asks for a rule', () => {
  test('its meaning, its law with dates, examples and ways to mend', () => {
    const { text, data } = answered(explain, { rule: 'cn/no-late-fee-term' });
    assert.match(text, /类别：fee-misstatement/);
    assert.match(text, /银发〔2016〕111号）（2017-01-01 起施行）/);
    assert.match(text, /不要说\n- 您账单里的滞纳金/);
    assert.equal((data.sources as { from: string }[])[0]!.from, '2017-01-01');
    assert.match(answered(explain, { rule: 'cn/no-late-fee-term', language: 'en' }).text, /in force since 2017-01-01/);
  });

  test('every rule there is can be explained, and every category', () => {
    const { data } = answered(explain, { rule: 'threat-violence' });
    assert.ok((data.rules as unknown[]).length > 1);
    for (const pack of bundledPacks.filter(({ id }) => id === 'cn-credit-card'))
      for (const { id } of [...pack.rules, ...pack.flow].filter((rule) => packSetOf([pack]).inForce(rule, today)))
        assert.ok(answered(explain, { rule: id }).text.startsWith(id), id);
    assert.match(answered(explain, { rule: 'unknown-target' }).text, /^unknown-target · /);
  });

  test('one that is not there is told with what was meant', () => {
    assert.match(refused(explain, { rule: 'threat-violance' }), /是不是想写“threat-violence”/);
  });
});

suite('an assistant asks for the steps', () => {
  test('the eight in their order, each with what it must contain', () => {
    const { text, data } = answered(steps, {});
    const told = data.steps as readonly { id: string; place: number; contents: readonly string[] }[];
    assert.deepEqual(
      told.map(({ id }) => id),
      [
        'confirm-identity',
        'state-purpose',
        'understand-reason',
        'remind-fees',
        'discuss-plan',
        'offer-alternatives',
        'open-channel',
        'legal-responsibility',
      ],
    );
    for (const { id, contents } of told) assert.ok(contents.length > 0, id);
    assert.match(text, /^1\. 确认身份 · confirm-identity/);
    assert.match(text, /管这一步的规则\n- cn\/identity-before-disclosure · 错误/);
  });

  test('all, or one by its name or alias', () => {
    const all = answered(steps, { scope: 'all' }).data.steps as readonly { id: string }[];
    assert.equal(all.length, 17);
    assert.match(answered(steps, { step: '核实身份', language: 'en' }).text, /^1\. Confirm/);
    assert.match(refused(steps, { step: '确认身分' }), /是不是想写“确认身份”/);
  });
});

suite('an assistant asks for wordings', () => {
  const packs = packSetOf(bundledPacks.filter(({ id }) => id === 'cn-credit-card'));

  test('what is wrong with a sentence, and how it can be said', () => {
    const answer = answered(suggest, { phrase: '坐席：再不还钱，我就找人打断你的腿。' });
    assert.equal((answer.data.phrase as { clean: boolean }).clean, false);
    assert.ok(wordings(answer).length > 0);
    assert.match(answer.text, /^“再不还钱，我就找人打断你的腿。”的问题\n- cn\/no-threat-of-violence/);
    const fine = answered(suggest, { phrase: '您今天方便安排还款吗？' });
    assert.match(fine.text, /作为一句台词没有问题/);
  });

  test('who listens counts', () => {
    const said = { phrase: '王先生的信用卡逾期了，请您转告他。' };
    const rules = (given: object): readonly string[] =>
      (answered(suggest, given).data.phrase as { findings: { rule: string }[] }).findings.map(({ rule }) => rule);
    assert.ok(rules({ ...said, listener: 'third-party' }).includes('cn/no-third-party-disclosure'));
  });

  test('the model lines of a step for the channel, with the variables to declare', () => {
    const answer = answered(suggest, { step: '自报身份', channel: 'bot' });
    assert.ok(wordings(answer).some((text) => text.includes('智能语音助手')));
    const agency = answered(suggest, { step: '自报身份', organization: 'agency' });
    assert.ok(wordings(agency).some((text) => text.includes('委托')));
    const plan = answered(suggest, { step: 'state-purpose' });
    const declared = plan.data.variables as readonly { name: string }[];
    assert.ok(declared.length > 0);
    const used = new Set(wordings(plan).flatMap((text) => [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name)));
    for (const { name } of declared) assert.ok(used.has(name), name);
  });

  test('what a rule forbids, said otherwise; what a rule about the flow wants said', () => {
    assert.ok(wordings(answered(suggest, { rule: 'cn/no-late-fee-term' })).some((text) => text.includes('违约金')));
    assert.ok(wordings(answered(suggest, { rule: 'recording-notice' })).some((text) => text.includes('录音')));
    assert.match(refused(suggest, { rule: 'unknown-target' }), /管的是话术的写法/);
  });

  test('every one is clean by the checker, whatever is asked for', () => {
    const asked = [
      ...packs.steps.flatMap(({ id }) => [{ step: id }, { step: id, channel: 'sms', stage: 'M1' }]),
      ...[...new Set(packs.rules.map(({ category }) => category))].map((rule) => ({ rule })),
    ];
    let seen = 0;
    for (const given of asked) {
      for (const text of wordings(answered(suggest, given))) {
        const line = scanLine(`坐席：${text}`);
        assert.ok(line.kind === 'utterance' && line.flaws.length === 0, text);
        const { start, variables } = line.speech;
        const utterance = {
          text,
          variables: variables.map(({ braces }) => ({ start: braces.start - start, end: braces.end - start })),
          speaker: 'agent' as const,
          steps: [],
          facts: {},
        };
        assert.deepEqual(
          checkUtterance(utterance, packs, today).map(({ rule }) => rule),
          [],
          text,
        );
        seen++;
      }
    }
    assert.ok(seen > 150, `${seen}`);
  }).timeout(30_000);
});

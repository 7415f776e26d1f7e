import assert from 'node:assert/strict';
import { chosen, documentationOf, itemsAt, labels } from './completionFixture.ts';

suite('completion in front matter', () => {
  test('keys that are not there yet', () => {
    const keys = labels('---\n话术: 甲\n$0\n---\n');
    assert.deepEqual(keys.slice(0, 5), ['编号', '版本', '状态', '渠道', '阶段']);
    assert.ok(!keys.includes('话术'));
    assert.equal(chosen('---\n话术: 甲\nqd$0\n---\n', '渠道'), '---\n话术: 甲\n渠道: $0\n---\n');
    assert.equal(chosen('---\n话术: 甲\n频$0\n---\n', '频次'), '---\n话术: 甲\n频次: {未接通: 6, 接通: 3}$0\n---\n');
    assert.equal(chosen('---\n变$0\n---\n', '变量'), '---\n变量:\n  $0\n---\n');
    assert.equal(chosen('---\nti$0\n---\n', 'title'), '---\ntitle: $0\n---\n');
    assert.ok(labels('---\n话术：甲\n$0\n---\n【甲】\n').includes('渠道'), 'full-width colons');
    assert.ok(labels('---\n$0\n').includes('话术'), 'front matter that has no end yet');
  });

  test('values of closed sets, by pinyin too, with or without a blank behind the colon', () => {
    assert.deepEqual(labels('---\n渠道: $0\n---\n'), ['电话', '短信', '智能外呼', '在线', '信函', '上门']);
    assert.deepEqual(labels('---\n渠道：$0\n---\n'), ['电话', '短信', '智能外呼', '在线', '信函', '上门']);
    assert.deepEqual(labels('---\n渠道: dh$0\n---\n'), ['电话']);
    assert.equal(chosen('---\n渠道:$0\n---\n', '电话'), '---\n渠道: 电话$0\n---\n');
    assert.equal(chosen('---\n渠道：dx$0\n---\n', '短信'), '---\n渠道：短信$0\n---\n');
    assert.equal(chosen('---\n渠道: 电$0\n---\n', '电话'), '---\n渠道: 电话$0\n---\n');
    assert.deepEqual(labels('---\n状态: $0\n---\n'), ['草稿', '待审核', '已发布']);
    assert.deepEqual(labels('---\n阶段: $0\n---\n'), ['M0', 'M1', 'M2', 'M3', 'M4+', '核销']);
    assert.deepEqual(labels('---\ntitle: x\nchannel: $0\n---\n').slice(0, 2), ['phone', 'sms']);
    assert.deepEqual(labels('---\n时段: $0\n---\n'), ['8:00-20:00', '9:00-18:00']);
  });

  test('names of rule packs', () => {
    assert.deepEqual(labels('---\n规则包: [$0]\n---\n'), ['cn-credit-card', 'us-fdcpa']);
    assert.deepEqual(labels('---\n规则包: [cn-credit-card, $0]\n---\n'), ['us-fdcpa']);
    assert.deepEqual(labels('---\n规则包：【$0】\n---\n'), ['cn-credit-card', 'us-fdcpa']);
    assert.deepEqual(labels('---\n规则包:\n  - cn$0\n---\n'), ['cn-credit-card']);
  });

  test('variables, their fields, types and samples', () => {
    const names = labels('---\n变量:\n  $0\n---\n【甲】\n坐席：{最低还款额}和{奖励}。');
    assert.deepEqual(names.slice(0, 2), ['最低还款额', '奖励']);
    assert.ok(names.includes('客户称呼'));
    assert.equal(
      chosen('---\n变量:\n  ch$0\n---\n', '客户称呼'),
      '---\n变量:\n  客户称呼: {类型: 称谓, 样例: 王先生}$0\n---\n',
    );
    assert.ok(!labels('---\n变量:\n  客户称呼: {类型: 称谓, 样例: 王先生}\n  $0\n---\n').includes('客户称呼'));
    assert.deepEqual(labels('---\n变量:\n  天数: {$0}\n---\n'), ['类型', '范围', '取值', '样例', '说明']);
    assert.deepEqual(labels('---\n变量:\n  天数: {类型: 整数, $0}\n---\n'), ['范围', '取值', '样例', '说明']);
    assert.deepEqual(labels('---\n变量：\n  天数：｛类型：整数，$0｝\n---\n'), ['范围', '取值', '样例', '说明']);
    assert.deepEqual(labels('---\n变量:\n  天数: {类型: zs$0}\n---\n'), ['整数']);
    assert.deepEqual(labels('---\n变量:\n  天数:\n    类型: $0\n---\n').slice(0, 3), ['文本', '称谓', '整数']);
    assert.deepEqual(labels('---\n变量:\n  逾期天数: {类型: 整数, 样例: $0}\n---\n'), ['12']);
    assert.deepEqual(labels('---\n变量:\n  逾期天数: {类型: 整数, 范围: $0}\n---\n'), ['1..180', '0..100000']);
  });

  test('frequencies and roles', () => {
    assert.deepEqual(labels('---\n频次: {$0}\n---\n'), ['未接通', '接通']);
    assert.deepEqual(labels('---\n频次: {未接通: 6, $0}\n---\n'), ['接通']);
    assert.deepEqual(labels('---\n频次: {未接通: $0}\n---\n'), ['6', '3']);
    assert.deepEqual(labels('---\n角色: {小王: $0}\n---\n'), ['坐席', '客户', '第三方']);
    assert.deepEqual(labels('---\n角色: {$0}\n---\n'), []);
  });

  test('texts are left alone', () => {
    for (const text of ['---\n话术: 信用卡$0\n---\n', '---\n说明: 电$0\n---\n', '---\n渠道: 电话 # d$0\n---\n'])
      assert.deepEqual(labels(text), [], text);
  });

  test('an empty file begins with its front matter', () => {
    assert.equal(labels('$0')[0], '话术头：标题、渠道、阶段');
    assert.equal(chosen('$0', '话术头：标题、渠道、阶段'), '---\n话术: main\n渠道: 电话\n阶段: M1\n---\n$0');
    assert.ok(!labels('---\n话术: 甲\n---\n$0').some((label) => label.startsWith('话术头')));
    assert.ok(!labels('【甲】\n$0').some((label) => label.startsWith('话术头')));
  });

  test('all of it says what it is', () => {
    for (const text of [
      '---\n$0\n---\n',
      '---\n渠道: $0\n---\n',
      '---\n变量:\n  $0\n---\n',
      '---\n变量:\n  天数: {$0}\n---\n',
    ])
      for (const language of ['zh-CN', 'en'] as const)
        for (const item of itemsAt(text, 'asked', language))
          assert.ok(documentationOf(text, item, language).length > 3, `${text} ${item.label}`);
  });
});

import assert from 'node:assert/strict';
import { organizationOf } from '../../server/src/model/organization.ts';
import { parse } from '../../server/src/syntax/parse.ts';

suite('who calls', () => {
  const of = (fields: string): string | undefined =>
    organizationOf(parse(`---\n${fields}\n---\n【甲】\n坐席：您好。`).frontMatter);

  test('an agency names its principal, or is told by its name', () => {
    assert.equal(of('机构: 明达公司\n委托方: 某某银行'), 'agency');
    assert.equal(of('机构: 捷诚商务咨询有限公司'), 'agency');
    assert.equal(of('机构: 安信催收公司'), 'agency');
  });

  test('a bank is one, and of others nothing is known', () => {
    assert.equal(of('机构: 某某银行信用卡中心'), 'bank');
    assert.equal(of('机构: 泊头农商行'), 'bank');
    assert.equal(of('机构: 恒信消费金融有限公司'), undefined);
    assert.equal(of('机构: 长城资产管理股份有限公司'), undefined);
    assert.equal(of('话术: 提醒'), undefined);
  });
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, type Content, importContent, looksLikeDialogue } from '../../server/src/importing/importing.ts';
import { assertParses, contentOf, folder, options } from './importFixture.ts';

/** The clauses of a source that no structure of a script says in its place. */
function clausesOf(content: Content): string[] {
  const texts = blocksOf(content).flatMap((block) => (block.kind === 'paragraph' ? [block.text] : block.rows.flat()));
  return texts
    .map((text) => text.replace(/\d*(?:[XxＸ×_]{2,}|某某)(?:银行信用卡中心|银行|公司|先生|女士)?/g, '|'))
    .flatMap((text) => text.split(/[^\p{Script=Han}\d]+/u))
    .filter((clause) => clause.length >= 8 && !/^(?:若|如|当|如果|客户|转|则)|[XＸ×]/.test(clause));
}

suite('importing', () => {
  const names = readdirSync(folder).filter((name) => /\.(?:txt|md|html|csv)$/.test(name));

  for (const name of names) {
    test(name, () => {
      const content = contentOf(name);
      const imported = importContent(content, options);
      const golden = join(folder, `${name.replace(/\.[^.]*$/, '')}.golden`);
      if (process.env.UPDATE) writeFileSync(golden, imported.script);
      assert.equal(imported.script, readFileSync(golden, 'utf8'));
      assertParses(imported);
      const plain = imported.script.replace(/[^\p{Script=Han}\d]+/gu, '');
      for (const clause of clausesOf(content)) assert.ok(plain.includes(clause), `lost: ${clause}`);
    });
  }

  const one = (text: string): string => importContent({ kind: 'text', text }, options).body.trim();

  const blanks: readonly (readonly [string, string])[] = [
    ['请问是XX先生吗？', '请问是{客户称呼}吗？'],
    ['请问是XXX先生/女士本人吗？', '请问是{客户称呼}本人吗？'],
    ['这里是XX银行信用卡中心', '这里是{机构}'],
    ['我们受XX银行委托', '我们受{委托银行}委托'],
    ['我的工号是____', '我的工号是{工号}'],
    ['您尾号XXXX的信用卡', '您尾号{卡号后四位}的信用卡'],
    ['您已逾期XX天', '您已逾期{逾期天数}天'],
    ['欠款XXX元，本金XX元、利息XX元', '欠款{应还金额}元，本金{本金}元、利息{利息}元'],
    ['最低还款额为___元', '最低还款额为{最低还款额}元'],
    ['请在X月X日前还款XX元', '请在{约定日期}前还款{约定金额}元'],
    ['到期还款日为XX年XX月XX日', '到期还款日为{最后还款日}'],
    ['分XX期，每期XX元', '分{期数}期，每期{每期金额}元'],
    ['请拨打95XXX', '请拨打{客服电话}'],
    ['请您核对<证件后四位>', '请您核对{证件后四位}'],
    ['请问是｛姓名｝吗', '请问是{姓名}吗'],
    ['请问是{{name}}吗', '请问是{name}吗'],
    ['您的号码是138****1234吗', '您的号码是138****1234吗'],
    ['您去拍X光', '您去拍X光'],
    ['您（方便）说{一下', '您（方便）说（一下'],
    ['X月X日还XX元，X月X日还XX元', '{约定日期}还{约定金额}元，{约定日期2}还{约定金额2}元'],
  ];
  for (const [written, spoken] of blanks) {
    test(`a blank: ${written}`, () => assert.equal(one(`坐席：${written}`), `坐席：${spoken}`));
  }

  const lines: readonly (readonly [string, string])[] = [
    ['催收员：“您好。”', '催收员：您好。'],
    ['客服A：您好', '坐席：您好'],
    ['坐席（微笑）：您好', '坐席（微笑）：您好'],
    ['坐席：（语气缓和）您好', '坐席（语气缓和）：您好'],
    ['坐席：您好（停顿2秒），请讲', '提示：停顿2秒\n坐席：您好，请讲'],
    ['家属：他不在', '第三方：他不在'],
    ['客户说：我没钱', '客户：我没钱'],
    ['客户（拒绝）：我不还', '客户（拒绝）：我不还'],
    ['一、核实身份：请问是您本人吗？', '【核实身份】\n坐席：请问是您本人吗？'],
    ['第2步、核实客户身份', '【核实客户身份】 确认身份'],
    ['结束：感谢您的接听，再见。', '【结束通话】\n坐席：感谢您的接听，再见。'],
    ['期望：客户本周还款', '# 期望：客户本周还款'],
  ];
  for (const [written, expected] of lines) test(written, () => assert.equal(one(written), expected));

  test('prose, and what is a script already, do not look like a dialogue', () => {
    for (const name of names) {
      const not = /^(?:说明文|已是话术|短信模板)/.test(name);
      assert.equal(looksLikeDialogue(contentOf(name), options), !not, name);
    }
    assert.equal(looksLikeDialogue({ kind: 'text', text: '您好' }, options), false);
    assert.equal(looksLikeDialogue({ kind: 'text', text: '客户应当按时还款。\n催收员应当依法催收。' }, options), false);
  });

  test('what was imported is not changed by importing it again', () => {
    for (const name of names) {
      const { script } = importContent(contentOf(name), options);
      const again = importContent({ kind: 'text', text: script }, options);
      assertParses(again);
    }
  });

  test('new nodes do not take the names of those that are there', () => {
    const taken = { ...options, taken: ['核实身份', '结束语'] };
    const { body } = importContent({ kind: 'text', text: '一、核实身份\n坐席：您好\n→ 结束语' }, taken);
    assert.equal(body, '【核实身份 2】 确认身份\n坐席：您好\n→ 结束语\n');
  });
});

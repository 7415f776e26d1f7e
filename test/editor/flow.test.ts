import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const call = `---
话术: 逾期提醒
渠道: 电话
变量:
  客户称呼: {类型: 称谓, 样例: 王先生}
---
【开场】
坐席：您好，这里是某某银行信用卡中心，本次通话会录音。
坐席：请问是{客户称呼}本人吗？
客户（是本人）：是我 → 说事情
第三方（非本人）：我是他爱人 → 转告
客户（无应答） → 重复
客户（其他） → 告辞

【转告】
坐席：麻烦您转告他回电{客服电话}，谢谢您。

【说事情】
坐席：您的信用卡账单逾期十二天了，您清楚吗？
客户（愿意还款）：清楚 → 告辞
客户（其他） → 告辞

【告辞】
坐席：好的，谢谢您，再见。
结束：完成

【随时】
客户（有异议）：金额不对 → 转人工
客户（有困难）：我失业了 → 转人工
客户（要投诉）：我要投诉 → 转人工
客户（要求停止联系）：别再打了 → 转人工
客户（情绪危机）：不想活了 → 转人工
`;

const pictures = path.resolve('out/screenshots/flow');

/** Counted from 1, as the editor shows it. */
function lineOf(text: string): number {
  return call.slice(0, call.indexOf(text)).split('\n').length;
}

suite('the order of a conversation in VS Code', function () {
  this.timeout(60_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    editor = await Editor.open({ '提醒.huashu': call }, pictures, { language: 'zh-CN' });
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  test('what is known stands beside each heading', async () => {
    await editor.openFile('提醒.huashu');
    await editor.line('身份：未确认').waitFor();
    await editor.line('接听人：第三人').waitFor();
    await editor.picture('1 known');
  });

  test('a path on which a relative hears of the debt is underlined, and told in the hover', async () => {
    await editor.underlines('error').first().waitFor();
    await editor.goTo(lineOf('您的信用卡账单'), 6);
    await editor.press('ControlOrMeta+k', 'ControlOrMeta+i');
    await editor.hover.filter({ hasText: '路径：【开场】（非本人） → 【转告】 → 【说事情】' }).waitFor();
    await editor.picture('2 path');
  });

  test('its steps can be clicked one by one', async () => {
    await editor.run('聚焦到“问题”视图').catch(() => editor.press('ControlOrMeta+Shift+m'));
    const problems = editor.page.locator('.markers-panel .monaco-list-row');
    await problems.filter({ hasText: '接听的是本人以外的人' }).waitFor();
    await problems.filter({ hasText: '客户的回应是“非本人”' }).first().waitFor();
    await editor.picture('3 steps');
    await problems.filter({ hasText: '客户的回应是“非本人”' }).first().click();
    await editor.waitForPosition(lineOf('第三方（非本人）'));
  });

  test('a fix leads the path to a polite end', async () => {
    await editor.openFile('提醒.huashu');
    await editor.goTo(lineOf('您的信用卡账单'), 6);
    await editor.press('ControlOrMeta+.');
    const fix = editor.page.locator('.action-widget .monaco-list-row.action', { hasText: '改为去“结束通话”' });
    await fix.waitFor();
    await editor.picture('4 fixes');
    await fix.click();
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 0, warnings: 0 }));
    await editor.picture('5 fixed');
  });

  test('the hover of a node says all that is known there', async () => {
    await editor.goTo(lineOf('【说事情】'), 2);
    await editor.press('ControlOrMeta+k', 'ControlOrMeta+i');
    await editor.hover.filter({ hasText: '走到这里时' }).waitFor();
    await editor.hover.filter({ hasText: '已确认' }).waitFor();
    await editor.picture('6 knowledge');
  });
});

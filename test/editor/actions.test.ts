import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
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
客户（非本人）：打错了 → 告辞
客户（无应答） → 重复
客户（其他） → 告辞

【说事情】
坐席：您的信用卡账单逾期十二天了，方便说说是什么原因吗？您看哪天方便还款？也可以申请分期。
坐席：逾期会产生滞纳金。
坐席：您别啰嗦了，我没空听。
客户（愿意还款）：清楚 → 告辞
客户（其他） → 告辞

【告辞】
坐席：好的，有疑问请拨打{客服电话}，谢谢您，再见。
结束：完成

【随时】
客户（有异议）：金额不对 → 转人工
客户（有困难）：我失业了 → 转人工
客户（要投诉）：我要投诉 → 转人工
客户（要求停止联系）：别再打了 → 转人工
客户（情绪危机）：不想活了 → 转人工
`;

const settings = JSON.stringify({ 'editor.codeActionsOnSave': { 'source.fixAll.huashu': 'explicit' } });

const pictures = path.resolve('out/screenshots/actions');

/** Counted from 1, as the editor shows it. */
function lineOf(text: string): number {
  return call.slice(0, call.indexOf(text)).split('\n').length;
}

suite('code actions in VS Code', function () {
  this.timeout(60_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    const files = { '提醒.huashu': call, '.vscode/settings.json': settings };
    editor = await Editor.open(files, pictures, { language: 'zh-CN' });
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  const action = (text: string): Locator =>
    editor.page.locator('.action-widget .monaco-list-row.action', { hasText: text });

  test('a finding is suppressed, with a reason that is asked for', async () => {
    await editor.openFile('提醒.huashu');
    await editor.underlines('error').or(editor.underlines('warning')).first().waitFor();
    const before = await editor.problems();
    await editor.goTo(lineOf('滞纳金'), 9);
    await editor.press('ControlOrMeta+.');
    await action('豁免规则').first().waitFor();
    await editor.picture('1 offered');
    await action('豁免规则').first().click();
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: '这一行' }).click();
    const input = editor.page.locator('.quick-input-widget input[type="text"]');
    const prompt = editor.page.locator('.quick-input-widget .quick-input-message');
    await prompt.filter({ hasText: '为什么可以保留' }).waitFor();
    await editor.press('Enter');
    await prompt.filter({ hasText: '不能为空' }).waitFor();
    await editor.picture('2 reason required');
    await input.fill('监管报备原文');
    await editor.press('Enter');
    await prompt.filter({ hasText: '由谁批准' }).waitFor();
    await input.fill('合规部');
    await editor.press('Enter');
    await prompt.filter({ hasText: '到哪一天为止' }).waitFor();
    assert.match(await input.inputValue(), /^\d{4}-\d{2}-\d{2}$/);
    await input.fill('2020-01-01');
    await prompt.filter({ hasText: '已经过去' }).waitFor();
    await editor.picture('3 date has passed');
    await input.fill('2999-06-30');
    await editor.press('Enter');
    await editor.line('，原因：监管报备原文，审批：合规部，至：2999-06-30').waitFor();
    await expectSoon(async () => {
      const now = await editor.problems();
      assert.ok(now.errors + now.warnings < before.errors + before.warnings);
    });
    await editor.picture('4 suppressed');
  });

  test('a rule is turned off in a huashu.yaml that is made for it', async () => {
    await editor.goTo(lineOf('您别啰嗦') + 1, 6);
    await editor.press('ControlOrMeta+.');
    const off = action('在 huashu.yaml 中关闭').first();
    await off.waitFor();
    await off.click();
    // It is written to the disk at once, as every file that an edit creates.
    await editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'huashu.yaml' }).dblclick();
    await editor.page.locator('.tab.active[data-resource-name="huashu.yaml"]').waitFor();
    await editor.line('rules:').waitFor();
    await editor.line(': off').waitFor();
    await editor.picture('5 huashu.yaml');
    await editor.openFile('提醒.huashu');
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 0, warnings: 0 }));
    await editor.picture('6 turned off');
  });

  test('what is safe is mended on save', async () => {
    await editor.goTo(lineOf('坐席：好的，有疑问') + 1);
    await editor.press('Home');
    await editor.type('坐席 请放心。\n');
    await editor.underlines('error').first().waitFor();
    await editor.picture('7 before saving');
    await editor.press('ControlOrMeta+s');
    await editor.line('坐席： 请放心。').waitFor();
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 0, warnings: 0 }));
    await editor.picture('8 saved');
  });

  test('lines become a node of their own', async () => {
    await editor.goTo(lineOf('坐席：您的信用卡账单逾期'));
    await editor.press('Shift+End');
    await editor.press('ControlOrMeta+.');
    await action('移到新的一节').first().waitFor();
    await editor.picture('9 refactor');
    await action('移到新的一节').first().click();
    await editor.line('插入：').waitFor();
    await editor.picture('10 extracted');
  });
});

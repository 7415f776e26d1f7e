import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const call = `【开场】
坐席：您好，这里是{机构}，工号{工号}。
插入：公共/热线
客户（有异议）：不对 → 转人工
客户（其他） → 收束

【收束】
坐席：再见。
结束：完成
`;

const shared = '【热线】\n坐席：您可以拨打{客服电话}。\n→ 返回\n';

const pictures = path.resolve('out/screenshots/navigation');

suite('finding one’s way in VS Code', function () {
  this.timeout(60_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    editor = await Editor.open({ '提醒.huashu': call, '公共.huashu': shared }, pictures, { language: 'zh-CN' });
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  test('above a node stands what leads there and how the conversation can end', async () => {
    await editor.openFile('公共.huashu');
    const lenses = editor.page.locator('.codelens-decoration');
    await lenses.filter({ hasText: '1 处引用' }).waitFor();
    await lenses.filter({ hasText: '可能的结果：返回' }).waitFor();
    await editor.picture('1 lenses');
  });

  test('a click on it shows the references, in other files too', async () => {
    await editor.page.locator('.codelens-decoration a', { hasText: '1 处引用' }).click();
    const peek = editor.page.locator('.peekview-widget');
    await peek.locator('.view-line', { hasText: '插入：公共/热线' }).waitFor();
    await editor.picture('2 references');
    await editor.press('Escape');
    await peek.waitFor({ state: 'detached' });
  });

  test('a new name goes to every file, and one that is taken is refused with the reason', async () => {
    const box = editor.page.locator('.rename-box input');
    await editor.goTo(1, 2);
    await editor.press('F2');
    await box.waitFor();
    await box.fill('结束');
    await editor.press('Enter');
    await editor.page
      .locator('.monaco-editor-overlaymessage, .notification-toast', { hasText: '“结束”是内置的跳转目标' })
      .first()
      .waitFor();
    await editor.picture('3 refused');
    await editor.press('Escape');
    await editor.goTo(1, 2);
    await editor.press('F2');
    await box.waitFor();
    await box.fill('联系方式');
    await editor.press('Enter');
    await editor.line('【联系方式】').waitFor();
    await editor.openFile('提醒.huashu');
    await editor.line('插入：公共/联系方式').waitFor();
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 0, warnings: 0 }));
    await editor.picture('4 renamed');
  });

  test('a file that gets another name is still found', async () => {
    const row = editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: '公共.huashu' });
    await row.click();
    await editor.page.locator('.tab.active[data-resource-name="公共.huashu"]').waitFor();
    await row.click();
    await editor.press('F2');
    const input = editor.page.locator('.explorer-folders-view input');
    await input.waitFor();
    await input.fill('共用.huashu');
    await editor.press('Enter');
    // VS Code asks whether what the extension wants to change along may be changed.
    await editor.page.locator('.monaco-dialog-box .monaco-button', { hasText: /^OK$|^确定$/ }).click();
    await editor.page.locator('.tab.active[data-resource-name="共用.huashu"]').waitFor();
    // By the mouse: the explorer still takes the focus for the file that was renamed.
    await editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: '提醒.huashu' }).click();
    await editor.line('插入：共用/联系方式').waitFor();
    await editor.page.locator('.codelens-decoration', { hasText: '可能的结果：转人工、完成' }).waitFor();
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 0, warnings: 0 }));
    await editor.picture('5 moved');
  });
});

import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const pictures = path.resolve('out/screenshots/first hour');

suite('the first hour in VS Code', function () {
  this.timeout(90_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    editor = await Editor.open({ '旧稿.txt': '催收员：您好。\n' }, pictures, { language: 'zh-CN' });
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  const input = (): Locator => editor.page.locator('.quick-input-widget');
  const asked = (title: string): Promise<void> => input().locator('.quick-input-title', { hasText: title }).waitFor();

  test('a folder without scripts is welcomed', async () => {
    const welcome = editor.page.locator('.welcome-view', { hasText: '这个文件夹里还没有话术' });
    await welcome.waitFor();
    assert.equal(await welcome.locator('.monaco-button, .monaco-link').count(), 4);
    await editor.picture('1 welcome');
  });

  test('the walkthrough opens, with its six steps', async () => {
    await editor.run('话术: 入门');
    await editor.page.locator('.gettingStartedContainer .step-title', { hasText: '写一份话术' }).waitFor();
    assert.equal(await editor.page.locator('.gettingStartedContainer .getting-started-step').count(), 6);
    // There is room for its pictures in a wide window.
    await editor.press('ControlOrMeta+b');
    await editor.page.locator('.getting-started-media img').waitFor();
    await editor.picture('2 walkthrough');
    await editor.press('ControlOrMeta+b');
  });

  test('a new script by keys alone, without a finding', async () => {
    await editor.run('话术: 新建话术');
    await asked('用在什么渠道');
    await editor.picture('3 channel');
    await editor.press('Enter');
    await asked('用在哪个逾期阶段');
    await editor.press('Enter');
    await asked('由谁联系客户');
    await editor.press('ArrowDown', 'Enter');
    await asked('受哪家银行委托');
    await editor.picture('4 principal');
    await editor.press('Enter');
    await asked('包含哪些步骤');
    await editor.picture('5 steps');
    await editor.press('Enter');
    await editor.line('阶段: M1').waitFor();
    await editor.line('委托方: 某某银行').waitFor();
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 0, warnings: 0 }));
    await editor.picture('6 new script');
  });

  test('a finding is shown on a copy of a sample', async () => {
    await editor.run('话术: 练习：看一条问题');
    await editor.page.locator('.tab.active[data-resource-name="违规示例.huashu"]').waitFor();
    await editor.hover.waitFor();
    await editor.picture('7 finding');
    await editor.press('Escape');
  });

  test('the state of the packs and the number of findings stand beside the language', async () => {
    await editor.page.locator('[id="status.languageStatus"]').hover();
    const status = editor.page.locator('.hover-language-status');
    await status
      .filter({ hasText: /cn-credit-card \d/ })
      .first()
      .waitFor();
    await status
      .filter({ hasText: /\d+ 个错误，\d+ 个警告/ })
      .first()
      .waitFor();
    await editor.picture('14 status');
    await editor.press('Escape');
  });

  test('and is mended by the quick-fix', async () => {
    const counter = editor.page.locator('[id="status.problems"]');
    const errors = async (): Promise<number> => Number((await counter.innerText()).match(/\d+/)?.[0]);
    const before = await errors();
    await editor.run('话术: 练习：改好一句话');
    await editor.page.locator('.action-widget .monaco-list-row.action').first().waitFor();
    await editor.picture('8 quick-fix');
    await editor.press('Enter');
    await expectSoon(async () => assert.equal(await errors(), before - 1));
    await editor.picture('9 mended');
  });

  test('the page of the rule opens', async () => {
    await editor.run('话术: 练习：读一条规则');
    await editor.page.locator('.tab.active', { hasText: '.md' }).waitFor();
    await editor.page.frameLocator('iframe.webview.ready').first().frameLocator('iframe').locator('h1').waitFor();
    await editor.picture('10 rule');
  });

  test('the manual opens, and its links lead to pages', async () => {
    await editor.run('话术: 使用说明');
    await editor.view.locator('h1', { hasText: '使用说明' }).waitFor();
    await editor.picture('10 manual');
    await editor.view.locator('a', { hasText: '安全' }).click();
    await editor.view.locator('h1', { hasText: '安全' }).waitFor();
    await editor.picture('10 manual page');
  });

  test('the page of the extension can be read, without a picture that is missing', async () => {
    await editor.page.locator('.activitybar .codicon-extensions-view-icon').first().click();
    await editor.page.locator('.extensions-viewlet .monaco-list-row', { hasText: '话术' }).first().click();
    await editor.view.locator('h1').first().waitFor();
    assert.equal(await editor.view.locator('img').count(), 0);
    await editor.picture('10 extension');
  });

  test('the scenarios of a sample pass', async () => {
    await editor.run('话术: 练习：运行用例');
    const row = editor.page.locator('.test-explorer .monaco-list-row', { hasText: '信用卡逾期电话提醒.huashu' });
    await row.locator('.codicon-testing-passed-icon').first().waitFor();
    await editor.picture('11 scenarios');
  });

  test('the samples are copied to where the user wants them, and nothing is overwritten', async () => {
    const copyAgain = async (): Promise<void> => {
      await editor.run('话术: 打开示例');
      await asked('选择把示例放在哪个文件夹里');
      await editor.page.locator('.quick-input-widget .monaco-button', { hasText: '把示例放在这里' }).click();
    };
    await copyAgain();
    await editor.press('ControlOrMeta+Shift+e');
    const tab = editor.page.locator('.tab.active[data-resource-name="信用卡逾期电话提醒.huashu"]');
    await editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: '短信M1.huashu' }).waitFor();
    await tab.waitFor();
    await editor.picture('12 samples');
    await editor.openFile('信用卡逾期电话提醒.huashu');
    await editor.press('ControlOrMeta+Home');
    await editor.type('# 改过\n');
    await editor.press('ControlOrMeta+s');
    await editor.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    await copyAgain();
    const dialog = editor.page.locator('.monaco-dialog-box', { hasText: '您改过的示例' });
    await dialog.waitFor();
    await editor.picture('13 keep mine');
    await dialog.locator('.monaco-button', { hasText: '保留我的' }).click();
    await tab.waitFor();
    await editor.line('# 改过').waitFor();
  });
});

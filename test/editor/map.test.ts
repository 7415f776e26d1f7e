import { strict as assert } from 'node:assert';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const sample = '信用卡逾期电话提醒.huashu';
const pictures = path.resolve('out/screenshots/map');

suite('the map in VS Code', function () {
  this.timeout(90_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    const [text, common] = await Promise.all(
      [sample, '公共.huashu'].map((name) => readFile(path.resolve('samples', name), 'utf8')),
    );
    editor = await Editor.open({ [sample]: text!, '公共.huashu': common! }, pictures, { language: 'zh-CN' });
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  const view = (): FrameLocator => editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe');
  const card = (name: string): Locator => view().locator(`[role=option][data-id="${name}"]`);

  test('opens beside the editor', async () => {
    await editor.openFile(sample);
    await editor.run('话术: 打开流程图');
    await card('开场').waitFor();
    assert.equal(await view().locator('[role=option]').count(), 32);
    await editor.picture('1 opened');
  });

  test('a card that is clicked is shown in the script, and where the cursor stands is shown on the map', async () => {
    await view().locator('input[type=search]').fill('核对信息');
    await card('核对信息').click();
    await editor.line('【核对信息】').waitFor();
    await editor.picture('2 clicked');
    await expectSoon(async () => assert.equal(await card('核对信息').getAttribute('aria-selected'), 'true'));
  });
});

import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { call } from './calls.ts';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

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
    await editor.press('ControlOrMeta+Shift+m');
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
    // The hints follow once nothing has been typed for a while.
    await editor.line('身份：已确认').waitFor();
    await editor.picture('5 fixed');
  });

  test('the hover of a node says all that is known there', async () => {
    // The fix has put a jump above it.
    await editor.goTo(lineOf('【说事情】') + 1, 2);
    await editor.press('ControlOrMeta+k', 'ControlOrMeta+i');
    await editor.hover.filter({ hasText: '走到这里时' }).waitFor();
    await editor.hover.filter({ hasText: '已确认' }).waitFor();
    await editor.picture('6 knowledge');
  });
});

import { strict as assert } from 'node:assert';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const sample = '智能外呼到期提醒.huashu';
const pictures = path.resolve('out/screenshots/scenarios');

suite('scenarios in VS Code', function () {
  this.timeout(60_000);
  let editor: Editor;
  let line = 0;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    const text = await readFile(path.resolve('samples', sample), 'utf8');
    // One expectation that cannot come true.
    const broken = text.replace('期望：困难关怀\n', '期望：复述约定\n');
    line = broken.slice(0, broken.lastIndexOf('期望：复述约定')).split('\n').length;
    editor = await Editor.open({ [sample]: broken }, pictures, { language: 'zh-CN' });
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  const row = (text: string) => editor.page.locator('.test-explorer .monaco-list-row', { hasText: text });

  test('are listed in the Testing view', async () => {
    await editor.openFile(sample);
    await editor.goTo(line);
    // The view exists from the first test on.
    await editor.page.locator('.editor-instance .testing-run-glyph').first().waitFor();
    await editor.run('Testing: Focus on Test Explorer View');
    await row(sample).first().waitFor();
    await editor.picture('1 listed');
  });

  test('are run there, and a failure is shown at its line', async () => {
    await editor.run('Test: Run All Tests');
    await row(sample).locator('.codicon-testing-failed-icon').first().waitFor();
    await row(sample).locator('.monaco-tl-twistie').first().click();
    await row('说了有困难').first().waitFor();
    await editor.picture('2 run');
    await expectSoon(async () => {
      assert.equal(await row('本人听到提醒').locator('.codicon-testing-passed-icon').count(), 1);
      assert.equal(await row('说了有困难').locator('.codicon-testing-failed-icon').count(), 1);
    });
    await editor.openFile(sample);
    await editor.goTo(line);
    await editor.page.locator('.test-error-content-widget', { hasText: '没有到达“复述约定”' }).first().waitFor();
    await editor.picture('3 failure');
  });

  test('show which lines and branches they come to', async () => {
    await editor.run('Test: Run All Tests with Coverage');
    await editor.openFile(sample);
    // The second node: one of its branches is taken, others are not.
    await editor.goTo(27);
    await editor.page.locator('.editor-instance .coverage-deco-gutter.coverage-deco-hit').first().waitFor();
    await editor.page.locator('.editor-instance .coverage-deco-gutter.coverage-deco-miss').first().waitFor();
    await editor.picture('4 coverage');
  });

  test('are found again as one types', async () => {
    await editor.openFile(sample);
    await editor.goTo(line);
    await editor.press('End');
    await editor.type('\n\n用例：刚写的\n期望：结束');
    await editor.run('Testing: Focus on Test Explorer View');
    await row('刚写的').first().waitFor();
    await editor.picture('5 typed');
  });
});

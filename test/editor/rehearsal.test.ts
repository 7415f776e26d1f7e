import { strict as assert } from 'node:assert';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const sample = '智能外呼到期提醒.huashu';
const pictures = path.resolve('out/screenshots/rehearsal');

suite('the rehearsal in VS Code', function () {
  this.timeout(90_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    const text = await readFile(path.resolve('samples', sample), 'utf8');
    editor = await Editor.open({ [sample]: text }, pictures, { language: 'zh-CN', width: 1600, height: 900 });
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  const view = (): FrameLocator => editor.view;
  const said = (): Locator => view().locator('.talk .line');
  const reply = (category: string): Locator => view().locator('.reply', { hasText: category }).first();

  test('opens beside the editor, and the agent begins', async () => {
    await editor.openFile(sample);
    await editor.run('话术: 演练');
    await said().first().waitFor();
    await editor.picture('1 opened');
    await expectSoon(async () => assert.match(await view().locator('.forbidden').innerText(), /先确认本人/));
  });

  test('is played to the end, by buttons and by words', async () => {
    await reply('是本人').click();
    await view().locator('.known .so', { hasText: '身份' }).waitFor();
    await view().locator('.say input').fill('有异意');
    await view().locator('.say input').press('Enter');
    await view().locator('.notice', { hasText: '既不是回复类别' }).waitFor();
    await editor.picture('2 not understood');
    await view().locator('.say input').fill('我知道了');
    await view().locator('.say input').press('Enter');
    await expectSoon(async () => assert.equal(await view().locator('.notice').innerText(), ''));
    for (let count = 0; count < 6 && (await view().locator('.ending').count()) === 0; count++) {
      const before = await said().count();
      await view().locator('.reply:not(.anytime)').first().click();
      await expectSoon(async () =>
        assert.ok((await said().count()) !== before || (await view().locator('.ending').count()) > 0),
      );
    }
    await view().locator('.ending').waitFor();
    await editor.picture('3 ended');
  });

  test('is saved as a scenario in one click', async () => {
    await view().getByRole('button', { name: '存为用例' }).click();
    await editor.line('用例：演练：').waitFor();
    await editor.picture('4 saved');
  });
});

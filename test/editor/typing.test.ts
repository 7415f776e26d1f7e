import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const begun = `---
渠道: 电话
---
【开场】 自报身份、录音告知
坐席：您好，这里是某某银行，工号{工号}，本次通话会录音。

【确认身份】
坐席：请问是王先生本人吗？

【说明目的】
坐席：感谢您的接听。
→ 结束

【结束通话】
坐席：再见。
结束：礼貌结束
`;

const pictures = path.resolve('out/screenshots/typing');

suite('Enter in VS Code', function () {
  this.timeout(60_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    editor = await Editor.open({ '新话术.huashu': begun }, pictures, { language: 'zh-CN' });
    await editor.openFile('新话术.huashu');
    // The language server is there once it shows something.
    await editor.page.locator('.codelens-decoration').first().waitFor();
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  const lines = async (): Promise<readonly string[]> => (await editor.text()).split('\n');

  /** `结束`, while the list stands, which also has a node whose name goes on longer. */
  async function writeEnd(): Promise<void> {
    for (const piece of ['结', '束']) {
      await editor.page.waitForTimeout(400);
      await editor.type(piece);
    }
    await editor.page.getByRole('option', { name: /^结束通话/ }).waitFor();
    await editor.page
      .getByRole('option', { name: /^结束,/ })
      .and(editor.page.locator('.focused'))
      .waitFor();
  }

  test('shows the reply that the step waits for, and Tab takes it', async () => {
    await editor.goTo(8);
    await editor.press('End', 'Enter');
    await editor.ghost.filter({ hasText: '是本人' }).waitFor();
    await editor.picture('1 next reply');
    assert.equal((await lines())[8], '');
    await editor.press('Tab');
    await expectSoon(async () => assert.match((await lines())[8]!, /^客户（是本人）：.+ → 说明目的$/));
    await editor.press('Enter');
    await editor.ghost.filter({ hasText: '非本人' }).waitFor();
    await editor.picture('2 the one after it');
  });

  test('what is shown is nowhere in the way: typing goes over it, Enter leaves an empty line', async () => {
    await editor.type('客户（拒绝）：不说 -》 结束');
    await editor.ghost.first().waitFor({ state: 'detached' });
    await editor.press('Enter');
    // What an input method makes of an arrow is one when the line is done.
    await expectSoon(async () => assert.equal((await lines())[9], '客户（拒绝）：不说 → 结束'));
    await editor.ghost.first().waitFor();
    await editor.press('Enter');
    await editor.waitForPosition(12, 1);
    assert.deepEqual((await lines()).slice(10, 12), ['', '']);
  });

  test('nothing is shown while an input method composes', async () => {
    await editor.goTo(11);
    await editor.press('Backspace', 'Enter');
    await editor.ghost.first().waitFor();
    await editor.compose('zuoxi');
    await editor.line('zuoxi').waitFor();
    await editor.ghost.first().waitFor({ state: 'detached' });
    await editor.picture('composing');
    await editor.compose('');
    await editor.ghost.first().waitFor();
    await editor.press('Enter');
    await editor.waitForPosition(12, 1);
  });

  test('takes an opening away that nothing follows', async () => {
    await editor.type('坐席：');
    await editor.press('Escape', 'Enter');
    await editor.waitForPosition(12, 1);
    await expectSoon(async () => assert.equal((await lines())[11], ''));
    await editor.picture('3 opening gone');
  });

  test('within a speech, lets the same speaker go on', async () => {
    await editor.goTo(5, '坐席：您好，这里是某某银行，'.length + 1);
    await editor.press('Enter');
    await expectSoon(async () => {
      const [, first, second] = (await lines()).slice(3);
      assert.equal(first, '坐席：您好，这里是某某银行，');
      assert.equal(second, '坐席：工号{工号}，本次通话会录音。');
    });
    await editor.waitForPosition(6, '坐席：'.length + 1);
    await editor.picture('4 split');
  });

  test('behind a target that is written in full breaks the line, though the list is open', async () => {
    await editor.press('ControlOrMeta+End');
    await editor.type('客户（想一想）：好->');
    await writeEnd();
    await editor.picture('5 written in full');
    await editor.press('Enter');
    await expectSoon(async () => assert.deepEqual((await lines()).slice(-2), ['客户（想一想）：好 → 结束', '']));
  });

  test('and so it does where Tab has opened the list', async () => {
    await editor.type('坐席：好的。');
    await editor.press('Enter');
    await editor.ghost.filter({ hasText: '→' }).waitFor();
    await editor.press('Tab');
    await editor.page.getByRole('option', { name: /^说明目的/ }).waitFor();
    await writeEnd();
    await editor.press('Enter');
    await expectSoon(async () => assert.deepEqual((await lines()).slice(-3), ['坐席：好的。', '→ 结束', '']));
  });
});

import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const call = `【开场】
坐席:您好，这里是{机构}，工号{工号}。
插入：公共/热线
客户（有异议）：不对 → 收束
客户（其他） → 收束

【收束】
坐席：再见。
结束：完成
`;

const shared = '【热线】\n坐席：您可以拨打{客服电话}。\n→ 返回\n';

const pictures = path.resolve('out/screenshots/structure');

suite('the structure of a script in VS Code', function () {
  this.timeout(60_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    editor = await Editor.open({ '提醒.huashu': call, '公共.huashu': shared }, pictures, { language: 'zh-CN' });
    await editor.openFile('提醒.huashu');
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  test('every place of a name is marked', async () => {
    // Before the server answers, the editor marks equal words by itself, and keeps to that until the cursor leaves the word.
    await editor.page.locator('.codelens-decoration').first().waitFor();
    await editor.goTo(7, 3);
    const marked = (how: string) => editor.page.locator(`.view-overlays .${how}`);
    await marked('wordHighlightStrong').waitFor();
    await expectSoon(async () => assert.equal(await marked('wordHighlight').count(), 2));
    await editor.picture('0 marked');
  });

  test('a selection grows from a word on', async () => {
    const selected = async (): Promise<number> => {
      const said = await editor.page.locator('#status\\.editor\\.selection').textContent();
      return Number(/已选择\s*(\d+)/.exec(said ?? '')?.[1] ?? 0);
    };
    await editor.goTo(2, 5);
    const sizes: number[] = [0];
    for (let step = 0; step < 3; step++) {
      await editor.press('Shift+Alt+ArrowRight');
      await expectSoon(async () => assert.ok((await selected()) > sizes.at(-1)!));
      sizes.push(await selected());
    }
    await editor.picture('1 selected');
    await editor.press('Escape');
  });

  test('an insertion links to its file', async () => {
    await expectSoon(async () =>
      assert.ok(
        (await editor.line('插入：公共/热线').locator('.detected-link').allTextContents()).join('').includes('公共'),
      ),
    );
  });

  test('the nodes that lead to one are a tree', async () => {
    await editor.goTo(7, 3);
    await editor.run('Peek Call Hierarchy');
    const rows = editor.page.locator('.peekview-widget .monaco-list-row');
    await rows.filter({ hasText: '开场' }).first().waitFor();
    await editor.picture('4 calls');
    await editor.press('Escape');
    await editor.page.locator('.peekview-widget').waitFor({ state: 'detached' });
  });

  test('nodes of all scripts are found by their names', async () => {
    await editor.press('ControlOrMeta+t');
    const input = editor.page.locator('.quick-input-widget input');
    await input.waitFor();
    await input.fill('#热线');
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: '公共.huashu' }).first().waitFor();
    await editor.picture('2 symbols');
    await editor.press('Escape');
    await input.waitFor({ state: 'hidden' });
  });

  test('a node is folded to its heading', async () => {
    await editor.goTo(1, 1);
    await editor.press('ControlOrMeta+Shift+[');
    await editor.line('客户（其他）').waitFor({ state: 'detached' });
    await editor.picture('3 folded');
    await editor.press('ControlOrMeta+Shift+]');
    await editor.line('客户（其他）').waitFor();
  });

  test('formatting writes the structure as it is written, and touches no speech', async () => {
    await editor.run('Format Document');
    await editor.line('坐席：您好，这里是{机构}，工号{工号}。').waitFor();
    await editor.picture('5 formatted');
  });
});

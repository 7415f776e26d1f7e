import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { archive, p, wordFiles } from '../documents/office.ts';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const pictures = path.resolve('out/screenshots/import');

suite('importing in VS Code', function () {
  this.timeout(60_000);
  let editor: Editor;
  let folder: string;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    folder = await mkdtemp(path.join(os.tmpdir(), 'huashu-import-'));
    const body = p('核实身份', '1') + p('坐席：您好，请问是XX先生吗？') + p('客户：我是。');
    await writeFile(path.join(folder, '首催.docx'), archive(wordFiles(body)));
    editor = await Editor.open({ '新建.huashu': '' }, pictures, { language: 'zh-CN' });
  });

  suiteTeardown(async () => {
    await editor?.close();
    await rm(folder, { recursive: true, force: true });
  });

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  test('a dialogue on the clipboard is pasted as a script, and one undo takes it back', async () => {
    await editor.openFile('新建.huashu');
    // The server is there, and so is what pastes.
    await editor.underlines('warning').first().waitFor();
    await editor.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await editor.page.evaluate(
      (text) => navigator.clipboard.writeText(text),
      '催收员：请问是XX先生吗？\n客户：我是。\n催收员：您已逾期XX天。',
    );
    await editor.press('ControlOrMeta+v');
    await editor.line('您已逾期{逾期天数}天').waitFor();
    await editor.picture('1 pasted');
    await editor.press('ControlOrMeta+z');
    await expectSoon(async () => assert.equal((await editor.text()).includes('逾期天数'), false));
  });

  test('a Word document becomes a new script', async () => {
    await editor.openFile('新建.huashu');
    await editor.run('导入');
    const input = editor.page.locator('.quick-input-widget input');
    await input.waitFor();
    // The dialog puts a folder there first.
    await expectSoon(async () => assert.match(await input.inputValue(), /samples\/$/));
    await input.fill(path.join(folder, '首催.docx'));
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: '首催.docx' }).waitFor();
    await editor.page.locator('.quick-input-widget').getByRole('button', { name: '导入' }).click();
    await editor.line('请问是{客户称呼}吗').waitFor();
    await editor.page.locator('.notification-toast', { hasText: '1 节、2 句话' }).waitFor();
    await editor.picture('2 imported');
    assert.match(await editor.text(), /【核实身份】.*\n坐席：您好，请问是\{客户称呼\}吗？\n客户：我是。/);
  });
});

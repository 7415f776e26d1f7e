import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { housePack } from '../housePack.ts';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const pictures = path.resolve('out/screenshots/web');

/** As on vscode.dev: the workbench runs the extension in the browser, and not on the machine that has the files. */
const settings = { 'remote.extensionKind': { 'huashu.huashu': ['web'] } };

suite('the extension in the browser, without Node', function () {
  this.timeout(60_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    const files = {
      '.vscode/settings.json': JSON.stringify(settings),
      'huashu.yaml': 'packs: [cn-credit-card, ./本行 规则]\n',
      '本行 规则/pack.yaml': housePack('ours', 'ours/no-dear'),
      '电话/首催.话术': '【开场】\n坐席：再挂电话我就找人打断你的腿。\n坐席：亲爱的，您好。\n→ ../公共/告别\n',
      '公共.huashu': '【告别】\n坐席：再见。\n→ 结束\n',
    };
    editor = await Editor.open(files, pictures, { language: 'zh-CN' });
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  const servers = async (): Promise<number> => {
    const names = await Promise.all(editor.page.workers().map((each) => each.evaluate(() => self.name)));
    return names.filter((name) => name.endsWith('Huashu')).length;
  };

  test('checks a script in a worker, with the rule pack beside it', async () => {
    await editor.openFile('首催.话术');
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 1, warnings: 1 }));
    assert.equal(await servers(), 1);
    await editor.picture('1 checked');
  });

  test('offers a fix', async () => {
    await editor.goTo(2, 12);
    await editor.press('ControlOrMeta+.');
    const fixes = editor.page.locator('.action-widget .monaco-list-row.action');
    await fixes.first().waitFor();
    await editor.press('Enter');
    await fixes.first().waitFor({ state: 'detached' });
    await editor.line('打断你的腿').waitFor({ state: 'detached' });
  });

  test('knows the scripts that are not open', async () => {
    await editor.goTo(4, 9);
    await editor.press('F12');
    await editor.page.locator('.tab.active[data-resource-name="公共.huashu"]').waitFor();
    await editor.waitForPosition(1);
    await editor.picture('2 other script');
  });

  test('checks the whole folder', async () => {
    await editor.run('检查全部话术');
    await editor.page.locator('.notification-toast', { hasText: '检查了 2 个文件' }).waitFor();
    await editor.picture('3 all checked');
  });

  test('shows the map, and rehearses', async () => {
    await editor.openFile('首催.话术');
    await editor.run('话术: 打开流程图');
    await editor.view.locator('[role=option][data-id="公共/告别"]').waitFor();
    await editor.picture('4 map');
    await editor.run('话术: 演练');
    await editor.view.locator('.talk .line').first().waitFor();
    await editor.picture('5 rehearsal');
    // Both stand in one place, out of the way of what follows.
    for (const name of ['演练', '流程图']) {
      const tab = editor.page.locator('.tab', { hasText: name });
      await tab.click({ button: 'middle' });
      await tab.waitFor({ state: 'detached' });
    }
  });

  test('hands over, and says that there is no git', async () => {
    const row = (text: string): Locator => editor.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
    const input = editor.page.locator('.quick-input-widget input');
    const saved = async (command: string, choice: string, name: string): Promise<string> => {
      await editor.run(command);
      await row(choice).click();
      await expectSoon(async () => assert.ok((await input.inputValue()).endsWith(`/${name}`)));
      await editor.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
      await editor.page.locator('.notification-toast', { hasText: name }).first().waitFor();
      return (await editor.read(`电话/${name}`)).toString();
    };
    await editor.openFile('首催.话术');
    assert.equal(JSON.parse(await saved('话术: 导出', 'JSON', '首催.json')).format, 'huashu-script');
    assert.match(await saved('话术: 合规报告', 'Word', '首催 合规报告.docx'), /^PK/);
    assert.match(await saved('话术: 合规报告', '网页', '首催 合规报告.html'), /ours\/no-dear/);
    await editor.run('话术: 对客户有哪些变化');
    await row('git').click();
    await editor.page.locator('.notification-toast', { hasText: '这里没有 git' }).waitFor();
    await editor.picture('6 handed over');
  });

  test('opens copies of the samples, which are kept in memory', async () => {
    await editor.run('话术: 练习：看一条问题');
    await editor.page.locator('.tab.active[data-resource-name="违规示例.huashu"]').waitFor();
    await editor.underlines('error').first().waitFor();
    await editor.hover.waitFor();
    await editor.press('Escape');
  });

  test('leaves no server behind when it is restarted', async () => {
    await editor.openFile('首催.话术');
    await editor.run('重新启动语言服务');
    await editor.goTo(2, 4);
    await editor.type('你这个老赖，');
    await editor.underlines('error').first().waitFor();
    assert.equal(await servers(), 1);
  });
});

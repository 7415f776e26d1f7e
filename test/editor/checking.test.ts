import { strict as assert } from 'node:assert';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const pictures = path.resolve('out/screenshots/checking');

const threat = '【开场】\n坐席：再挂电话我就找人打断你的腿。\n结束：完成\n';
const clean = '【开场】\n坐席：谢谢您，再见。\n结束：完成\n';

const files = {
  '甲 一.huashu': threat,
  '短信/乙.话术': threat,
  '丙.huashu': clean,
};

suite('checking the workspace in VS Code', function () {
  this.timeout(60_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
  });

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
    await editor?.close();
  });

  const open = (language: 'zh-CN' | 'en-US', settings: object = {}): Promise<Editor> =>
    Editor.open({ ...files, '.vscode/settings.json': JSON.stringify(settings) }, pictures, { language });
  const problem = (text: string) => editor.page.locator('.markers-panel .monaco-list-row', { hasText: text });
  const notification = (text: string) => editor.page.locator('.notification-list-item', { hasText: text }).first();
  /** Something that is told in passing, and kept behind the bell. */
  const told = async (text: string, timeout = 10_000) => {
    try {
      await notification(text).waitFor({ timeout });
    } catch {
      await editor.page.locator('#status\\.notifications').click();
      await notification(text).waitFor();
    }
    return notification(text);
  };

  test('several folders, each with its own huashu.yaml', async () => {
    const several = {
      '一/甲.huashu': threat,
      '二/乙.huashu': threat,
      '二/huashu.yaml': 'rules:\n  threat-violence: warning\n',
      'several.code-workspace': JSON.stringify({ folders: [{ path: '一' }, { path: '二' }] }),
    };
    editor = await Editor.open(several, pictures, { language: 'zh-CN' });
    await editor.press('ControlOrMeta+Shift+m');
    await problem('甲.huashu').waitFor();
    await problem('乙.huashu').waitFor();
    await editor.run('检查全部话术');
    await told('检查了 2 个文件：1 个错误，1 个警告');
    await editor.picture('12 several folders');
  });

  test('problems of files that are not open are there, and follow the disk', async () => {
    editor = await open('zh-CN');
    await editor.press('ControlOrMeta+Shift+m');
    await problem('甲 一.huashu').waitFor();
    await problem('乙.话术').waitFor();
    assert.equal(await problem('丙.huashu').count(), 0);
    await editor.picture('1 files that are not open');
    await editor.write('丙.huashu', threat);
    await problem('丙.huashu').waitFor();
    await editor.write('甲 一.huashu', undefined);
    await problem('甲 一.huashu').waitFor({ state: 'detached' });
  });

  test('checks all when asked to, and opens the problems', async () => {
    editor = await open('zh-CN', { 'huashu.checkScope': 'openFiles' });
    await editor.openFile('丙.huashu');
    await editor.run('检查全部话术');
    const counts = await told('检查了 3 个文件');
    await editor.picture('2 counts');
    await counts.locator('.monaco-button', { hasText: '查看问题' }).click();
    await problem('甲 一.huashu').waitFor();
    await editor.picture('3 problems');
  });

  for (const [language, name] of [
    ['zh-CN', '检查话术'],
    ['en-US', 'Check Scripts'],
  ] as const)
    test(`as a task, whose problem matcher tells of files that are not open, in ${language}`, async () => {
      editor = await open(language, { 'huashu.checkScope': 'openFiles' });
      await editor.openFile('甲 一.huashu');
      await editor.underlines('error').first().waitFor();
      await editor.press('ControlOrMeta+p');
      // First the kind of task, then which.
      await editor.page.locator('.quick-input-widget input').fill('task huashu');
      const chosen = editor.page.locator('.quick-input-list .monaco-list-row.focused');
      await chosen.filter({ hasText: 'huashu' }).waitFor();
      await editor.press('Enter');
      await chosen.filter({ hasText: `huashu: ${name}` }).waitFor();
      await editor.picture(`6 task in ${language}`);
      await editor.press('Enter');
      // What a terminal says is a picture; what the matcher has read from it is counted below.
      await editor.page.locator('#status\\.problems', { hasText: /^\s*2\s*0\s*2\s*$/ }).waitFor();
      await editor.picture(`7 terminal in ${language}`);
      await editor.press('ControlOrMeta+Shift+m');
      await problem('乙.话术').waitFor();
      // The open file has its problems from the server alone, and every problem is there once.
      const threats = editor.page.locator('.markers-panel .monaco-list-row', { hasText: 'cn/no-threat-of-violence' });
      await expectSoon(async () => assert.equal(await threats.count(), 2));
      await editor.picture(`8 problems of the task in ${language}`);
    });

  test('says so where no folder is open', async () => {
    editor = await open('zh-CN');
    await editor.page.goto(`${process.env.HUASHU_EDITOR}?ew=true`);
    await editor.page.locator('#status\\.problems').waitFor();
    await editor.run('检查全部话术');
    await (await told('没有打开文件夹')).locator('.monaco-button', { hasText: '打开文件夹' }).waitFor();
    await editor.picture('13 no folder');
  });

  test('says in the status bar how far it is, stops when told to, and goes on when asked', async () => {
    const call = await readFile(path.resolve('samples/信用卡逾期电话提醒.huashu'), 'utf8');
    const many = [...Array(300).keys()].map((index) => [`话术${index}.huashu`, `${call}\n# ${index}\n`] as const);
    editor = await Editor.open({ ...files, ...Object.fromEntries(many) }, pictures, { language: 'zh-CN' });
    const status = editor.page.locator('.statusbar-item', { hasText: '正在检查话术' });
    await status.click();
    await editor.picture('9 status bar');
    await editor.page.locator('.notifications-center .monaco-button', { hasText: /取消|Cancel/ }).click();
    await status.waitFor({ state: 'detached' });
    await editor.run('检查全部话术');
    await editor.page.locator('.notification-toast .progress-bit').waitFor();
    await editor.picture('10 progress');
    await told('检查了 303 个文件', 40_000);
    await editor.picture('11 counts of many');
  }).timeout(120_000);

  test('a file that is closed keeps its problems, those of what was typed and not saved are gone', async () => {
    editor = await open('en-US');
    await editor.openFile('丙.huashu');
    await editor.goTo(2);
    await editor.press('End');
    await editor.type('再挂电话我就找人打断你的腿。');
    await editor.press('ControlOrMeta+Shift+m');
    await problem('丙.huashu').waitFor();
    await editor.picture('4 typed');
    await editor.run('View: Revert and Close Editor');
    await problem('丙.huashu').waitFor({ state: 'detached' });
    await expectSoon(async () => assert.equal(await problem('甲 一.huashu').count(), 1));
    await editor.run('Huashu: Check Workspace');
    await notification('3 files checked').waitFor();
    await editor.picture('5 counts in English');
    await editor.run('Huashu: Restart Language Server');
    await editor.page.locator('.statusbar-item', { hasText: 'Huashu restarted.' }).waitFor();
    await problem('甲 一.huashu').waitFor();
    assert.equal(await editor.page.locator('.notification-toast .codicon-error').count(), 0);
  });
});

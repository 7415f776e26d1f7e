import { strict as assert } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { call } from './calls.ts';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const pictures = path.resolve('out/screenshots/handover');
const cli = path.resolve('dist/node/cli.cjs');
const script = '家人接听.huashu';
const other = '旧稿.huashu';

/** As it was committed: another way for relatives, a reply less, and other words. */
const committed = call
  .replace('我是他爱人 → 转告', '我是他爱人 → 告辞')
  .replace('客户（无应答） → 重复\n', '')
  .replace('麻烦您转告他回电{客服电话}', '请让他回电{客服电话}');

suite('handing over in VS Code', function () {
  this.timeout(90_000);
  let editor: Editor;
  let folder: string;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    folder = await mkdtemp(path.join(os.tmpdir(), 'huashu-handover-'));
    await writeFile(path.join(folder, script), committed);
    const git = (...args: string[]): void =>
      void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'a');
    const files = {
      '.vscode/settings.json': JSON.stringify({ 'git.enabled': true }),
      [script]: call,
      [other]: committed.replace('【开场】', '【开场】 自报身份'),
      '没提交.huashu': call,
    };
    editor = await Editor.open(files, pictures, { language: 'zh-CN' }, folder);
    await editor.openFile(script);
    await editor.underlines('error').first().waitFor();
  });

  suiteTeardown(async () => {
    await editor?.close();
    await rm(folder, { recursive: true, force: true });
  });

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  const widget = (): Locator => editor.page.locator('.quick-input-widget');
  const row = (text: string): Locator => widget().locator('.monaco-list-row', { hasText: text });
  const told = (text: string): Locator => editor.page.locator('.notification-toast', { hasText: text }).first();

  /** Runs a command, takes one of its choices, and saves under the name that it proposes. */
  async function save(command: string, choice: string, proposed: string): Promise<Buffer> {
    await editor.run(command);
    await row(choice).click();
    await takeName(proposed);
    return editor.read(proposed);
  }

  async function takeName(proposed: string): Promise<void> {
    await expectSoon(async () => assert.ok((await widget().locator('input').inputValue()).endsWith(`/${proposed}`)));
    await widget().getByRole('button', { name: 'OK' }).click();
    await told(proposed).waitFor();
  }

  /** What the command line writes of the same text under the same name. */
  async function ofCli(...args: string[]): Promise<Buffer> {
    await writeFile(path.join(folder, script), call);
    const run = spawnSync(process.execPath, [cli, ...args, '--lang', 'zh-CN'], { cwd: folder, maxBuffer: 1e8 });
    assert.equal(run.stderr.toString(), '');
    return run.stdout;
  }

  test('exports in the chosen format, beside the script', async () => {
    await editor.run('话术: 导出');
    await row('Word 文档').waitFor();
    await editor.picture('1 formats');
    assert.equal(await widget().locator('.monaco-list-row').count(), 6);
    await editor.press('Escape');
    for (const [choice, ending, format] of [
      ['JSON', 'json', 'json'],
      ['Excel', 'xlsx', 'xlsx'],
      ['Mermaid', 'mmd', 'mermaid'],
    ] as const) {
      const written = await save('话术: 导出', choice, `家人接听.${ending}`);
      assert.ok(written.equals(await ofCli('export', script, '--format', format)), format);
    }
    await editor.picture('2 exported');
  });

  test('what was exported is imported as the script that it was', async () => {
    for (const ending of ['json', 'xlsx']) {
      await editor.run('话术: 导入');
      const input = widget().locator('input');
      await input.waitFor();
      await expectSoon(async () => assert.match(await input.inputValue(), /samples\/$/));
      await input.fill(`${await input.inputValue()}家人接听.${ending}`);
      await row(`家人接听.${ending}`).waitFor();
      await widget().getByRole('button', { name: '导入' }).click();
      await told(`已导入 家人接听.${ending}`).waitFor();
      await editor.line('由“家人接听').waitFor({ state: 'hidden' });
      await editor.picture(`3 imported ${ending}`);
    }
  });

  test('writes the compliance report', async () => {
    await editor.press('ControlOrMeta+1');
    await editor.openFile(script);
    const page = await save('话术: 合规报告', '网页', '家人接听 合规报告.html');
    assert.ok(page.equals(await ofCli('report', script)));
    await told('1 个错误').waitFor();
    const word = await save('话术: 合规报告', 'Word', '家人接听 合规报告.docx');
    assert.ok(word.equals(await ofCli('report', script, '--format', 'docx')));
    await editor.picture('4 reported');
  });

  test('shows what has changed since the last commit, while one types, and leads to the line', async () => {
    await editor.run('话术: 对客户有哪些变化');
    await row('git').click();
    const page = editor.view.getByRole('main');
    await page.getByText('HEAD:家人接听.huashu 与 家人接听.huashu 相比').waitFor();
    await editor.picture('5 changes');
    await page.getByRole('button', { name: '转到话术第 19 行' }).first().click();
    await editor.page.locator(`.tab.active[data-resource-name="${script}"]`).waitFor();
    await editor.waitForPosition(19, 1);
    await editor.goTo(9);
    await editor.press('End', 'Enter');
    await editor.type('坐席：这一句是新加的。');
    await page.locator('li', { hasText: '这一句是新加的' }).waitFor();
    await editor.press('ControlOrMeta+z', 'ControlOrMeta+z');
    await page.locator('li', { hasText: '这一句是新加的' }).waitFor({ state: 'detached' });
    await editor.view.getByRole('button', { name: '保存变化' }).click();
    await row('纯文本').click();
    await takeName('家人接听 变化.txt');
    const written = (await editor.read('家人接听 变化.txt')).toString();
    assert.equal(written, (await ofCli('diff', script)).toString());
    await editor.run('Preferences: Toggle between Light/Dark Themes');
    await editor.picture('6 dark');
    await editor.run('Preferences: Toggle between Light/Dark Themes');
  });

  test('compares with another script, also where git has nothing to compare with', async () => {
    await editor.press('ControlOrMeta+1');
    await editor.openFile('没提交.huashu');
    await editor.run('话术: 对客户有哪些变化');
    await row('git').click();
    await told('还没有提交过').waitFor();
    await editor.picture('7 not committed');
    await editor.page.getByRole('button', { name: '与另一份话术比较…' }).click();
    const input = widget().locator('input');
    await expectSoon(async () => assert.match(await input.inputValue(), /samples\/$/));
    await input.fill(`${await input.inputValue()}${other}`);
    await row(other).waitFor();
    await widget().getByRole('button', { name: '比较' }).click();
    const page = editor.view.getByRole('main');
    await page.getByText('旧稿.huashu 与 没提交.huashu 相比').waitFor();
    await page.getByText('标准步骤').first().waitFor();
    await editor.picture('8 another script');
  });
});

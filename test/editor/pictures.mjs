// Takes the pictures of the README from the real editor, in both languages, and the icon from its drawing:
//   npm run pictures
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root, runQuietly, say, setUp } from '../../client/setup.mjs';
import { Editor } from './editor.ts';
import { withEditor } from './environment.mjs';

const violations = '违规示例.huashu';
const complete = '信用卡逾期电话提醒.huashu';

/** In the order of their taking, since each starts where the one before it ended. */
const pictures = {
  async problems(editor) {
    await editor.openFile(violations);
    await editor.underlines('error').first().waitFor();
    await editor.goTo(await lineOf('坐席：你打听我的工号'));
    await editor.press('ControlOrMeta+Shift+m');
    await editor.page.locator('.markers-panel .monaco-list-row').nth(3).waitFor();
  },
  async hover(editor) {
    await editor.press('ControlOrMeta+j', 'ControlOrMeta+b');
    await editor.openFile(violations);
    await editor.goTo(await lineOf('坐席：叫你岳父'), 10);
    await editor.press('ControlOrMeta+k', 'ControlOrMeta+i');
    await editor.hover.filter({ hasText: '《' }).waitFor();
  },
  async fix(editor) {
    await editor.press('Escape', 'ControlOrMeta+.');
    await editor.page.locator('.action-widget .monaco-list-row.action').first().waitFor();
  },
  async completion(editor) {
    await editor.press('Escape');
    await editor.openFile('新话术.huashu');
    await editor.press('ControlOrMeta+Space');
    await editor.suggestions.nth(3).waitFor();
    await editor.press('ArrowDown', 'ArrowDown');
  },
  async script(editor) {
    await editor.press('Escape', 'ControlOrMeta+b');
    await editor.openFile(complete);
    await editor.goTo(await lineOf('【确认身份】', complete));
    await editor.page.locator('.breadcrumb-item', { hasText: '确认身份' }).first().waitFor();
  },
};

async function takeAll() {
  for (const language of ['zh-CN', 'en-US']) {
    const folder = path.join(root, 'docs/pictures', language === 'zh-CN' ? 'zh-CN' : 'en');
    const look = { language, zoom: 1.25 };
    const editor = await Editor.open({ '新话术.huashu': '' }, folder, look, path.join(root, 'samples'));
    for (const [name, arrange] of Object.entries(pictures)) {
      await arrange(editor);
      await editor.picture(name);
    }
    await editor.close();
  }
}

async function drawIcon(executablePath) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
  await page.goto(`file://${path.join(root, 'client/media/icon.svg')}`);
  await page.screenshot({ path: path.join(root, 'client/media/icon.png'), omitBackground: true });
  await browser.close();
}

/** Where a text stands in a sample; counted from 1. */
async function lineOf(text, sample = violations) {
  const script = await readFile(path.join(root, 'samples', sample), 'utf8');
  return script.slice(0, script.indexOf(text)).split('\n').length;
}

await setUp();
say('正在构建并打包…', 'Building and packing…');
await runQuietly(process.execPath, ['client/package.mjs']);
await withEditor(async (env) => {
  Object.assign(process.env, env);
  await drawIcon(env.HUASHU_BROWSER);
  await takeAll();
});

// Takes the pictures of the README from the real editor, in both languages, and the icon from its drawing:
//   npm run pictures
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root, runQuietly, say, setUp } from '../../client/setup.mjs';
import { call } from './calls.ts';
import { Editor } from './editor.ts';
import { withEditor } from './environment.mjs';

const violations = '违规示例.huashu';
const complete = '信用卡逾期电话提醒.huashu';

/** A script whose author has just begun. */
const begun = '新话术.huashu';
const beginning = `---
话术: 首次电话提醒
---
【开场】 自报身份、录音告知
坐席：您好，这里是{机构}，工号{工号}，本次通话会全程录音。

`;

/** A script in which one path lets a relative hear of the debt. */
const leaking = '家人接听.huashu';

/** In the order of their taking, since each starts where the one before it ended. */
const pictures = {
  async problems(editor) {
    await editor.openFile(violations);
    await editor.goTo(placeOf('caller-identity-concealed').line);
    await editor.underlines('error').first().waitFor();
    await editor.press('ControlOrMeta+Shift+m');
    await editor.page.locator('.markers-panel .monaco-list-row').nth(3).waitFor();
  },
  async hover(editor) {
    await editor.press('ControlOrMeta+j', 'ControlOrMeta+b');
    await editor.openFile(violations);
    const { line, column } = placeOf('third-party-pressure');
    await editor.goTo(line, column);
    await editor.press('ControlOrMeta+k', 'ControlOrMeta+i');
    // First comes the finding, then the rule behind it.
    await editor.hover.locator('.hover-row').nth(1).waitFor();
  },
  async fix(editor) {
    await editor.press('Escape', 'ControlOrMeta+.');
    await editor.page.locator('.action-widget .monaco-list-row.action').first().waitFor();
  },
  async completion(editor) {
    await editor.press('Escape');
    await editor.openFile(begun);
    await editor.press('ControlOrMeta+End', 'ControlOrMeta+Space');
    await editor.suggestions.nth(3).waitFor();
    await editor.press('ControlOrMeta+Space');
    await editor.page.locator('.suggest-details-container .docs').waitFor();
  },
  async script(editor) {
    await editor.press('Escape', 'ControlOrMeta+b');
    await editor.openFile(complete);
    await editor.page.locator('.pane-header', { hasText: /大纲|Outline/ }).click();
    await editor.page.locator('.outline-tree .monaco-list-row', { hasText: '确认身份' }).first().click();
    await editor.page.locator('.monaco-breadcrumb-item', { hasText: '确认身份' }).first().waitFor();
  },
  async path(editor) {
    await editor.openFile(leaking);
    await editor.underlines('error').first().waitFor();
    const line = call.slice(0, call.indexOf('您的信用卡账单')).split('\n').length;
    await editor.goTo(line, 6);
    await editor.press('ControlOrMeta+Shift+m');
    const problems = editor.page.locator('.markers-panel .monaco-list-row');
    await problems.filter({ hasText: '非本人' }).first().waitFor();
  },
};

async function takeAll() {
  for (const language of ['zh-CN', 'en-US']) {
    const folder = path.join(root, 'docs/pictures', language === 'zh-CN' ? 'zh-CN' : 'en');
    const look = { language, zoom: 1.25 };
    const editor = await Editor.open({ [begun]: beginning, [leaking]: call }, folder, look, path.join(root, 'samples'));
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

/** Where the example of a category stands; counted from 1. */
function placeOf(category) {
  const check = ['dist/node/cli.cjs', 'check', path.join('samples', violations), '--format', 'json'];
  const { stdout } = spawnSync(process.execPath, check, { cwd: root, encoding: 'utf8' });
  const finding = JSON.parse(stdout).files[0].findings.find((each) => each.category === category);
  const { line, character } = finding.range.start;
  return { line: line + 1, column: character + 1 };
}

await setUp();
say('正在构建并打包…', 'Building and packing…');
await runQuietly(process.execPath, ['client/package.mjs']);
await withEditor(async (env) => {
  Object.assign(process.env, env);
  await drawIcon(env.HUASHU_BROWSER);
  await takeAll();
});

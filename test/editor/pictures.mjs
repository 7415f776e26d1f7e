// Takes the pictures of the README from the real editor, in both languages, and the icon from its drawing:
//   npm run pictures
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
    await editor.hover.filter({ hasText: /依据|Sources/ }).waitFor();
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
    await editor.goTo(32, 2);
    await editor.page
      .locator('.codelens-decoration', { hasText: /可能的结果|outcomes/ })
      .first()
      .waitFor();
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

/** What the steps of the walkthrough show, by their ids. */
const walkthrough = {
  async write(editor) {
    // The welcome is there as soon as the commands are.
    await editor.page.locator('.welcome-view .monaco-button').waitFor();
    await editor.press('ControlOrMeta+b');
    await editor.run(titleOf('newScript', editor.language));
    const title = editor.page.locator('.quick-input-widget .quick-input-title');
    for (const step of [1, 2, 3]) {
      await title.filter({ hasText: `(${step}/4)` }).waitFor();
      await editor.press('Enter');
    }
    await title.filter({ hasText: '(4/4)' }).waitFor();
    await editor.page.locator('.quick-input-list .monaco-list-row').nth(3).waitFor();
  },
  async finding(editor) {
    await editor.press('Escape');
    await editor.run(titleOf('practice.finding', editor.language));
    await editor.page.locator('.codelens-decoration').first().waitFor();
    await editor.press('Escape');
    await editor.run(titleOf('practice.finding', editor.language));
    await editor.hover.filter({ hasText: /依据|Sources/ }).waitFor();
  },
  async fix(editor) {
    await editor.press('Escape');
    await editor.run(titleOf('practice.fix', editor.language));
    await editor.page.locator('.action-widget .monaco-list-row.action').first().waitFor();
  },
  async rule(editor) {
    await editor.press('Escape');
    await editor.run(titleOf('practice.rule', editor.language));
    await editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe').locator('h1').waitFor();
  },
  async scenario(editor) {
    await editor.run(titleOf('practice.scenario', editor.language));
    const row = editor.page.locator('.test-explorer .monaco-list-row');
    await row.locator('.codicon-testing-passed-icon').first().waitFor();
    await row.first().locator('.monaco-tl-twistie').click();
    await row.nth(2).waitFor();
  },
  async folder(editor) {
    await editor.press('ControlOrMeta+b');
    await editor.run(titleOf('practice.finding', editor.language));
    await editor.hover.waitFor();
    await editor.press('Escape', 'ControlOrMeta+Shift+m');
    await editor.page.locator('.markers-panel .monaco-list-row').nth(3).waitFor();
  },
};

async function takeAll() {
  for (const language of ['zh-CN', 'en-US']) {
    const name = language === 'zh-CN' ? 'zh-CN' : 'en';
    const files = { [begun]: beginning, [leaking]: call };
    const samples = path.join(root, 'samples');
    await take(pictures, path.join(root, 'docs/pictures', name), files, { language, zoom: 1.25 }, samples);
    const shipped = path.join(root, 'client/media/walkthrough', name);
    await take(walkthrough, shipped, { '旧稿.txt': '' }, { language, width: 800, height: 520 });
    await shrink(shipped);
  }
}

async function take(wanted, folder, files, look, copied) {
  const editor = await Editor.open(files, folder, look, copied);
  for (const [name, arrange] of Object.entries(wanted)) {
    await arrange(editor);
    await editor.picture(name);
  }
  await editor.close();
}

/** A command as one looks for it in the palette. */
function titleOf(command, language) {
  const texts = JSON.parse(
    readFileSync(path.join(root, `package.nls${language === 'zh-CN' ? '.zh-cn' : ''}.json`), 'utf8'),
  );
  return `${texts.category}: ${texts[`command.${command}`].replace('…', '')}`;
}

/** What is shipped has to be small: the browser turns its pictures into WebP, a quarter of the size. */
async function shrink(folder) {
  const browser = await chromium.launch({ executablePath: process.env.HUASHU_BROWSER, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  for (const file of (await readdir(folder)).filter((each) => each.endsWith('.png'))) {
    const png = path.join(folder, file);
    const data = await page.evaluate(
      async (source) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
        canvas.getContext('2d').drawImage(image, 0, 0);
        return canvas.toDataURL('image/webp', 0.85);
      },
      `data:image/png;base64,${await readFile(png, 'base64')}`,
    );
    await writeFile(png.replace(/png$/, 'webp'), data.slice(data.indexOf(',') + 1), 'base64');
    await rm(png);
  }
  await browser.close();
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

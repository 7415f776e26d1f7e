// Takes the pictures and films of the README from the real editor, in both languages, and the icon from its drawing:
//   npm run pictures
//   npm run pictures -- map rehearsal     takes only these, of those that stand in the README
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root, runQuietly, say, setUp } from '../../client/setup.mjs';
import { call } from './calls.ts';
import { Editor } from './editor.ts';
import { withEditor } from './environment.mjs';
import { expectSoon } from './expectSoon.ts';
import { filmOf, webpOf } from './film.mjs';
import { standInSettings, withStandIn } from './standIn.mjs';

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

/** A call on which one line threatens. */
const rewritten = '逾期提醒.huashu';
const threat = '再不还钱，我就找人打断你的腿。';
const threatening = call
  .replace(/坐席：您的信用卡账单.*/, `坐席：${threat}`)
  .replace('谢谢您。\n', '谢谢您。\n→ 结束\n');
const rewrites = [
  '这笔账单已经过了还款日，您方便说说是什么原因吗？',
  '您的账单已经逾期，手头有困难可以告诉我，我们一起看看怎么安排。',
  '想跟您说一下这笔逾期的账单，您看哪天方便还款？也可以申请分期。',
];

/** In the order of their taking, since each starts where the one before it ended. */
const pictures = {
  async hover(editor) {
    await editor.press('ControlOrMeta+b');
    await editor.openFile(violations);
    const { line, column } = placeOf('third-party-pressure');
    await editor.goTo(line, column);
    await editor.underlines('error').first().waitFor();
    await editor.press('ControlOrMeta+k', 'ControlOrMeta+i');
    // First comes the finding, then the rule behind it.
    await editor.hover.filter({ hasText: /依据|Sources/ }).waitFor();
  },
  async path(editor) {
    await editor.press('Escape');
    await editor.openFile(leaking);
    await editor.underlines('error').first().waitFor();
    await editor.goTo(placeIn(call, '您的信用卡账单'), 6);
    await editor.press('ControlOrMeta+Shift+m');
    const problems = editor.page.locator('.markers-panel .monaco-list-row');
    await problems.filter({ hasText: '非本人' }).first().waitFor();
  },
};

/** What a language model has made of a line that may not be said. */
const rewritings = {
  async rewriting(editor) {
    await editor.press('ControlOrMeta+b');
    await editor.openFile(rewritten);
    await editor.underlines('error').first().waitFor();
    const line = threatening.slice(0, threatening.indexOf(threat)).split('\n').length;
    const rows = editor.page.locator('.quick-input-list .monaco-list-row');
    await expectSoon(async () => {
      await editor.goTo(line, 14);
      await editor.press('ControlOrMeta+.');
      const action = editor.page.locator('.action-widget .monaco-list-row.action', {
        hasText: /语言模型|language model/,
      });
      await action.click({ timeout: 3000 });
      const send = editor.page.locator('.monaco-dialog-box').getByRole('button', { name: /^(?:发送|Send)$/ });
      // A model that was agreed to once gets the line at once.
      await send.click({ timeout: 4000 }).catch(() => {});
      await rows.nth(2).waitFor({ timeout: 5000 });
    });
    await editor.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  },
};

/** An earlier version of the same script: relatives were not asked to pass anything on. */
const earlier = '家人接听（旧稿）.huashu';
const calledEarlier = call.replace('我是他爱人 → 转告', '我是他爱人 → 告辞').replace('客户（无应答） → 重复\n', '');

/** The views beside a script, one after the other as well. */
const views = {
  async map(editor) {
    await editor.press('ControlOrMeta+b');
    await editor.openFile(leaking);
    await editor.underlines('error').first().waitFor();
    await editor.run(titleOf('openMap', editor.language));
    await editor.view.locator('[role=option]').first().waitFor();
    await editor.press('ControlOrMeta+1');
    await editor.goTo(placeIn(call, '您的信用卡账单'), 6);
    await editor.view.locator('.line.on-path').first().waitFor();
    // The path that is shown is brought into view when it is chosen.
    const paths = editor.view.getByRole('combobox');
    await paths.selectOption({ index: 0 });
    await paths.selectOption({ index: 1 });
    await editor.view.locator('.line.on-path').first().waitFor();
  },
  async rehearsal(editor) {
    await editor.press('ControlOrMeta+1');
    await editor.run(titleOf('rehearse', editor.language));
    await expectSoon(async () => {
      const reply = editor.view.locator('.reply', { hasText: '非本人' }).first();
      if (await reply.isVisible()) await reply.click();
      await editor.view.locator('.finding').first().waitFor({ timeout: 3000 });
    });
  },
  async changes(editor) {
    await editor.press('ControlOrMeta+1');
    await editor.run(titleOf('showDifference', editor.language));
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: /Another script|另一份话术/ }).click();
    const input = editor.page.locator('.quick-input-widget input');
    await expectSoon(async () => {
      if (!/samples\/$/.test(await input.inputValue())) throw new Error('No folder is proposed yet.');
    });
    await input.fill(`${await input.inputValue()}${earlier}`);
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: earlier }).waitFor();
    await editor.page
      .locator('.quick-input-widget')
      .getByRole('button', { name: /Compare|比较/ })
      .click();
    await editor.view
      .getByRole('main')
      .getByText(/相比|compared with/)
      .waitFor();
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

/** Short films: `show` takes a frame that is looked at for so many milliseconds. */
const films = {
  /** A threat is typed, underlined, and mended. */
  async mending(editor, show) {
    await editor.openFile(complete);
    await editor.press('ControlOrMeta+b');
    await editor.goTo(58);
    // The line is long enough to be shown as two.
    await editor.press('End', 'End', 'Enter');
    await show(900);
    for (const part of ['坐席：', '今天', '再不', '处理', '，我们', '就去', '您单位', '找您', '领导', '谈。']) {
      await editor.type(part);
      await show(140);
    }
    await editor.underlines('error').first().waitFor();
    await show(1600);
    await editor.press('Home', ...Array(8).fill('ArrowRight'));
    await editor.waitForPosition(59, 9);
    await expectSoon(async () => {
      await editor.press('ControlOrMeta+.');
      await editor.page.locator('.action-widget .monaco-list-row.action').first().waitFor({ timeout: 3000 });
    });
    await show(2200);
    await editor.press('Enter');
    await editor.underlines('error').first().waitFor({ state: 'detached' });
    await editor.press('End');
    await show(3200);
  },
  /** A standard step by the first letters of its pinyin, and what comes next by Tab. */
  async writing(editor, show) {
    await editor.openFile(begun);
    await editor.press('ControlOrMeta+b', 'ControlOrMeta+End');
    // The language server is there once it shows something.
    await editor.page.locator('.codelens-decoration').first().waitFor();
    await show(900);
    for (const letter of 'qrsf') {
      await editor.press(letter);
      await show(160);
    }
    await editor.suggestions.filter({ hasText: '确认身份' }).first().waitFor();
    await show(1500);
    await editor.press('Enter');
    await editor.line('【确认身份】').waitFor();
    await show(2600);
    await editor.press('Escape', 'ControlOrMeta+End', 'Enter');
    await editor.ghost.first().waitFor();
    await show(1500);
    await editor.press('Tab');
    await editor.ghost.first().waitFor({ state: 'detached' });
    await show(3200);
  },
};

/** The pictures that are asked for; all of everything, if there are none. */
const wanted = process.argv.slice(2);

async function takeAll() {
  for (const language of ['zh-CN', 'en-US']) {
    const name = language === 'zh-CN' ? 'zh-CN' : 'en';
    const files = { [begun]: beginning, [leaking]: call };
    const samples = path.join(root, 'samples');
    const folder = path.join(root, 'docs/pictures', name);
    await take(chosen(pictures), folder, files, { language, zoom: 1.25 }, samples);
    const versions = { [leaking]: call, [earlier]: calledEarlier };
    await take(chosen(views), folder, versions, { language, height: 760 });
    if (wanted.length > 0) continue;
    await film(films, folder, { [begun]: beginning }, { language, zoom: 1.25, width: 1000, height: 560 }, samples);
    const shipped = path.join(root, 'client/media/walkthrough', name);
    await take(walkthrough, shipped, { '旧稿.txt': '' }, { language, width: 800, height: 520 });
  }
}

/** What is asked for on the command line, and all in front of it, since each starts where the one before it ended. */
function chosen(all) {
  const names = Object.keys(all);
  const last = wanted.length === 0 ? names.length - 1 : names.findLastIndex((name) => wanted.includes(name));
  return Object.fromEntries(names.slice(0, last + 1).map((name) => [name, all[name]]));
}

/** Takes pictures, each of which starts where the one before it ended. */
async function take(arranged, folder, files, look, copied) {
  if (Object.keys(arranged).length === 0) return;
  const editor = await Editor.open(files, folder, look, copied);
  for (const [name, arrange] of Object.entries(arranged)) {
    await arrange(editor);
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await writeFile(path.join(folder, `${name}.webp`), await webpOf(editor, await editor.page.screenshot()));
  }
  await editor.close();
}

async function film(played, folder, files, look, copied) {
  for (const [name, play] of Object.entries(played)) {
    const editor = await Editor.open(files, folder, look, copied);
    await editor.page.addStyleTag({ content: '.editor-actions { visibility: hidden }' });
    const frames = [];
    await play(editor, async (duration) => {
      // The text alone: numbers in the status bar and marks beside the text would make every frame a whole picture.
      const { x, y, width, height } = await editor.page.locator('.part.editor').boundingBox();
      const png = await editor.page.screenshot({ clip: { x, y, width: width - 16, height } });
      frames.push({ png, duration });
    });
    await writeFile(path.join(folder, `${name}.webp`), await filmOf(editor, frames));
    await editor.close();
  }
}

/** A command as one looks for it in the palette. */
function titleOf(command, language) {
  const texts = JSON.parse(
    readFileSync(path.join(root, `package.nls${language === 'zh-CN' ? '.zh-cn' : ''}.json`), 'utf8'),
  );
  return `${texts.category}: ${texts[`command.${command}`].replace('…', '')}`;
}

async function drawIcon(executablePath) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
  await page.goto(`file://${path.join(root, 'client/media/icon.svg')}`);
  await page.screenshot({ path: path.join(root, 'client/media/icon.png'), omitBackground: true });
  await browser.close();
}

/** The line on which some words stand; counted from 1. */
function placeIn(script, words) {
  return script.slice(0, script.indexOf(words)).split('\n').length;
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
  if (wanted.length === 0) await drawIcon(env.HUASHU_BROWSER);
  await takeAll();
});
await withEditor(
  async (env) => {
    Object.assign(process.env, env);
    if (Object.keys(chosen(rewritings)).length === 0) return;
    const model = standInSettings(['good'], JSON.stringify(rewrites));
    const files = { [rewritten]: threatening, '.vscode/settings.json': model };
    for (const [name, language] of [
      ['zh-CN', 'zh-CN'],
      ['en', 'en-US'],
    ])
      await take(chosen(rewritings), path.join(root, 'docs/pictures', name), files, { language, zoom: 1.25 });
  },
  await withStandIn(),
);

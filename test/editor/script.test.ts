import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const reminder = `---
话术: 首次电话提醒
变量:
  客户称呼: {类型: 称谓, 样例: 王先生}
---
【开场】 自报身份、录音告知
坐席：您好，这里是某某银行信用卡中心，工号{工号}，本次通话将被录音。

【确认身份】
坐席：请问是{客户称呼}本人吗？
客户（是本人）：是我／我就是 → 说明目的
客户（非本人）：打错了 → 结束通话
客户（无应答） → 重复
客户（其他） → 结束通话

【说明目的】
　坐席：您的信用卡账单已经逾期，会按合约产生违约金，方便说说没能按时还款的原因吗？您看哪天方便还款？也可以申请分期。有疑问请拨打{客服电话}。
坐席：今天再不还钱，就打断你的腿。

【结束通话】
坐席：感谢您的接听，再见。
→ 结束

【随时】
客户（有异议）：金额不对 → 转人工
客户（有困难）：我失业了 → 转人工
客户（要投诉）：我要投诉 → 转人工
客户（要求停止联系）：别再打了 → 转人工
客户（情绪危机）：不想活了 → 转人工
`;

const training = `---
话术: 培训反例
---
【反例】
坐席：您别啰嗦了，我没空听。
→ 结束
`;

const pictures = path.resolve('out/screenshots/script');

suite('a script in VS Code', function () {
  this.timeout(60_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    const files = {
      '提醒.huashu': reminder,
      '培训.huashu': training,
      '新建.huashu': '',
      '短信.话术': '【提醒】\n坐席：请核对\u00a0账单。\n→ 结束\n',
    };
    editor = await Editor.open(files, pictures, { language: 'zh-CN' });
  });

  suiteTeardown(() => editor?.close());

  // A picture of how things stood is worth more than the message alone.
  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  test('opens in its language, with its colours', async () => {
    await editor.openFile('提醒.huashu');
    await editor.page.locator('#status\\.editor\\.mode', { hasText: 'Huashu' }).waitFor();
    await expectSoon(async () => {
      const heading = await editor.colours('【确认身份】');
      const speech = await editor.colours('坐席：请问是');
      const colours = new Set([...heading, ...speech].map(({ colour }) => colour));
      assert.ok(
        colours.size >= 4,
        `Expected the heading, the role, the speech and the variable apart: ${[...colours]}`,
      );
    });
    await editor.picture('1 opened');
  });

  test('leaves full-width punctuation alone, and shows characters that nobody sees', async () => {
    const boxes = editor.page.locator('.editor-instance .unicode-highlight');
    assert.equal(await boxes.count(), 0);
    await editor.openFile('短信.话术');
    await editor.page.locator('#status\\.editor\\.mode', { hasText: 'Huashu' }).waitFor();
    await expectSoon(async () => assert.equal(await boxes.count(), 1));
  });

  test('underlines a threat', async () => {
    await editor.openFile('提醒.huashu');
    await editor.underlines('error').first().waitFor();
    await editor.picture('2 threat underlined');
  });

  test('explains it, with its source in law', async () => {
    await editor.goTo(threatLine, threatColumn);
    await editor.press('ControlOrMeta+k', 'ControlOrMeta+i');
    await editor.hover.filter({ hasText: '《' }).waitFor();
    await editor.picture('3 hover');
  });

  test('leads from there to the page of the rule, ready to read', async () => {
    await editor.hover.locator('a', { hasText: 'cn/no-threat-of-violence' }).click();
    const page = editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe').locator('h1');
    await page.filter({ hasText: '威胁' }).waitFor();
    await editor.openFile('提醒.huashu');
  });

  test('offers a way out, which ends the problem', async () => {
    await editor.goTo(threatLine, threatColumn);
    await editor.press('ControlOrMeta+.');
    const fixes = editor.page.locator('.action-widget .monaco-list-row.action');
    await fixes.first().waitFor();
    await editor.picture('4 quick fix');
    await editor.press('Enter');
    await fixes.first().waitFor({ state: 'detached' });
    await editor.line('打断你的腿').waitFor({ state: 'detached' });
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 0, warnings: 0 }));
    await editor.picture('5 fixed');
  });

  test('goes from a jump to its target', async () => {
    const line = lineOf('→ 说明目的');
    await editor.goTo(line, columnOf(line, '说明目的'));
    await editor.press('F12');
    await editor.waitForPosition(lineOf('【说明目的】'));
    await editor.picture('6 definition');
  });

  test('writes a whole step from its name', async () => {
    await editor.openFile('新建.huashu');
    await editor.press('ControlOrMeta+Space');
    await editor.suggestions.first().waitFor();
    await editor.type('确认身份');
    await editor.suggestions.and(editor.page.locator('.focused')).filter({ hasText: '确认身份' }).waitFor();
    await editor.picture('7 completion');
    await editor.press('Enter');
    await editor.line('【确认身份】').waitFor();
    const text = await editor.text();
    assert.match(text, /坐席：/);
    assert.match(text, /客户（是本人）/);
    // That nobody has said yet who calls is all that is wrong with a call of this one step.
    await expectSoon(async () => assert.equal((await editor.problems()).errors, 0));
    await editor.picture('8 step written');
  });

  test('takes a suppression with its reason', async () => {
    await editor.openFile('培训.huashu');
    await editor.underlines('warning').first().waitFor();
    await editor.goTo(lineOf('坐席', training));
    await editor.press('ControlOrMeta+Shift+Enter');
    await editor.type('豁免：');
    await editor.press('ControlOrMeta+Space');
    await editor.suggestions.first().waitFor();
    await editor.type('cn/no-impatience');
    await editor.suggestions.and(editor.page.locator('.focused')).filter({ hasText: 'cn/no-impatience' }).waitFor();
    await editor.picture('9 suppression');
    await editor.press('Enter');
    await editor.line('豁免：cn/no-impatience').waitFor();
    await editor.press('End');
    await editor.type('，原因：内部培训用的反例');
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 0, warnings: 0 }));
    await editor.picture('10 suppressed');
  });

  test('is checked again after a restart', async () => {
    await editor.openFile('短信.话术');
    await editor.goTo(2, 4);
    await editor.type('你这个老赖，');
    await editor.underlines('error').first().waitFor();
    await editor.run('重新启动语言服务');
    await editor.press('ControlOrMeta+z');
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 0, warnings: 0 }));
    await editor.press('ControlOrMeta+Shift+z');
    await editor.underlines('error').first().waitFor();
  });

  test('is explained in English where that is the display language', async () => {
    await editor.close();
    editor = await Editor.open({ '提醒.huashu': reminder }, pictures, { language: 'en-US' });
    await editor.openFile('提醒.huashu');
    await editor.underlines('error').first().waitFor();
    await editor.goTo(threatLine, threatColumn);
    await editor.press('ControlOrMeta+k', 'ControlOrMeta+i');
    await editor.hover.filter({ hasText: /\bArticle\b|\bart\b|\bsource/i }).waitFor();
    await editor.picture('11 hover in English');
  });
});

const threatLine = lineOf('打断你的腿');
const threatColumn = columnOf(threatLine, '打断');

/** Counted from 1, as the editor shows it. */
function lineOf(text: string, script = reminder): number {
  return script.slice(0, script.indexOf(text)).split('\n').length;
}

function columnOf(line: number, text: string): number {
  return reminder.split('\n')[line - 1]!.indexOf(text) + 1;
}

import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const pictures = path.resolve('out/screenshots/completion');

const head = '---\n渠道: 电话\n阶段: M1\n---\n';

suite('completion in VS Code', function () {
  this.timeout(90_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    const files = {
      '逐步.huashu': head,
      '输入法.huashu': head,
      '空白.huashu': '',
      '台词.huashu': `${head}\n【确认身份】\n坐席：请问是王先生吗？\n`,
    };
    editor = await Editor.open(files, pictures, { language: 'zh-CN' });
    // From here on the language server answers.
    await editor.openFile('台词.huashu');
    await editor.underlines('warning').first().waitFor();
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  const focused = (text: string): Locator =>
    editor.suggestions.and(editor.page.locator('.focused')).filter({ hasText: text });

  /** As an input method puts in what was composed: a word at once, without a key, and not faster than anybody composes. */
  const composed = async (text: string): Promise<void> => {
    await editor.page.waitForTimeout(400);
    await editor.page.keyboard.insertText(text);
  };

  async function toEnd(): Promise<void> {
    await editor.press('Escape', 'ControlOrMeta+End');
  }

  test('letters of the pinyin and Enter write a step', async () => {
    await editor.openFile('逐步.huashu');
    await toEnd();
    await editor.type('qrsf');
    await focused('确认身份').waitFor();
    await editor.picture('1 initials');
    await editor.press('Enter');
    await editor.line('【确认身份】').waitFor();
    assert.doesNotMatch(await editor.text(), /qrsf/);
    await editor.picture('2 step from initials');
  });

  test('the next step that is missing comes first, and the branches lead to it', async () => {
    await toEnd();
    await editor.press('ControlOrMeta+Space');
    await focused('非本人接听').waitFor();
    await editor.picture('3 what is missing');
    await editor.press('Enter');
    await editor.line('→ 非本人接听').first().waitFor();
    await editor.picture('4 led to the new node');
  });

  test('words that an input method puts in find their items', async () => {
    await editor.openFile('输入法.huashu');
    await toEnd();
    await composed('确认');
    await focused('确认身份').waitFor();
    await editor.picture('5 composed');
    await composed('身份');
    await focused('确认身份').waitFor();
    await editor.press('Enter');
    await editor.line('客户（是本人）').waitFor();
    await toEnd();
    await composed('qr身份');
    await focused('确认身份').waitFor();
    await editor.press('Escape');
  });

  test('a sentence of one’s own is left alone', async () => {
    await editor.openFile('台词.huashu');
    await toEnd();
    await composed('坐席：');
    await composed('今天天气不错');
    await composed('，我们改天再聊');
    await editor.page.waitForTimeout(800);
    assert.equal(await editor.suggestions.count(), 0);
    await editor.press('Enter');
    await editor.line('我们改天再聊').waitFor();
  });

  test('compliant sentences complete what the agent begins to say', async () => {
    await composed('坐席：');
    await composed('请问');
    await focused('请问').waitFor();
    await editor.picture('6 phrases');
    await editor.press('Enter');
    await editor.line('本人吗？').waitFor();
    await editor.press('Enter');
  });

  test('what is shown greyed comes first, and behind it all the missing replies as one choice', async () => {
    await editor.press('ControlOrMeta+Space');
    await focused('客户（是本人）').waitFor();
    await editor.press('ArrowDown');
    await focused('补上：').waitFor();
    await editor.picture('7 missing replies');
    await editor.press('Enter');
    await editor.line('客户（无应答）').waitFor();
  });

  test('a whole script from an empty file, by keys alone', async () => {
    await editor.openFile('空白.huashu');
    await editor.press('ControlOrMeta+Space');
    await focused('话术头').waitFor();
    await editor.picture('8 empty file');
    await editor.press('Enter');
    await editor.line('渠道: 电话').waitFor();
    for (const name of steps) {
      await toEnd();
      // What is shown as ghost text is what the editor selects, where it has come before the list; it goes when it is sent away.
      await expectSoon(async () => {
        await editor.press('Escape', 'Escape', 'ControlOrMeta+Space');
        await focused(name).waitFor({ timeout: 2000 });
      });
      await editor.press('Enter');
      await editor.suggestions.first().waitFor({ state: 'detached' });
      await editor.line(`【${name}】`).first().waitFor();
    }
    await editor.press('Escape');
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 0, warnings: 0 }));
    await editor.picture('9 whole script');
    await editor.press('ControlOrMeta+Home');
    await editor.picture('10 whole script from its beginning');
  });
});

const steps = [
  '自报身份',
  '录音告知',
  '确认身份',
  '非本人接听',
  '说明目的',
  '了解原因',
  '提醒逾期费用',
  '探讨还款计划',
  '提供其他还款途径',
  '建立沟通渠道',
  '复述约定',
  '异议受理',
  '困难关怀',
  '停止联系',
  '特殊关怀',
  '结束通话',
];

import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const pack = `pack: our-bank
version: 1.0.0
title: { zh: 本行话术, en: Our bank }
prefix: our
sources:
  OUR-1:
    document: { zh: 《本行话术规范》, en: House style }
    binding: practice
    evidence: general
    gist: { zh: 称呼客户用“您”, en: Address customers politely }
rules:
  - id: our/no-nickname
    category: unprofessional-tone
    severity: warning
    title: { zh: 不用昵称, en: No nicknames }
    message: { zh: 请改用“您”。, en: Say 您. }
    why: { zh: 本行规范。, en: House style. }
    sources: [OUR-1]
    match: [(亲爱的|宝贝)]
    examples:
      bad: [⟦亲爱的⟧，您的账单出来了。, 这位⟦宝贝⟧客户。, 帅哥，在吗？]
      good: [您好，王先生。, 您的账单出来了。, 请问有空吗？]
`;

const configuration = `packs: [cn-credit-card, ./rules/本行.yaml]
rules:
  our/no-nickname: error
`;

const pictures = path.resolve('out/screenshots/pack');

suite('a rule pack in VS Code', function () {
  this.timeout(60_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    const files = {
      'rules/本行.yaml': pack,
      'huashu.yaml': configuration,
      '问候.huashu': '【开场】\n坐席：亲爱的，您好。\n→ 结束\n',
    };
    editor = await Editor.open(files, pictures, { language: 'zh-CN' });
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  test('an example that fails is marked where it stands', async () => {
    await editor.openFile('本行.yaml');
    await editor.underlines('error').first().waitFor();
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 1, warnings: 0 }));
    await editor.picture('1 failing example');
  });

  test('what a key means is said where it stands', async () => {
    await editor.goTo(lineOf('    match:'), 6);
    await editor.press('ControlOrMeta+k', 'ControlOrMeta+i');
    await editor.hover.filter({ hasText: '表达式' }).waitFor();
    await editor.picture('2 hover on a key');
    await editor.press('Escape');
  });

  test('a pattern that finds the example mends it, also for scripts, before anything is saved', async () => {
    const line = lineOf('    match:');
    await editor.goTo(line, '    match: [(亲爱的|宝贝'.length + 1);
    await editor.type('|帅哥');
    await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 0, warnings: 0 }));
    await editor.openFile('问候.huashu');
    await editor.underlines('error').first().waitFor();
    await editor.picture('3 rule of the pack in a script');
  });

  test('the configuration offers the categories and the rules', async () => {
    await editor.openFile('huashu.yaml');
    await editor.goTo(3);
    await editor.press('End', 'Enter');
    await editor.type('unprof');
    await editor.press('ControlOrMeta+Space');
    await editor.suggestions.filter({ hasText: 'unprofessional-tone' }).first().waitFor();
    await editor.picture('4 completion in huashu.yaml');
  });
});

/** Counted from 1, as the editor shows it. */
function lineOf(text: string): number {
  return pack.slice(0, pack.indexOf(text)).split('\n').length;
}

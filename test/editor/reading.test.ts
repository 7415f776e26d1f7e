import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const script = `---
渠道: 电话
角色: {小王: 坐席}
变量:
  逾期天数: {类型: 整数, 样例: 12}
---
【开场】 录音告知
小王：您好，本次通话会录音。

【我们的节】
坐席：已逾期{逾期天数}天。
若：逾期天数 > 60 → 我们的节
客户（愿意还款） → 没有这节
客户（有困难） → 开场
客户（其他）
坐席：好的。
结束：改日再谈

用例：一次
客户说：其他
期望：改日再谈
`;

const settings = { 'editor.linkedEditing': true, 'huashu.codeLens': false, 'huashu.inlayHints': false };

for (const language of ['zh-CN', 'en-US'] as const) {
  const zh = language === 'zh-CN';
  const pictures = path.resolve('out/screenshots/reading', language);

  suite(`reading a script in VS Code, ${language}`, function () {
    this.timeout(60_000);
    let editor: Editor;

    suiteSetup(async () => {
      await rm(pictures, { recursive: true, force: true });
      const theme = zh ? 'Default Dark Modern' : 'Default Light Modern';
      const files = {
        '提醒.huashu': script,
        '.vscode/settings.json': JSON.stringify({ ...settings, 'workbench.colorTheme': theme }),
      };
      editor = await Editor.open(files, pictures, { language });
      await editor.openFile('提醒.huashu');
      await editor.underlines('error').first().waitFor();
    });

    suiteTeardown(() => editor?.close());

    teardown(async function () {
      const { state, title } = this.currentTest ?? {};
      if (state === 'failed') await editor?.picture(`failed ${title}`);
    });

    const placeOf = (word: string): [number, number] => {
      const before = script.slice(0, script.indexOf(word)).split('\n');
      return [before.length, before.at(-1)!.length + 1];
    };

    async function hoverOn(word: string, told: string): Promise<void> {
      await editor.goTo(...placeOf(word));
      await editor.press('ControlOrMeta+k', 'ControlOrMeta+i');
      await editor.hover.filter({ hasText: told }).waitFor();
      await editor.picture(`hover ${word.trim()}`);
      await editor.press('Escape');
    }

    test('a condition, a variable, a value and a step say what they are', async () => {
      await hoverOn(
        '若：',
        zh ? '“逾期天数”大于 60 时，转到【我们的节】' : 'When “逾期天数” is greater than 60, it goes on at [我们的节]',
      );
      await hoverOn('逾期天数}天', zh ? '已逾期12天' : 'With the samples');
      await hoverOn('电话\n', zh ? '坐席拨打的电话' : 'Calls made by agents');
      await hoverOn('录音告知\n', zh ? '标准步骤：录音告知' : 'Standard step: Recording notice');
    });

    test('standard steps, declared roles and what nothing defines have colours of their own', async () => {
      const colourIn = async (line: string, word: string): Promise<string | undefined> =>
        (await editor.colours(line)).find(({ text }) => text.includes(word))?.colour;
      await expectSoon(async () => {
        const [standard, own] = [await colourIn('【开场】', '开场'), await colourIn('【我们的节】', '我们的节')];
        assert.ok(standard && own && standard !== own, `${standard} ${own}`);
        const [declared, builtin] = [await colourIn('小王：', '小王'), await colourIn('坐席：已', '坐席')];
        assert.equal(declared, builtin);
        const [nowhere, somewhere] = [await colourIn('愿意还款', '没有这节'), await colourIn('有困难', '开场')];
        assert.ok(nowhere && somewhere && nowhere !== somewhere, `${nowhere} ${somewhere}`);
      });
      await editor.picture('colours');
    });

    test('the outline reads like a table of contents', async () => {
      await editor.goTo(...placeOf('愿意还款'));
      await editor.page.locator('.pane-header', { hasText: zh ? '大纲' : 'Outline' }).click();
      const rows = editor.page.locator('.outline-tree .monaco-list-row');
      await rows.filter({ hasText: '愿意还款' }).waitFor();
      const breadcrumbs = editor.page.locator('.monaco-breadcrumb-item');
      await breadcrumbs.filter({ hasText: '愿意还款' }).waitFor();
      const shown = (await rows.allTextContents()).map((row) => row.replace(/\s+/g, ' ').trim());
      assert.match(shown[0]!, zh ? /^开场 ?自报身份、录音告知/ : /^开场 ?Identify yourself, Recording notice/);
      assert.match(shown.find((row) => row.startsWith('愿意还款')) ?? '', /→ 没有这节/);
      await editor.picture('outline');
    });

    test('a heading that is changed takes the jumps to it along', async () => {
      await editor.goTo(...placeOf('的节】'));
      // The names are linked once they are marked.
      await editor.page.locator('.editor-instance .linked-editing-decoration').first().waitFor();
      await editor.type('自己');
      await editor.line('→ 我们自己的节').waitFor();
      await editor.line('【我们自己的节】').waitFor();
      await editor.picture('linked');
    });
  });
}

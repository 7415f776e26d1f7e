import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { tools } from '../../server/src/assist/index.ts';
import { Editor } from './editor.ts';
import { withEditor } from './environment.mjs';
import { expectSoon } from './expectSoon.ts';
import { standInSettings, withStandIn } from './standIn.mjs';

const pictures = path.resolve('out/screenshots/assistants');

const script = `---
话术: 逾期提醒
渠道: 电话
变量:
  客户称呼: {类型: 称谓, 样例: 王大明}
---
【开场】
坐席：您好，这里是某某银行信用卡中心，工号{工号}，本次通话会录音。
坐席：请问是{客户称呼}本人吗？
客户（是本人）：是我 → 说明目的
客户（其他） → 告辞

【说明目的】
# 内部备注
坐席：再不还钱，我就找人打断你的腿。
客户（愿意还款）：好的 → 告辞
客户（其他） → 告辞

【告辞】
坐席：好的，谢谢您，再见。
结束：完成
`;

const threat = '再不还钱，我就找人打断你的腿。';
const clean = '您现在方便说说这次没能按时还款的原因吗？';
const long =
  '这笔账单已经过了还款日，您方便说说是什么原因吗？手头有困难可以告诉我，我替您登记协商申请，我们一起看看怎么安排比较合适。';
const answer = `以下是改写：\n${JSON.stringify([clean, long, '逾期会产生滞纳金，您看怎么办？', threat])}`;

const lineNumber = script.slice(0, script.indexOf(threat)).split('\n').length;

const settings = (models: readonly string[], more?: object): string => standInSettings(models, answer, more);

suite('language models in VS Code', function () {
  this.timeout(300_000);
  suiteSetup(() => rm(pictures, { recursive: true, force: true }));

  /** Runs `use` in a window of an editor that has, or may have, models. */
  async function inEditor(
    models: readonly string[],
    language: 'zh-CN' | 'en-US',
    use: (editor: Editor) => Promise<void>,
  ): Promise<void> {
    await withEditor(
      async ({ HUASHU_EDITOR: address }) => {
        const files = { '提醒.huashu': script, '.vscode/settings.json': settings(models) };
        const editor = await Editor.open(files, pictures, { language, address });
        try {
          await use(editor);
        } catch (error) {
          await editor.picture(`failed ${language}`);
          throw error;
        } finally {
          await editor.close();
        }
      },
      await withStandIn(),
    );
  }

  const action = (editor: Editor, text: string): Locator =>
    editor.page.locator('.action-widget .monaco-list-row.action', { hasText: text });

  async function openMenu(editor: Editor): Promise<void> {
    await editor.goTo(lineNumber, 14);
    await expectSoon(async () => {
      await editor.press('ControlOrMeta+.');
      await action(editor, '改为').or(action(editor, 'Say instead')).first().waitFor({ timeout: 3000 });
    });
  }

  /** Chooses the quick-fix until something comes of it: a menu that is drawn again under the mouse takes no click. */
  async function askForRewrite(editor: Editor, comes: Locator): Promise<void> {
    await expectSoon(async () => {
      await openMenu(editor);
      await action(editor, rewriting).click({ timeout: 3000 });
      await comes.waitFor({ timeout: 5000 });
    }, 40_000);
  }

  const exists = async (editor: Editor, name: string): Promise<boolean> =>
    editor.read(name).then(
      () => true,
      () => false,
    );

  const rewriting = '用编辑器的语言模型改写这句话';
  const rows = (editor: Editor): Locator => editor.page.locator('.quick-input-list .monaco-list-row');
  const dialog = (editor: Editor): Locator => editor.page.locator('.monaco-dialog-box');
  const notification = (editor: Editor, text: string): Locator =>
    editor.page.locator('.notification-toast', { hasText: text });

  test('a line is rewritten by the model of the user, when the user asks for it, and changed when the user takes one', () =>
    inEditor(['good'], 'zh-CN', async (editor) => {
      await editor.openFile('提醒.huashu');
      await editor.underlines('error').first().waitFor();
      await openMenu(editor);
      await action(editor, rewriting).waitFor();
      await editor.picture('1 offered');
      await editor.press('Escape');
      // Before anything is sent, the user sees to whom.
      await askForRewrite(editor, dialog(editor).filter({ hasText: 'Stand-in good' }));
      await editor.picture('2 asked first');
      assert.equal(await exists(editor, 'sent-1.txt'), false);
      await dialog(editor).getByRole('button', { name: '发送', exact: true }).click();
      // The editor itself asks whether an extension may use the models of another one.
      const allow = dialog(editor).getByRole('button', { name: /^(允许|Allow)$/ });
      await rows(editor).filter({ hasText: clean }).or(allow).first().waitFor();
      if (await allow.isVisible()) await allow.click();
      await rows(editor).filter({ hasText: clean }).waitFor();
      assert.equal(await rows(editor).count(), 2);
      await editor.picture('3 rewrites with preview');
      const sent = (await editor.read('sent-1.txt')).toString();
      assert.ok(sent.includes(threat) && sent.includes('客户（愿意还款）：好的 → 告辞'), sent);
      assert.doesNotMatch(sent, /王大明|内部备注|本次通话会录音|谢谢您，再见/);
      // Nothing has changed yet, nor does it when the list is left.
      await editor.line(threat).waitFor();
      await editor.press('Escape');
      await rows(editor).first().waitFor({ state: 'hidden' });
      await editor.line(threat).waitFor();
      await askForRewrite(editor, rows(editor).filter({ hasText: clean }));
      await rows(editor).filter({ hasText: clean }).click();
      await editor.line(`坐席：${clean}`).waitFor();
      await editor.line(threat).waitFor({ state: 'detached' });
      await editor.picture('4 taken');
      await editor.press('ControlOrMeta+z');
      await editor.line(threat).waitFor();
      // What is too long for the list is shown as a whole before it is taken.
      await askForRewrite(editor, rows(editor).filter({ hasText: long.slice(0, 20) }));
      await rows(editor)
        .filter({ hasText: long.slice(0, 20) })
        .click();
      await dialog(editor).filter({ hasText: long }).waitFor();
      await editor.picture('11 long');
      await editor.line(threat).waitFor();
      await dialog(editor).getByRole('button', { name: '替换', exact: true }).click();
      await editor.line(threat).waitFor({ state: 'detached' });
    }));

  test('of several models one is chosen; one that fails, hangs or talks rubbish is told of', () =>
    inEditor(['good', 'failing', 'slow'], 'zh-CN', async (editor) => {
      const choose = async (model: string): Promise<void> => {
        await rows(editor)
          .filter({ hasText: `Stand-in ${model}` })
          .click();
        const send = dialog(editor).getByRole('button', { name: '发送', exact: true });
        const allow = dialog(editor).getByRole('button', { name: /^(允许|Allow)$/ });
        await send.waitFor();
        await send.click();
        await allow.click({ timeout: 3000 }).catch(() => {});
      };
      await editor.openFile('提醒.huashu');
      await editor.underlines('error').first().waitFor();
      await askForRewrite(editor, rows(editor).filter({ hasText: 'Stand-in failing' }));
      await editor.picture('5 which model');
      await choose('failing');
      await notification(editor, 'Stand-in failing 没有回答').waitFor();
      await editor.picture('6 model failed');
      await editor.run('Notifications: Clear All Notifications');
      // The choice is kept, and can be changed: by another set of models the one that was chosen is gone.
      await editor.write('.vscode/settings.json', settings(['slow']));
      await askForRewrite(editor, dialog(editor).filter({ hasText: 'Stand-in slow' }));
      await dialog(editor).getByRole('button', { name: '查看发送的内容' }).click();
      await editor.line('请改写催收话术里的一句话').waitFor();
      await editor.picture('7 what is sent');
      assert.equal(await exists(editor, 'sent-2.txt'), false);
      await editor.openFile('提醒.huashu');
      await askForRewrite(editor, dialog(editor).filter({ hasText: 'Stand-in slow' }));
      await dialog(editor).getByRole('button', { name: '发送', exact: true }).click();
      await dialog(editor)
        .getByRole('button', { name: /^(允许|Allow)$/ })
        .click({ timeout: 3000 })
        .catch(() => {});
      const progress = notification(editor, 'Stand-in slow 正在改写');
      await progress.waitFor();
      await editor.picture('8 waiting');
      await progress.getByRole('button', { name: /取消|Cancel/ }).click();
      await progress.waitFor({ state: 'detached' });
      await expectSoon(async () => assert.ok(await exists(editor, 'cancelled.txt')));
      await editor.write('.vscode/settings.json', standInSettings(['good'], '对不起，我不能帮助您。'));
      await askForRewrite(editor, dialog(editor).filter({ hasText: 'Stand-in good' }));
      await dialog(editor).getByRole('button', { name: '发送', exact: true }).click();
      await notification(editor, '没有可以用作台词的话').waitFor();
      await editor.picture('9 rubbish');
      await editor.line(threat).waitFor();
      // Turned off, it is not offered.
      await editor.write('.vscode/settings.json', settings(['good'], { 'huashu.rewriteWithModel': false }));
      await expectSoon(async () => {
        await openMenu(editor);
        const offered = await action(editor, rewriting).count();
        // A menu that stays open takes the next keys for a choice.
        await editor.press('Escape');
        assert.equal(offered, 0);
      });
    }));

  test('without a model nothing is missing; and models ask our tools', () =>
    inEditor([], 'en-US', async (editor) => {
      await editor.openFile('提醒.huashu');
      await editor.underlines('error').first().waitFor();
      await openMenu(editor);
      assert.equal(await action(editor, 'Rewrite this line').count(), 0);
      await editor.picture('10 no model');
      await editor.press('Escape');
      assert.equal(await editor.page.locator('.notification-toast').count(), 0);

      const call = async (tool: string, input: object): Promise<{ tools: { name: string }[]; said: string }> => {
        await editor.write('.vscode/settings.json', settings([], { 'standIn.call': { tool, input } }));
        await editor.write('called.json', '');
        let called: { tools: { name: string }[]; said: string } | undefined;
        // The settings of a folder are read again some time after they are written.
        await expectSoon(async () => {
          await editor.run('Stand-in: Call a Tool');
          await expectSoon(async () => {
            const read = JSON.parse((await editor.read('called.json')).toString());
            assert.deepEqual([read.tool, read.input], [tool, input]);
            called = read;
          }, 3000);
        }, 30_000);
        return called ?? assert.fail();
      };
      const rule = await call('huashu_explain_rule', { rule: 'cn/no-threat-of-violence' });
      assert.deepEqual(
        rule.tools.flatMap(({ name }) => (name.startsWith('huashu_') ? [name] : [])).sort(),
        tools.map(({ name }) => name).sort(),
      );
      assert.match(rule.said, /^cn\/no-threat-of-violence · Do not threaten violence/);
      assert.match((await call('huashu_check_script', { path: '提醒.huashu' })).said, /^提醒\.huashu: 1 file checked/);
      assert.match((await call('huashu_check_script', { path: '../x.huashu' })).said, /There is no script/);
    }));
});

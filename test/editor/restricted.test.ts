import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Editor } from './editor.ts';
import { withEditor } from './environment.mjs';
import { expectSoon } from './expectSoon.ts';

const pictures = path.resolve('out/screenshots/restricted');

const files = {
  'huashu.yaml': 'rules:\n  threat-violence: warning\n',
  '首催.huashu': '【开场】\n坐席：再挂电话我就找人打断你的腿。\n→ 公共/告别\n',
  '公共.huashu': '【告别】\n坐席：再见。\n→ 结束\n',
};

suite('Restricted Mode', function () {
  this.timeout(120_000);
  suiteSetup(() => rm(pictures, { recursive: true, force: true }));

  test('a folder that nobody trusts is checked by its own configuration, mended and walked through', () =>
    withEditor(
      async ({ HUASHU_EDITOR: address }) => {
        const editor = await Editor.open(files, pictures, { language: 'zh-CN', address });
        try {
          await editor.page.locator('#status\\.workspaceTrust').waitFor();
          await editor.openFile('首催.huashu');
          await expectSoon(async () => assert.deepEqual(await editor.problems(), { errors: 0, warnings: 1 }));
          await editor.picture('1 checked');
          assert.equal(await editor.page.locator('.editor-instance .unicode-highlight').count(), 0);
          await editor.goTo(3, 7);
          await editor.press('F12');
          await editor.page.locator('.tab.active[data-resource-name="公共.huashu"]').waitFor();
          await editor.openFile('首催.huashu');
          await editor.goTo(2, 12);
          await expectSoon(async () => {
            await editor.press('ControlOrMeta+.');
            await editor.page.locator('.action-widget .monaco-list-row.action').first().waitFor({ timeout: 3000 });
          });
          await editor.picture('2 fixes');
          await editor.press('Enter');
          await editor.line('打断你的腿').waitFor({ state: 'detached' });
          await editor.run('话术: 打开流程图');
          await editor.view.locator('[role=option][data-id="公共/告别"]').waitFor();
          await editor.picture('3 map');
          await editor.run('话术: 对客户有哪些变化');
          await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'git' }).click();
          await editor.page.locator('.notification-toast', { hasText: '受限模式下不能使用 git' }).waitFor();
          await editor.picture('4 no git');
        } catch (error) {
          await editor.picture('failed');
          throw error;
        } finally {
          await editor.close();
        }
      },
      { restricted: true },
    ));
});

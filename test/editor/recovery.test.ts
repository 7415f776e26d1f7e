import { strict as assert } from 'node:assert';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const script = `【开场】 自报身份、录音告知
坐席：您好，这里是某某银行信用卡中心，本次通话将被录音。
坐席：今天再不还钱，就打断你的腿。
结束：完成
`;

const pictures = path.resolve('out/screenshots/recovery');

/** The processes of the language server that the embedded VS Code has started. */
async function serverProcesses(): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
      return /dist[/\\]node[/\\]server\.cjs\0.*--node-ipc/s.test(command) ? [Number(id)] : [];
    }),
  );
  return found.flat();
}

suite('when the server dies, in VS Code', function () {
  this.timeout(60_000);
  let editor: Editor;

  suiteSetup(async function () {
    if (process.platform !== 'linux') this.skip();
    await rm(pictures, { recursive: true, force: true });
    editor = await Editor.open({ '提醒.huashu': script }, pictures, { language: 'zh-CN' });
  });

  suiteTeardown(async () => {
    await editor?.close();
  });

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  test('it is there again, with all that was typed, and says so once', async () => {
    await editor.openFile('提醒.huashu');
    await editor.underlines('error').first().waitFor();
    const before = await editor.underlines('error').count();
    const told = editor.page.locator('.notification-toast', { hasText: '意外中断' });
    for (let time = 0; time < 2; time++) {
      await editor.goTo(2);
      await editor.press('End');
      const dying = await serverProcesses();
      assert.ok(dying.length > 0, 'there is a server');
      await editor.page.keyboard.type('请');
      for (const id of dying) process.kill(id, 'SIGKILL');
      await editor.page.keyboard.type('您稍等');
      await expectSoon(async () => {
        const living = await serverProcesses();
        assert.ok(living.length > 0 && !living.some((id) => dying.includes(id)), 'another server runs');
      });
      if (time > 0) continue;
      await told.waitFor();
      await editor.picture('1 told once');
      await told.hover();
      await told.locator('.codicon-notifications-clear').click();
    }
    await expectSoon(async () => assert.match(await editor.text(), /将被录音。请您稍等请您稍等\n/));
    // Findings of the text as it is now: one more threat.
    await editor.press('Enter');
    await editor.page.keyboard.type('坐席：我找人打断你的腿。');
    await expectSoon(async () => assert.ok((await editor.underlines('error').count()) > before));
    assert.deepEqual(await editor.page.locator('.notification-toast').allInnerTexts(), []);
    await editor.picture('2 there again');
  });
});

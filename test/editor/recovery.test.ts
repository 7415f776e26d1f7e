import { strict as assert } from 'node:assert';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { start } from '../lsp/client.ts';
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

/** What a server alone takes on a machine that has nothing else to do, and some more. Where it takes longer, so does everything. */
const usual = 500;

/** So long, in milliseconds, a server takes from its start to findings, with no editor around it. */
async function timeToFindings(): Promise<number> {
  const since = performance.now();
  const client = await start();
  const uri = 'file:///w/a.huashu';
  client.open(uri, script);
  await client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  const took = performance.now() - since;
  await client.stop();
  return took;
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
    const told = editor.page.locator('.notification-toast', { hasText: '意外中断' });
    for (let time = 0; time < 2; time++) {
      const before = await editor.underlines('error').count();
      await editor.goTo(3);
      await editor.press('End', 'Enter');
      const dying = await serverProcesses();
      assert.ok(dying.length > 0, 'there is a server');
      await editor.page.keyboard.type('坐席：我找人');
      // So far there is nothing wrong with it.
      await expectSoon(async () => assert.equal(await editor.underlines('error').count(), before));
      await editor.page.keyboard.type('打');
      const killed = performance.now();
      for (const id of dying) process.kill(id, 'SIGKILL');
      await editor.page.keyboard.type('断你的腿。');
      // The findings are those of the text as it is now, by another server: one more threat. While the editor takes those of the old one
      // away, it shows some of them twice for a moment.
      for (;;) {
        const living = await serverProcesses();
        const isAnother = living.length > 0 && !living.some((id) => dying.includes(id));
        if (isAnother && (await editor.underlines('error').count()) > before) break;
        await editor.page.waitForTimeout(20);
      }
      const took = performance.now() - killed;
      // After the first time it waits for a while, in case it dies of what it is told.
      if (time > 0) continue;
      const bare = await timeToFindings();
      console.log(
        `      findings back after ${took.toFixed(0)} ms, of which a server alone takes ${bare.toFixed(0)} ms`,
      );
      assert.ok(took < 2000 * Math.max(1, bare / usual), `${took.toFixed(0)} ms, a server alone ${bare.toFixed(0)} ms`);
      await told.waitFor();
      await editor.picture('1 told once');
      await told.hover();
      await told.locator('.codicon-notifications-clear').click();
    }
    const [, said, threat, end] = script.split('\n');
    const typed = '坐席：我找人打断你的腿。';
    // The heading has a hint behind it.
    const whole = [said, threat, typed, typed, end].join('\n');
    await expectSoon(async () => assert.equal((await editor.text()).replace(/^.*\n/, '').trimEnd(), whole));
    assert.deepEqual(await editor.page.locator('.notification-toast').allInnerTexts(), []);
    await editor.picture('2 there again');
  });
});

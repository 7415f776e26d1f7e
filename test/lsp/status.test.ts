import assert from 'node:assert/strict';
import type { ScriptStatus } from '../../server/src/features/status.ts';
import { type Client, start } from './client.ts';

const uri = 'file:///w/%E7%94%B2.huashu';
const threat = '【开场】\n坐席：再挂电话我就找人打断你的腿。\n结束：完成\n';

suite('the state of a script over stdio', () => {
  let client: Client;
  const files = new Map<string, string>();
  suiteSetup(async () => {
    client = await start({ files, options: { hearsChanges: true } });
  });
  suiteTeardown(async () => assert.equal(await client.stop(), 0));

  const ask = (about = uri): Promise<ScriptStatus | null> =>
    client.connection.sendRequest('huashu/status', { uri: about });
  test('names the packs with their versions, and counts what was found', async () => {
    client.open(uri, threat);
    const status = await ask();
    assert.deepEqual(
      status?.packs.map(({ id }) => id),
      ['cn-credit-card'],
    );
    assert.match(status.packs[0]?.version ?? '', /^\d+\.\d+\.\d+$/);
    assert.match(status.packs[0]?.title ?? '', /信用卡/);
    assert.deepEqual(status.troubles, []);
    assert.ok(status.findings.error >= 1);
  });

  test('what is suppressed does not count', async () => {
    const abrupt = '【开场】\n坐席：您好。\n结束：完成\n';
    client.change(uri, abrupt, 2);
    const open = await ask();
    client.change(uri, abrupt.replace('结束', '豁免：cn/polite-ending，原因：由系统播放结束语\n结束'), 3);
    const suppressed = await ask();
    assert.deepEqual([open?.findings.info, suppressed?.findings], [1, { error: 0, warning: 0, info: 0, hint: 0 }]);
  });

  test('says of a pack that is not in force why', async () => {
    client.change(uri, `---\n规则包: [cn-credit-card, ./本行.yaml]\n---\n${threat}`, 4);
    let status = await ask();
    assert.deepEqual(
      status?.troubles.map(({ name, reason }) => [name, reason.includes('找不到')]),
      [['./本行.yaml', true]],
    );
    files.set('file:///w/%E6%9C%AC%E8%A1%8C.yaml', 'pack: ours\nrules: {\n');
    const told = new Promise<void>((resolve) => {
      client.connection.onNotification('huashu/changed', async () => {
        status = await ask();
        if (/没有生效（本行\.yaml 第 \d+ 行）/.test(status?.troubles[0]?.reason ?? '')) resolve();
      });
    });
    void client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: 'file:///w/%E6%9C%AC%E8%A1%8C.yaml', type: 1 }],
    });
    await told;
  });

  test('is nothing for what is no script', async () => {
    assert.equal(await ask('file:///w/none.huashu'), null);
  });
});

import assert from 'node:assert/strict';
import type { Hover, MarkupContent } from 'vscode-languageserver-protocol';
import { type Client, start } from './client.ts';

const uri = 'file:///w/%E7%94%B2.huashu';
const script = `---
渠道：电话
变量:
  逾期天数: {类型: 整数, 样例: 12}
---
【开场】
坐席：已逾期{逾期天数}天。
若：逾期天数 > 60 → 结尾

【结尾】
结束：完成
`;

suite('hover, over stdio', () => {
  let client: Client;
  teardown(async () => assert.equal(await client.stop(), 0));

  async function hoverAt(word: string, within = 1): Promise<string> {
    const offset = script.indexOf(word) + within;
    const before = script.slice(0, offset).split('\n');
    const found = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line: before.length - 1, character: before.at(-1)!.length },
    });
    return ((found?.contents as MarkupContent | undefined)?.value ?? '').replaceAll('\\', '');
  }

  test('words of the script, in the language of the editor', async () => {
    client = await start();
    client.open(uri, script);
    assert.match(await hoverAt('若：', 0), /^“逾期天数”大于 60 时，转到【结尾】；否则继续往下一行。/);
    assert.match(await hoverAt('{逾期天数}'), /样例：12[\s\S]*用到 2 处：【开场】[\s\S]*> 已逾期12天。/);
    assert.match(await hoverAt('电话'), /坐席拨打的电话/);
    assert.match(await hoverAt('完成'), /结果：完成/);
    assert.equal(await client.stop(), 0);
    client = await start({ locale: 'en' });
    client.open(uri, script);
    assert.match(await hoverAt('若：', 0), /^When “逾期天数” is greater than 60, it goes on at \[结尾\]/);
    assert.match(await hoverAt('电话'), /Calls made by agents/);
  });
});

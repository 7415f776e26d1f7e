import assert from 'node:assert/strict';
import type { ImportedDocument } from '../../server/src/features/importedDocument.ts';
import type { PasteResult } from '../../server/src/features/paste.ts';
import { archive, p, wordFiles } from '../documents/office.ts';
import { type Client, start } from './client.ts';

const uri = 'file:///w/%E7%94%B2.huashu';
const dialogue = '催收员：请问是XX先生吗？\n客户：我是。\n催收员：您欠款XX元。\n';

suite('importing over stdio', () => {
  let client: Client;
  suiteSetup(async () => {
    client = await start();
  });
  suiteTeardown(async () => assert.equal(await client.stop(), 0));

  const at = (line: number, character = 0) => ({ start: { line, character }, end: { line, character } });
  const paste = (params: object): Promise<PasteResult | null> =>
    client.connection.sendRequest<PasteResult | null>('huashu/paste', { uri, ...params });

  test('a dialogue is pasted into an empty script with its variables', async () => {
    client.open(uri, '');
    const result = await paste({ range: at(0), text: dialogue });
    assert.match(
      result?.text ?? '',
      /^---\n变量:\n {2}客户称呼: .+\n {2}应还金额: .+\n---\n催收员：请问是\{客户称呼\}吗？\n客户：我是。\n/,
    );
    assert.deepEqual(result?.edits, []);
  });

  test('into a script with others it declares what is missing', async () => {
    client.change(uri, '---\n变量:\n  客户称呼: {类型: 称谓, 样例: 王先生}\n---\n【开场】\n\n', 2);
    const result = await paste({ range: at(5), text: dialogue });
    assert.equal(result?.text, '催收员：请问是{客户称呼}吗？\n客户：我是。\n催收员：您欠款{应还金额}元。');
    assert.equal(result?.edits.length, 1);
    assert.match(result?.edits[0]?.newText ?? '', /^\n {2}应还金额: \{类型: 金额/);
  });

  test('a table of Excel is read from its HTML', async () => {
    const html = '<table><tr><td>环节</td><td>话术</td></tr><tr><td>结束语</td><td>感谢您的接听</td></tr></table>';
    const result = await paste({ range: at(5), html, text: '环节\t话术\n结束语\t感谢您的接听' });
    assert.equal(result?.text, '【结束语】\n坐席：感谢您的接听');
  });

  test('prose, a script, a place inside a line and the front matter paste as ever', async () => {
    assert.equal(await paste({ range: at(5), text: '今天天气不错。\n我们去公园吧。' }), null);
    assert.equal(await paste({ range: at(5), text: '坐席：您好。\n客户：你好。' }), null);
    assert.equal(await paste({ range: at(4, 2), text: dialogue }), null);
    assert.equal(await paste({ range: at(1), text: dialogue }), null);
  });

  const send = (name: string, bytes: Uint8Array): Promise<ImportedDocument> =>
    client.connection.sendRequest<ImportedDocument>('huashu/import', {
      name,
      bytes: Buffer.from(bytes).toString('base64'),
      uri: `file:///w/${name}`,
    });

  test('a Word document becomes a script with its review', async () => {
    const bytes = archive(wordFiles(p('核实身份', '1') + p('坐席：您好，请问是XX女士吗？')));
    const { text, summary } = await send('首催.docx', bytes);
    assert.match(text, /话术: 首催\n/);
    assert.match(text, /---\n# 由“首催\.docx”导入：1 节、1 句话/);
    assert.match(text, /【核实身份】\n坐席：您好，请问是\{客户称呼\}吗？\n$/);
    assert.match(summary, /^1 节/);
  });

  test('what cannot be read is refused with the reason', async () => {
    await assert.rejects(send('a.docx', new Uint8Array([0x50, 0x4b, 1])), /损坏/);
    await assert.rejects(send('a.png', new Uint8Array([1])), /不能导入/);
  });
});

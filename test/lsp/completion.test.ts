import assert from 'node:assert/strict';
import type { CompletionItem, CompletionList, CompletionTriggerKind, TextEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Client, start } from './client.ts';

const uri = 'file:///w/%E6%96%B0.huashu';

suite('completion over stdio', () => {
  let client: Client;
  let version = 0;
  suiteSetup(async () => {
    client = await start({ locale: 'zh-cn' });
    client.open(uri, '');
  });
  suiteTeardown(async () => assert.equal(await client.stop(), 0));

  async function ask(text: string, triggerKind: CompletionTriggerKind = 1): Promise<CompletionList> {
    const document = TextDocument.create(uri, 'huashu', ++version, text.replace('$0', ''));
    client.change(uri, document.getText(), version);
    return client.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument: { uri },
      position: document.positionAt(text.indexOf('$0')),
      context: { triggerKind },
    });
  }

  function taken(text: string, { textEdit, additionalTextEdits = [] }: CompletionItem): string {
    const document = TextDocument.create(uri, 'huashu', 0, text.replace('$0', ''));
    return TextDocument.applyEdits(document, [textEdit as TextEdit, ...additionalTextEdits]);
  }

  test('letters find a step; the list is asked for again at every key', async () => {
    const text = '---\n渠道: 电话\n---\n\nqrsf$0';
    const { isIncomplete, items } = await ask(text);
    assert.equal(isIncomplete, true);
    const [first] = items.toSorted((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
    assert.equal(first?.label, '【确认身份】');
    assert.equal(first.filterText, 'qrsf');
    assert.match(first.detail ?? '', /^还缺：确认身份/);
    const written = taken(text, first);
    assert.match(written, /变量:\n {2}客户称呼: .*\n---\n\n【确认身份】\n提示：/);
    assert.doesNotMatch(written, /qrsf/);
  });

  test('an item is described when somebody looks at it', async () => {
    const { items } = await ask('---\n渠道: 电话\n---\n\nqrsf$0');
    const item = items.find(({ label }) => label === '【确认身份】');
    const { documentation } = await client.connection.sendRequest<CompletionItem>('completionItem/resolve', item);
    assert.match(JSON.stringify(documentation), /标准步骤.*依据.*请问是/s);
  });

  test('a phrase completes what the agent says, and nothing disturbs a sentence', async () => {
    const line = '【确认身份】\n坐席：';
    const { items } = await ask(`${line}请问$0`);
    assert.ok(items.some(({ label }) => label.startsWith('请问是')));
    assert.deepEqual((await ask(`${line}请问今天天气$0`)).items, []);
    assert.deepEqual((await ask(`${line}$0`, 2)).items, []);
  });

  test('front matter has its values', async () => {
    const { items } = await ask('---\n渠道：$0\n---\n', 2);
    assert.deepEqual(
      items.map(({ label }) => label),
      ['电话', '短信', '智能外呼', '在线', '信函', '上门'],
    );
  });
});

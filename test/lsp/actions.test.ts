import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Client, type ClientOptions, start } from './client.ts';

const folder = 'file:///w';
const script = `${folder}/a.huashu`;
const config = `${folder}/huashu.yaml`;
const text = '【开场】\n坐席 您好。\n坐席：您已经产生了滞纳金。\n坐席：滞纳金一百元。\n→ 结束\n';
const fee = 'cn/no-late-fee-term';

const able: ClientOptions = {
  folder,
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
  textDocument: { codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } } },
  options: { suppressCommand: 'huashu.suppress' },
};

suite('code actions over stdio', () => {
  let client: Client;
  teardown(() => client.stop());

  const begin = async (options: ClientOptions, files: Record<string, string> = {}): Promise<void> => {
    client = await start({ ...options, files: new Map([[script, text], ...Object.entries(files)]) });
    client.open(script, text);
  };
  const offered = (line: number, only?: string[]): Promise<CodeAction[]> =>
    client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: script },
      range: { start: { line, character: 10 }, end: { line, character: 10 } },
      context: { diagnostics: [], ...(only && { only }) },
    });
  const resolved = (action: CodeAction): Promise<CodeAction> =>
    client.connection.sendRequest('codeAction/resolve', action);
  const mended = (edit: WorkspaceEdit | undefined, source = text, uri = script): string =>
    TextDocument.applyEdits(TextDocument.create(uri, '', 1, source), edit!.changes![uri] as TextEdit[]);
  const rules = async (): Promise<unknown[]> => {
    const report = await client.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument: { uri: script },
    });
    return report.items.map(({ code }) => code);
  };
  const aboutFee = (actions: readonly CodeAction[], title: RegExp): CodeAction =>
    actions.find((each) => each.diagnostics?.[0]?.code === fee && title.test(each.title))!;

  test('everything safe, as on save', async () => {
    await begin(able);
    const [action, ...more] = await offered(0, ['source.fixAll']);
    assert.deepEqual([action?.kind, action?.edit, more], ['source.fixAll.huashu', undefined, []]);
    const { edit } = await resolved(action!);
    assert.equal(mended(edit), text.replace('坐席 您', '坐席： 您').replaceAll('滞纳金', '违约金'));
  });

  test('all findings of a rule', async () => {
    await begin(able);
    const { edit } = await resolved(aboutFee(await offered(2), /^修正全文/));
    client.change(script, mended(edit), 2);
    assert.equal((await rules()).includes(fee), false);
  });

  test('a suppression, when the user has said why', async () => {
    await begin(able);
    const { command } = aboutFee(await offered(2), /^豁免规则/);
    assert.equal(command?.command, 'huashu.suppress');
    const { uri, rule, position, scopes, until } = command!.arguments![0];
    assert.deepEqual(scopes, ['line', 'node', 'file']);
    const params = { textDocument: { uri }, rule, position, scope: 'file', until, reason: '监管报备原文' };
    const edit = await client.connection.sendRequest<WorkspaceEdit>('huashu/suppress', params);
    const after = mended(edit);
    assert.equal(after, `豁免（全文）：${fee}，原因：监管报备原文，至：${until}\n${text}`);
    client.change(script, after, 2);
    assert.equal((await rules()).includes(fee), false);
    await assert.rejects(client.connection.sendRequest('huashu/suppress', params), /已经没有/);
  });

  test('a rule that is turned off in huashu.yaml, and what is typed there counts', async () => {
    const source = '# 本部门\nrules: { unreachable: off }\n';
    await begin(able, { [config]: source });
    assert.ok((await rules()).includes(fee));
    const { edit } = await resolved(aboutFee(await offered(2), /关闭/));
    const after = mended(edit, source, config);
    assert.equal(after, `# 本部门\nrules: { unreachable: off, ${fee}: off }\n`);
    await client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: config, languageId: 'yaml', version: 1, text: after },
    });
    for (let round = 0; round < 100 && (await rules()).includes(fee); round++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal((await rules()).includes(fee), false);
  });

  test('a huashu.yaml is made where there is none', async () => {
    await begin(able);
    const { edit } = await resolved(aboutFee(await offered(2), /关闭/));
    assert.deepEqual(
      edit?.documentChanges?.map((each) => ('textDocument' in each ? each.textDocument : each)),
      [
        { kind: 'create', uri: config },
        { uri: config, version: null },
      ],
    );
  });

  test('an editor that can do none of this gets edits it can apply', async () => {
    await begin({ folder });
    const actions = await offered(2);
    assert.ok(actions.every(({ edit, command, data, disabled }) => edit && !command && !data && !disabled));
    assert.match(mended(aboutFee(actions, /^豁免这一行/).edit), /\n豁免：cn\/no-late-fee-term，原因：\n坐席/);
    assert.equal(
      actions.some(({ title }) => title.includes('huashu.yaml')),
      false,
    );
  });

  test('lines that are extracted', async () => {
    await begin(able);
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: script },
      range: { start: { line: 3, character: 0 }, end: { line: 4, character: 5 } },
      context: { diagnostics: [], only: ['refactor.extract'] },
    });
    assert.deepEqual(
      actions.map(({ edit }) => mended(edit)),
      [
        '【开场】\n坐席 您好。\n坐席：您已经产生了滞纳金。\n→ 滞纳金一百元\n\n【滞纳金一百元】 开场\n坐席：滞纳金一百元。\n→ 结束\n',
      ],
    );
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  Diagnostic,
  DocumentSymbol,
  Hover,
  Location,
  TextEdit,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { RunResult } from '../../server/src/features/runScenarios.ts';
import { isAboutFlow } from '../fixture.ts';
import { type Client, type ClientOptions, start } from './client.ts';
import { servers } from './servers.ts';

const uri = 'file:///w/%E7%94%B2.huashu';
const docs = 'file:///huashu/docs/rules/';
const threat = '【开场】\n坐席：再挂电话我就找人打断你的腿。\n→ 结尾\n\n【结尾】\n坐席：再见，{工号}。\n';

async function pulled(client: Client, of = uri): Promise<Diagnostic[]> {
  const { items } = await client.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
    textDocument: { uri: of },
  });
  return items;
}

for (const server of Object.keys(servers) as (keyof typeof servers)[]) {
  suite(server, () => {
    let client: Client;
    suiteSetup(async () => {
      client = await start({ server, options: { docs } });
    });
    suiteTeardown(async () => assert.equal(await client.stop(), 0));

    test('promises what it has', () => {
      const { capabilities, serverInfo } = client.initialized;
      assert.equal(serverInfo?.name, 'huashu');
      for (const key of [
        'completionProvider',
        'hoverProvider',
        'codeActionProvider',
        'definitionProvider',
        'referencesProvider',
        'renameProvider',
        'documentHighlightProvider',
        'documentLinkProvider',
        'workspaceSymbolProvider',
        'selectionRangeProvider',
        'semanticTokensProvider',
        'linkedEditingRangeProvider',
        'callHierarchyProvider',
        'codeLensProvider',
        'documentFormattingProvider',
        'documentRangeFormattingProvider',
        'documentOnTypeFormattingProvider',
        'documentSymbolProvider',
        'foldingRangeProvider',
        'diagnosticProvider',
        'textDocumentSync',
      ]) {
        assert.ok(key in capabilities, key);
      }
    });

    test('a threat is reported, explained and mended', async () => {
      client.open(uri, threat);
      const [found, ...more] = await pulled(client);
      assert.deepEqual(more, []);
      assert.equal(found?.code, 'cn/no-threat-of-violence');
      assert.equal(found.severity, 1);
      assert.match(
        found.codeDescription?.href ?? '',
        /docs\/rules\/zh-CN\/threat-violence\.md#cn-no-threat-of-violence$/,
      );
      const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
        textDocument: { uri },
        position: found.range.start,
      });
      assert.match(JSON.stringify(hover.contents), /商业银行信用卡业务监督管理办法/);
      const [action] = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: found.range,
        context: { diagnostics: [found] },
      });
      const [edit] = action!.edit!.changes![uri]!;
      await client.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: [{ range: edit!.range, text: edit!.newText }],
      });
      // What the agent says now is part of a call, and asks something; the call is a fragment.
      assert.deepEqual(
        (await pulled(client)).filter(({ code }) => !isAboutFlow(String(code)) && code !== 'unanswered-question'),
        [],
      );
    });

    test('completion, definition, references, outline and folding answer', async () => {
      client.change(uri, threat, 3);
      const ask = <T>(method: string, more: object): Promise<T> =>
        client.connection.sendRequest<T>(method, { textDocument: { uri }, ...more });
      const list = await ask<CompletionList>('textDocument/completion', { position: { line: 3, character: 0 } });
      assert.ok(list.items.some(({ label }) => label === '【确认身份】'));
      const target = await ask<Location>('textDocument/definition', { position: { line: 2, character: 3 } });
      assert.deepEqual(target.range, { start: { line: 4, character: 1 }, end: { line: 4, character: 3 } });
      const uses = await ask<Location[]>('textDocument/references', {
        position: { line: 4, character: 2 },
        context: { includeDeclaration: true },
      });
      assert.equal(uses.length, 2);
      assert.deepEqual(
        (await ask<DocumentSymbol[]>('textDocument/documentSymbol', {})).map(({ name }) => name),
        ['开场', '结尾'],
      );
      assert.equal((await ask<unknown[]>('textDocument/foldingRange', {})).length, 2);
    });

    test('formatting answers, and is done at once', async () => {
      client.change(uri, '[开场]\r\n坐席:您好,\r\n客户(其他)->结束', 30);
      const textDocument = { uri };
      const options = { tabSize: 4, insertSpaces: false };
      const ask = (method: string, more: object): Promise<TextEdit[]> =>
        client.connection.sendRequest(`textDocument/${method}`, { textDocument, options, ...more });
      const above = await ask('onTypeFormatting', { position: { line: 2, character: 0 }, ch: '\n' });
      assert.deepEqual(above, [
        { range: { start: { line: 1, character: 2 }, end: { line: 1, character: 3 } }, newText: '：' },
      ]);
      const line = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
      assert.deepEqual(await ask('rangeFormatting', { range: line }), above);
      const text = TextDocument.create(uri, 'huashu', 30, '[开场]\r\n坐席:您好,\r\n客户(其他)->结束');
      const formatted = TextDocument.applyEdits(text, await ask('formatting', {}));
      assert.equal(formatted, '【开场】\r\n坐席：您好,\r\n客户（其他） → 结束\r\n');
      client.change(uri, formatted, 31);
      assert.deepEqual(await ask('formatting', {}), []);
    });

    test('scenarios are listed and run, as the text is at this moment', async () => {
      const script = '【开场】\n坐席：您好。\n客户（是本人）：是我\n坐席：打扰了。\n结束：完成\n客户（其他） → 结束\n';
      client.change(uri, `${script}\n用例：甲\n客户说：是我\n期望：完成\n\n用例：甲\n客户说：其他\n期望：完成\n`, 40);
      const [listed] = await client.connection.sendRequest<
        { uri: string; scenarios: { id: string; name: string }[] }[]
      >('huashu/scenarios', { uri });
      assert.equal(listed!.uri, uri);
      assert.deepEqual(
        listed!.scenarios,
        [7, 11].map((line, index) => ({
          id: index === 0 ? '甲' : '甲 #2',
          name: '甲',
          range: { start: { line, character: 0 }, end: { line: line + 2, character: 5 } },
        })),
      );
      const { results, coverage } = await client.connection.sendRequest<RunResult>('huashu/runScenarios', {
        scripts: [{ uri, ids: ['甲 #2'] }],
      });
      assert.deepEqual(
        results.map(({ id, passed }) => [id, passed]),
        [['甲 #2', false]],
      );
      const [failure] = results[0]!.failures;
      assert.deepEqual(failure!.range, { start: { line: 13, character: 3 }, end: { line: 13, character: 5 } });
      assert.match(failure!.message, /没有到达“完成”/);
      assert.deepEqual(
        failure!.transcript.map(({ label }) => label),
        ['【开场】坐席：您好。', '【开场】客户（其他）'],
      );
      assert.deepEqual(
        coverage[0]!.lines.map(({ range, count, branches }) => [
          range.start.line,
          count,
          branches.map((each) => each.count),
        ]),
        [
          [0, 1, [0, 1]],
          [1, 1, []],
          [2, 0, []],
          [3, 0, []],
          [4, 0, []],
          [5, 1, []],
        ],
      );
      const all = await client.connection.sendRequest<RunResult>('huashu/runScenarios', {});
      assert.deepEqual(
        all.results.map(({ passed }) => passed),
        [true, false],
      );
      client.change(uri, threat, 5);
      assert.deepEqual(await client.connection.sendRequest('huashu/scenarios', null), []);
    });

    test('unknown files and unknown methods are answered, and the server lives on', async () => {
      const ask = client.connection.sendRequest('textDocument/hover', {
        textDocument: { uri: 'file:///nowhere.huashu' },
        position: { line: 9, character: 9 },
      });
      assert.equal(await ask, null);
      await assert.rejects(client.connection.sendRequest('huashu/unheard-of', {}));
      assert.ok((await pulled(client)).length > 0);
    });

    test('a bug in one feature answers that request only', async () => {
      await assert.rejects(
        client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: null }),
        /内部错误（textDocument\/hover）/,
      );
      assert.ok((await pulled(client)).length > 0);
    });
  });
}

/** How much longer than alone a program takes now that others run beside it. */
function crowding(): number {
  const [since, before] = [performance.now(), process.cpuUsage().user];
  while (process.cpuUsage().user - before < 20_000);
  return Math.max(1, (performance.now() - since) / 20);
}

suite('language server', () => {
  const running: Client[] = [];
  const folders: string[] = [];
  const launch = async (options: ClientOptions): Promise<Client> => {
    const client = await start(options);
    running.push(client);
    return client;
  };
  const folderWith = (files: { readonly [name: string]: string }): { path: string; uri: string } => {
    const path = mkdtempSync(join(tmpdir(), 'huashu-lsp-'));
    folders.push(path);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
    return { path, uri: pathToFileURL(path).toString() };
  };
  teardown(async () => {
    await Promise.all(running.splice(0).map((client) => client.stop()));
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  test('pushes to editors that do not ask, and takes findings back when a file is closed', async () => {
    const client = await launch({ pull: false });
    const isThreat = (codes: readonly unknown[]): boolean => codes.join() === 'cn/no-threat-of-violence';
    const isClean = (codes: readonly unknown[]): boolean => codes.length === 0;
    client.open(uri, threat);
    await client.published(uri, isThreat);
    client.change(uri, '【开场】\n坐席：您好。', 2);
    await client.published(uri, isClean);
    client.change(uri, threat, 3);
    await client.published(uri, isThreat);
    void client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await client.published(uri, isClean);
  });

  test('speaks English to an English editor', async () => {
    const client = await launch({ locale: 'en' });
    client.open(uri, threat);
    const [found] = await pulled(client);
    assert.match(String(found!.message), /^[\x20-\x7e“”’—找人打断你的腿]+$/);
    assert.match(found!.codeDescription?.href ?? '', /rules\/en\//);
  });

  test('settings change severities', async () => {
    const client = await launch({ settings: { rules: { 'threat-violence': 'hint' } } });
    client.open(uri, threat);
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    let severity: number | undefined;
    for (let i = 0; i < 50 && severity !== 4; i++) {
      [{ severity }] = (await pulled(client)) as [Diagnostic];
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal(severity, 4);
  });

  test('lenses are there unless the settings say no, and editors are told to ask again', async () => {
    const settings = { codeLens: true };
    const client = await launch({ settings, workspace: { codeLens: { refreshSupport: true } } });
    client.open(uri, threat);
    const lenses = (): Promise<CodeLens[]> =>
      client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
    const [first] = await lenses();
    const { command } = await client.connection.sendRequest<CodeLens>('codeLens/resolve', first);
    assert.equal(command?.title, '没有别处跳到这里');
    settings.codeLens = false;
    const refreshed = new Promise<void>((resolve) => {
      client.connection.onRequest('workspace/codeLens/refresh', () => {
        resolve();
        return null;
      });
    });
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await refreshed;
    for (let i = 0; i < 50 && (await lenses()).length > 0; i++) await new Promise((done) => setTimeout(done, 10));
    assert.deepEqual(await lenses(), []);
  });

  test('knows the files of the folder that are not open, and its huashu.yaml', async () => {
    const { uri: folder } = folderWith({
      '公共.huashu': '【告知渠道】\n坐席：谢谢您的耐心。\n',
      'huashu.yaml': 'rules:\n  threat-violence: off\n  no-such-rule: off\n',
    });
    const client = await launch({ folder, pull: false });
    const config = `${folder}/huashu.yaml`;
    const problems = client.published(config);
    const script = `${folder}/a.huashu`;
    client.open(script, '【甲】\n坐席：再挂电话我就找人打断你的腿。\n插入：公共/告知渠道\n→ 公共/没有这节\n');
    assert.deepEqual(
      (await problems).map(({ code, range }) => [code, range.start.line]),
      [['configuration', 2]],
    );
    await client.published(script, (codes) => codes.join() === 'unknown-target');
  });

  test('a pack that a script names by its file is loaded; its mistakes are shown in the pack', async () => {
    const { uri: folder } = folderWith({
      'bad.yaml': 'pack: mine\nprefix: mine\nrules:\n  - id: mine/a\n    categori: insult-abuse\n',
    });
    const client = await launch({ folder, pull: false });
    const problems = client.published(`${folder}/bad.yaml`);
    client.open(`${folder}/a.huashu`, '---\n规则包: [cn-credit-card, ./bad.yaml]\n---\n【甲】\n坐席：您好。\n');
    assert.ok((await problems).some(({ range }) => range.start.line === 4));
  });

  test('finds the file beside a script also where no folder is open', async () => {
    const { uri: folder } = folderWith({
      '公共.huashu': '【告知渠道】\n坐席：谢谢您的耐心。\n',
    });
    const client = await launch({ pull: false });
    const script = `${folder}/a.huashu`;
    client.open(script, '【甲】\n坐席：您好。\n→ 公共/告知渠道\n');
    await client.published(script, (codes) => codes.length === 0);
  });

  test('a request that is cancelled is answered as such', async () => {
    const client = await launch({});
    // The server is busy with a long text while the request and its cancellation arrive.
    client.open(uri, threat.repeat(3000));
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest(
      'textDocument/hover',
      { textDocument: { uri }, position: { line: 1, character: 14 } },
      source.token,
    );
    source.cancel();
    await assert.rejects(asked, ({ code }: { code: number }) => code === -32800);
  });

  test('a cancellation is answered within 50 ms, wherever the check of ten thousand lines is by then', async () => {
    const client = await launch({});
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
    const line = (index: number): string =>
      `【第${index}节】\n坐席：您好，您的信用卡第${index}期账单已经过了还款日${index % 30}天，您看怎么安排？\n客户（有困难） → 第${index + 1}节\n客户（其他） → 结束\n`;
    const text = Array.from({ length: 2500 }, (_, index) => line(index)).join('');
    let version = 1;
    client.open(uri, text, version);
    await client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    /** Where a check from nothing is left off after so many milliseconds, how long the answer takes. */
    const timeAt = async (moment: number): Promise<number> => {
      // Another node every time, so that nothing of the last check can be taken over.
      client.change(uri, `【另一节${version}】\n坐席：您好。\n→ 第1节\n${text}`, ++version);
      await client.connection.sendRequest('textDocument/foldingRange', { textDocument: { uri } });
      const source = new CancellationTokenSource();
      const asked = client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }, source.token);
      const answered = asked.then(
        () => false,
        () => true,
      );
      await new Promise((resolve) => setTimeout(resolve, moment));
      const since = performance.now();
      source.cancel();
      // What is done by then needs no cancelling.
      return (await answered) ? performance.now() - since : 0;
    };
    for (const moment of [1, 10, 20, 40, 60, 80, 100, 130, 160, 200, 250, 300, 400, 600]) {
      // A machine that has other things to do may be late now and then, but not every time, and by no more than it is busy.
      const times: number[] = [];
      let limit = 50;
      while (times.length < 8 && !times.some((time) => time < limit)) {
        times.push(await timeAt(moment));
        limit = Math.max(limit, 50 * crowding());
      }
      assert.ok(
        Math.min(...times) < limit,
        `${moment} ms into the check: ${times.map((time) => time.toFixed(0)).join(', ')} ms, where ${limit.toFixed(0)} are allowed`,
      );
    }
  }).timeout(120_000);

  test('while a long script is being looked at, other requests are answered, and its own can be cancelled', async () => {
    const client = await launch({});
    const line = (index: number): string =>
      `【第${index}节】\n坐席：您好，您的信用卡第${index}期账单已经过了还款日${index % 30}天，您看怎么安排？\n客户（其他） → 结束\n`;
    client.open(uri, Array.from({ length: 1500 }, (_, index) => line(index)).join('\n'));
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
    const source = new CancellationTokenSource();
    const answers: string[] = [];
    const findings = client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }, source.token);
    const cancelled = findings.then(
      () => answers.push('findings'),
      ({ code }: { code: number }) => answers.push(`cancelled ${code}`),
    );
    await client.connection.sendRequest('textDocument/completion', {
      textDocument: { uri },
      position: { line: 5000, character: 0 },
    });
    answers.push('completion');
    source.cancel();
    await cancelled;
    assert.deepEqual(answers, ['completion', 'cancelled -32800']);
  }).timeout(30_000);
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Hover, PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import { type Message, StreamMessageReader } from 'vscode-languageserver-protocol/node';
import { completed, type Steps } from '../../server/src/base/steps.ts';
import { checksOf } from '../../server/src/lsp/checks.ts';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { createChecker } from '../../server/src/rules/checker.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import { today } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';
import { dist } from './servers.ts';

const uri = 'file:///w/%E7%94%B2.huashu';
const settings = {
  bundled: bundledPacks,
  files: new Map(),
  configs: [],
  extraPacks: bundledPacks.map(({ id }) => id),
  today,
};
const text = '【甲】\n坐席：您好。\n坐席：再不还钱，我们就上门打你。\n→ 乙\n【乙】\n结束：完成\n';

suite('checks of scripts that are open', () => {
  const checker = createChecker();
  let begun = 0;
  const checks = checksOf({
    ...checker,
    checking(script, snapshot) {
      begun++;
      return checker.checking(script, snapshot);
    },
  });
  const workspace = createWorkspace(settings);
  const set = (source: string, version: number) => {
    const script = workspace.set(uri, version, source);
    return [script, workspace.snapshot()] as const;
  };

  test('several who want the same go on with the same work, and find the same', () => {
    const [script, snapshot] = set(text, 1);
    const works: Steps<readonly Finding[]>[] = [1, 2, 3].map(() => checks.checking(script, snapshot));
    for (let step = 0; step < 3; step++) for (const work of works) work.next();
    const found = works.map((work) => completed(work));
    assert.equal(begun, 1);
    assert.ok(found[0]!.length > 0);
    for (const each of found) assert.equal(each, found[0]);
    assert.equal(checks.shown(script), undefined);
  });

  test('until it is done for another text, the findings of the one before stand where they are now', () => {
    const [before] = set(text, 2);
    const known = completed(checks.checking(...set(text, 2)));
    const [script, snapshot] = set(text.replace('您好', '您好，早上好'), 3);
    const shown = checks.shown(script)!();
    assert.deepEqual(
      shown.map(({ rule, start, end }) => [rule, script.source.slice(start, end)]),
      known
        .filter(({ start }) => start > text.indexOf('您好'))
        .map(({ rule, start, end }) => [rule, before.source.slice(start, end)]),
    );
    completed(checks.checking(script, snapshot));
    assert.equal(checks.shown(script), undefined);
    checks.forget(uri);
    assert.equal(checks.shown(script), undefined);
  });
});

suite('keys in one go, over stdio', () => {
  /** Everything is there before the server has read the first of it. */
  test('only the last state is checked, and what is asked right behind it is answered before', async () => {
    const child = spawn(process.execPath, [join(dist, 'node/server.cjs'), '--stdio']);
    const received: (Message & { id?: number; method?: string; params?: unknown; result?: unknown })[] = [];
    new StreamMessageReader(child.stdout).listen((message) => received.push(message));
    const framed = (message: object): string => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    };
    const until = async <T>(found: () => T | undefined): Promise<T> => {
      for (;;) {
        const value = found();
        if (value !== undefined) return value;
        await delay(5);
      }
    };
    const published = (): readonly PublishDiagnosticsParams[] =>
      received.flatMap(({ method, params }) =>
        method === 'textDocument/publishDiagnostics' ? [params as PublishDiagnosticsParams] : [],
      );
    const isOf = (version: number) => (): true | undefined =>
      published().some((each) => each.version === version) || undefined;
    const initialize = { processId: null, rootUri: null, capabilities: {} };
    child.stdin.write(framed({ id: 0, method: 'initialize', params: initialize }));
    await until(() => received.find(({ id }) => id === 0));
    child.stdin.write(framed({ method: 'initialized', params: {} }));
    const node = (index: number): string =>
      `【第${index}节】\n坐席：您好，第${index}期账单已经过了还款日${index % 30}天，您看怎么安排？\n客户（其他） → 第${index + 1}节\n`;
    const long = text + Array.from({ length: 300 }, (_, index) => node(index)).join('');
    const textDocument = { uri, languageId: 'huashu', version: 1, text: long };
    child.stdin.write(framed({ method: 'textDocument/didOpen', params: { textDocument } }));
    await until(isOf(1));
    await delay(50);
    const from = received.length;
    const keys = Array.from({ length: 20 }, (_, index) =>
      framed({
        method: 'textDocument/didChange',
        params: {
          textDocument: { uri, version: index + 2 },
          contentChanges: [{ range: { start: { line: 3, character: 3 }, end: { line: 3, character: 3 } }, text: '丙' }],
        },
      }),
    );
    const hover = framed({
      id: 1,
      method: 'textDocument/hover',
      params: { textDocument: { uri }, position: { line: 2, character: 12 } },
    });
    child.stdin.write(keys.join('') + hover);
    await until(isOf(21));
    const versions = published()
      .map(({ version }) => version ?? 0)
      .filter((version) => version > 1);
    // A pipe may hand over what was written at once in two or three parts.
    assert.ok(versions.length <= 3, versions.join());
    assert.equal(versions.at(-1), 21);
    const answers = received.slice(from);
    const at = answers.findIndex(({ id }) => id === 1);
    assert.match(
      JSON.stringify((answers[at]?.result as Hover | undefined)?.contents),
      /商业银行信用卡业务监督管理办法|催收/,
    );
    assert.ok(at < answers.findIndex(({ params }) => (params as { version?: number } | undefined)?.version === 21));
    child.kill('SIGKILL');
  });
});

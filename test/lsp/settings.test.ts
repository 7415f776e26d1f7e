import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver-protocol';
import type { ScriptStatus } from '../../server/src/features/status.ts';
import { type Client, start } from './client.ts';

const uri = 'memfs:/w/a.huashu';
const textDocument = { uri };
const abrupt = '---\n渠道: 电话\n---\n【开场】\n坐席：您好。\n结束：完成\n\n【再会】\n';

/** What is seen of each setting, with a value that makes a difference. */
const effects: { readonly [setting: string]: { readonly value: unknown; see(client: Client): Promise<unknown> } } = {
  'huashu.packs': {
    value: ['us-fdcpa'],
    see: async ({ connection }) =>
      (await connection.sendRequest<ScriptStatus>('huashu/status', { uri })).packs.map(({ id }) => id),
  },
  'huashu.rules': { value: { 'cn/polite-ending': 'error' }, see: async (client) => severities(await found(client)) },
  'huashu.asOf': { value: '1999-01-01', see: async (client) => severities(await found(client)) },
  'huashu.codeLens': {
    value: false,
    see: ({ connection }) => connection.sendRequest('textDocument/codeLens', { textDocument }),
  },
  'huashu.inlayHints': {
    value: false,
    see: ({ connection }) => {
      const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
      return connection.sendRequest('textDocument/inlayHint', { textDocument, range });
    },
  },
  'huashu.nextLine': {
    value: false,
    see: ({ connection }) => {
      const position = { line: abrupt.split('\n').length - 1, character: 0 };
      const context = { triggerKind: 2 };
      return connection.sendRequest('textDocument/inlineCompletion', { textDocument, position, context });
    },
  },
};

async function found({ connection }: Client): Promise<readonly Diagnostic[]> {
  const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument });
  return report.kind === 'full' ? report.items : [];
}

function severities(found: readonly Diagnostic[]): string[] {
  return found.map(({ code, severity }) => `${code} ${severity}`).sort();
}

/** The client reads two of them itself, see test/editor/assistants.test.ts; the other one is tried in workspaceCheck.test.ts. */
const elsewhere = ['huashu.trace.server', 'huashu.rewriteWithModel', 'huashu.checkScope'];

suite('settings over stdio', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  const properties: { readonly [name: string]: object } = contributes.configuration.properties;

  for (const name of Object.keys(properties).filter((each) => !elsewhere.includes(each)))
    test(`${name} has an effect`, async () => {
      const effect = effects[name];
      assert.ok(effect, 'what is seen of it is written down here');
      const seen = async (settings: object): Promise<unknown> => {
        const client = await start({ settings });
        try {
          client.open(uri, abrupt);
          return await effect.see(client);
        } finally {
          await client.stop();
        }
      };
      const key = name.replace('huashu.', '');
      assert.notDeepEqual(await seen({ [key]: effect.value }), await seen({}));
    });

  test('huashu.trace.server is read by the client, under the name with which it is made', () => {
    for (const entry of ['node', 'browser'])
      assert.match(readFileSync(`client/src/${entry}.ts`, 'utf8'), /new LanguageClient\('huashu',/);
  });
});

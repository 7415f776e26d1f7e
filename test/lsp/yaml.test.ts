import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompletionList, Diagnostic, Hover, Location } from 'vscode-languageserver-protocol';
import { pack } from '../features/yamlFixture.ts';
import { type Client, start } from './client.ts';

const [head = '', rules = ''] = pack.split('rules:\n');
const texts: { readonly [name: string]: string } = {
  'huashu.yaml': 'packs: [./ours]\n',
  'ours/pack.yaml': head,
  'ours/threats.yaml': `rules:\n${rules}`,
  'other/compose.yaml': 'services:\n  web: { image: nginx }\n',
};

suite('YAML over stdio', () => {
  let client: Client;
  let folder: string;
  let path: string;

  setup(async () => {
    path = mkdtempSync(join(tmpdir(), 'huashu-yaml-'));
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    }
    folder = pathToFileURL(path).toString();
    client = await start({ folder, pull: false });
  });
  teardown(async () => {
    await client.stop();
    rmSync(path, { recursive: true });
  });

  const shown = (found: readonly Diagnostic[]): string[] =>
    found.map(({ range, message }) => `${range.start.line + 1}:${range.start.character + 1} ${message}`);
  const isClean = (codes: readonly unknown[]): boolean => codes.length === 0;
  const isWrong = (codes: readonly unknown[]): boolean => codes.length > 0;

  test('what is typed in one file of a pack is checked with the others, and counts for scripts before it is saved', async () => {
    const threats = `${folder}/ours/threats.yaml`;
    const script = `${folder}/a.huashu`;
    const found = client.published(script, (codes) => codes.includes('mine/threat'));
    client.open(script, '【甲】\n坐席：小心我打你。\n');
    await found;

    const text = texts['ours/threats.yaml']!;
    const mistaken = client.published(threats, isWrong);
    client.open(threats, text.replace('unless', 'unles').replace('good: [', 'good: [小心我打您, '));
    assert.deepEqual(shown(await mistaken), ['10:5 没有“unles”这个键，是不是想写“unless”？']);
    // The examples have their turn when the file has been read.
    const failing = await client.published(threats, (codes) => codes.length > 1);
    assert.deepEqual(shown(failing).slice(1), [
      '13:14 误报 mine/threat“打您”：小心我打您',
      '13:21 误报 mine/threat“打您”：我们不会打您',
    ]);

    const gone = client.published(script, (codes) => !codes.includes('mine/threat'));
    const failed = client.published(threats, (codes) => codes.length >= 3);
    client.change(threats, text.replace("'打{who:你|您}'", "'揍{who:你|您}'"), 2);
    await gone;
    assert.ok(shown(await failed).includes('12:13 没有发现：再不还就打你'));
    const cleared = client.published(threats, isClean);
    client.change(threats, text, 3);
    await cleared;
  });

  test('completion, hover and definition know the whole pack', async () => {
    const threats = `${folder}/ours/threats.yaml`;
    client.open(threats, texts['ours/threats.yaml']!.replace('unless: [negated]', 'unless: [negated, LAW]'));
    const ready = await client.published(threats, isWrong);
    assert.deepEqual(shown(ready), ['10:23 没有名为“LAW”的语境。']);
    const at = (line: number, character: number): object => ({
      textDocument: { uri: threats },
      position: { line, character },
    });
    const source = await client.connection.sendRequest<Hover>('textDocument/hover', at(7, 16));
    assert.match(JSON.stringify(source.contents), /《某法》第68条/);
    const place = await client.connection.sendRequest<Location>('textDocument/definition', at(9, 15));
    assert.equal(place.uri, `${folder}/ours/pack.yaml`);
    assert.equal(place.range.start.line, 12);
    const list = await client.connection.sendRequest<CompletionList>('textDocument/completion', at(2, 14));
    assert.ok(list.items.some(({ label }) => label === 'threat-violence'));
  });

  test('a configuration is checked where no script is below, other YAML files never', async () => {
    const config = `${folder}/other/huashu.yaml`;
    const compose = `${folder}/other/compose.yaml`;
    client.open(compose, texts['other/compose.yaml']!);
    void client.published(compose).then(() => assert.fail('a foreign file got diagnostics'));
    const problems = client.published(config, isWrong);
    client.open(config, 'packs: [cn-credit-cart, ../ours, ../no-such.yaml]\nrule: {}\nrules: { mine/threats: off }\n');
    assert.deepEqual(shown(await problems), [
      '2:1 没有“rule”这个键，是不是想写“rules”？',
      '3:10 没有名为“mine/threats”的规则或类别，是不是想写“mine/threat”？',
      '1:9 没有名为“cn-credit-cart”的规则包，是不是想写“cn-credit-card”？',
      '1:34 找不到规则包文件“../no-such.yaml”。',
    ]);
    const ask = (method: string): Promise<unknown> =>
      client.connection.sendRequest(method, { textDocument: { uri: compose }, position: { line: 1, character: 2 } });
    assert.equal(await ask('textDocument/hover'), null);
    assert.deepEqual(await ask('textDocument/completion'), { isIncomplete: false, items: [] });
  });
});

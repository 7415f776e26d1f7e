import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client as Assistant } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { zipSync } from 'fflate';
import { tools } from '../../server/src/assist/index.ts';
import { features } from '../../server/src/features/index.ts';
import { exportFormats } from '../../server/src/handover/formats.ts';
import { handovers } from '../../server/src/lsp/handover.ts';
import { views } from '../../server/src/views/index.ts';
import { type Client, start } from './client.ts';
import { dist } from './servers.ts';

const trap = path.join(import.meta.dirname, 'trap.cjs');

suite('no network, no program started, nothing written', function () {
  this.timeout(120_000);
  let folder: string;
  let log: string;
  const samples = readdirSync('samples').filter((name) => name.endsWith('.huashu'));
  const { NODE_OPTIONS } = process.env;

  setup(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'huashu-trap-'));
    log = path.join(folder, 'trapped.txt');
    cpSync('samples', path.join(folder, 'scripts'), { recursive: true });
    writeFileSync(path.join(folder, 'scripts/huashu.yaml'), 'packs: [cn-credit-card, ./本行.yaml]\n');
    writeFileSync(path.join(folder, 'scripts/本行.yaml'), 'pack: ours\nprefix: ours\nrules: []\n');
    writeFileSync(log, '');
    process.env.HUASHU_TRAP = log;
    // Whatever a program starts in threads of its own is trapped as well.
    process.env.NODE_OPTIONS = `--require ${JSON.stringify(trap)}`;
  });
  teardown(() => {
    if (NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = NODE_OPTIONS;
    delete process.env.HUASHU_TRAP;
    rmSync(folder, { recursive: true });
  });

  const run = (args: readonly string[], input = '') =>
    spawnSync(process.execPath, args, { cwd: path.join(folder, 'scripts'), encoding: 'utf8', input, maxBuffer: 1e8 });
  const trapped = (): string[] => readFileSync(log, 'utf8').split('\n').slice(0, -1);

  /** Every file below a folder with what is in it. */
  const contents = (): Map<string, string> => {
    const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(
      names.map(({ parentPath, name }) => [
        path.join(parentPath, name),
        readFileSync(path.join(parentPath, name), 'latin1'),
      ]),
    );
  };

  test('the trap catches what it should', () => {
    const deeds = [
      `fetch('http://127.0.0.1:9/')`,
      `require('http').get('http://127.0.0.1:9/')`,
      `require('https').request('https://127.0.0.1:9/')`,
      `require('net').connect(9)`,
      `new (require('net').Socket)().connect(9)`,
      `require('net').createServer().listen(0)`,
      `require('dns').lookup('localhost', () => {})`,
      `require('dns').promises.resolve('localhost')`,
      `require('dgram').createSocket('udp4')`,
      `require('child_process').spawn('true')`,
      `require('child_process').execSync('true')`,
      `require('fs').writeFileSync('a', '')`,
      `require('fs/promises').writeFile('a', '')`,
      `require('fs').openSync('a', 'w')`,
      `require('fs').promises.open('a', 'a')`,
      `require('fs').createWriteStream('a')`,
      `require('fs').mkdirSync('a')`,
      `import('node:fs').then((fs) => fs.rmSync('a'))`,
      `new (require('worker_threads').Worker)('fetch("http://127.0.0.1:9/")', { eval: true })`,
    ];
    for (const deed of deeds) {
      const before = trapped().length;
      run(['-e', deed]);
      assert.equal(trapped().length, before + 1, deed);
    }
    assert.match(trapped().at(-1)!, /in a thread$/);
    assert.ok(!readdirSync(path.join(folder, 'scripts')).includes('a'));
  });

  test('by any command that is not asked to write', () => {
    const audited = `${JSON.stringify({ text: '再不还钱我就找人打断你的腿。' })}\n`.repeat(300);
    const document = zipSync({
      'word/document.xml': Buffer.from(
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>催收员：请问是XX先生吗？</w:t></w:r></w:p></w:body></w:document>',
      ),
      '[Content_Types].xml': Buffer.from(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      ),
      '_rels/.rels': Buffer.from(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
    });
    writeFileSync(path.join(folder, 'scripts/甲.docx'), document);
    const before = contents();
    const commands: readonly (readonly [readonly string[], number, string?])[] = [
      ...['text', 'sarif'].map((format) => [['check', '--format', format], 1] as const),
      [['check', '--stdin'], 1, '【开场】\n坐席：再不还钱我就找人打断你的腿。\n结束：完成\n'],
      [['baseline'], 0],
      [['fix', '--dry-run'], 1],
      [['format', '--check', samples[0]!], 0],
      [['test', '--coverage'], 0],
      [['rules'], 0],
      [['rules', 'cn/no-threat-of-violence'], 0],
      [['rules', 'test', './本行.yaml'], 0],
      [['graph', samples[0]!], 0],
      [['suppressions'], 0],
      [['import', '甲.docx'], 0],
      ...exportFormats.map((format) => [['export', samples[0]!, '--format', format], 0] as const),
      [['diff', samples[0]!, samples[1]!], 1],
      ...['html', 'docx'].map((format) => [['report', samples[0]!, '--format', format], 0] as const),
      [['audit', '--jobs', '2'], 1, audited],
      [['help'], 0],
    ];
    for (const [args, expected, input] of commands) {
      const { status, stderr } = run([path.join(dist, 'node/cli.cjs'), ...args], input);
      assert.equal(status, expected, `${args.join(' ')}\n${stderr}`);
    }
    assert.deepEqual(trapped(), []);
    assert.deepEqual(contents(), before);
  });

  test('by huashu mcp, whatever it is asked', async () => {
    const before = contents();
    const env = Object.fromEntries(
      Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    );
    const args = [path.join(dist, 'node/cli.cjs'), 'mcp', path.join(folder, 'scripts')];
    const assistant = new Assistant({ name: 'test', version: '1' });
    await assistant.connect(new StdioClientTransport({ command: process.execPath, args, env }));
    for (const { name } of tools)
      for (const given of [
        { path: samples[0]! },
        { text: '坐席：您好。' },
        { rule: 'cn/no-insult' },
        { step: '确认身份' },
        {},
      ])
        await assistant.callTool({ name, arguments: given });
    for (const { uri } of (await assistant.listResources()).resources) await assistant.readResource({ uri });
    await assistant.close();
    assert.deepEqual(trapped(), []);
    assert.deepEqual(contents(), before);
  });

  for (const server of ['the language server', 'huashu lsp'] as const)
    test(`by ${server}, whatever it is asked`, async () => {
      const before = contents();
      const client: Client = await start({ server, folder: pathToFileURL(path.join(folder, 'scripts')).toString() });
      let answered = 0;
      for (const name of samples) {
        const uri = pathToFileURL(path.join(folder, 'scripts', name)).toString();
        const text = readFileSync(path.join('samples', name), 'utf8');
        client.open(uri, text);
        client.change(uri, `${text}\n坐席：再不还钱我就找人打断你的腿。\n`, 2);
        const position = { line: 12, character: 4 };
        const range = { start: { line: 0, character: 0 }, end: { line: 200, character: 0 } };
        const params = {
          ...{
            textDocument: { uri },
            uri,
            position,
            positions: [position],
            range,
            ranges: [range],
            query: '',
            ch: '\n',
          },
          ...{ newName: '新名字', context: { diagnostics: [], includeDeclaration: true, triggerKind: 1 } },
          ...{ options: { tabSize: 2, insertSpaces: true }, files: [{ oldUri: uri, newUri: `${uri}2` }] },
          ...{ format: 'html', before: { committed: text } },
          ...{ folder: pathToFileURL(path.join(folder, 'scripts')).toString(), previousResultIds: [] },
        };
        for (const { method } of [...features, ...views, ...handovers])
          await client.connection.sendRequest(method, params).then(
            () => answered++,
            () => {},
          );
        for (const method of ['huashu/checkWorkspace', 'huashu/report', 'huashu/runScenarios'])
          await client.connection.sendRequest(method, params).catch(() => {});
      }
      assert.ok(answered > samples.length * 20, `${answered}`);
      assert.equal(await client.stop(), 0);
      assert.deepEqual(trapped(), []);
      assert.deepEqual(contents(), before);
    });

  test('by the client: it has no words for a network, and writes files only where it has asked', () => {
    const sources = readdirSync('client/src').map(
      (name) => [name, readFileSync(path.join('client/src', name), 'utf8')] as const,
    );
    const reach =
      /\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|openExternal|asExternalUri|createTelemetryLogger)\b|https?:\/\/|'(?:node:)?(?:https?|net|dns|tls|dgram|fs|child_process)[/']/;
    const write = /\bfs\.(?:writeFile|createDirectory|delete|rename|copy)\b/;
    assert.deepEqual(
      sources.filter(([, text]) => reach.test(text)).map(([name]) => name),
      [],
    );
    assert.deepEqual(
      sources.filter(([, text]) => write.test(text)).map(([name]) => name),
      ['openSamples.ts', 'saveFile.ts'],
    );
    for (const bundle of readdirSync(path.join(dist, 'browser')).filter((name) => name.endsWith('.js')))
      assert.doesNotMatch(
        readFileSync(path.join(dist, 'browser', bundle), 'utf8'),
        /\b(?:fetch|sendBeacon)\(|\bnew (?:XMLHttpRequest|WebSocket|EventSource)\b/,
        bundle,
      );
  });
});

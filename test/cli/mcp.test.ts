import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { tools } from '../../server/src/assist/index.ts';
import { inputSchema } from '../../server/src/assist/input.ts';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'dist/node/cli.cjs');

interface Called {
  readonly isError: boolean;
  readonly text: string;
  readonly data: { readonly [key: string]: unknown };
}

suite('huashu mcp', () => {
  let around: string;
  let folder: string;
  let client: Client;

  suiteSetup(() => {
    around = mkdtempSync(join(tmpdir(), 'huashu-mcp-'));
    folder = join(around, '话术');
    mkdirSync(folder);
    cpSync(join(root, 'samples'), folder, { recursive: true });
    writeFileSync(join(around, '外面.huashu'), '【开场】\n坐席：秘密的台词。\n→ 结束\n');
    symlinkSync(join(around, '外面.huashu'), join(folder, '链接.huashu'));
    mkdirSync(join(folder, '文件夹.huashu'));
  });
  suiteTeardown(() => rmSync(around, { recursive: true }));
  teardown(() => client?.close());

  async function connect(
    args: readonly string[] = [folder, '--lang', 'zh-CN'],
    mode: 'legacy' | 'auto' = 'legacy',
  ): Promise<void> {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [cli, 'mcp', ...args],
      stderr: 'pipe',
    });
    client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
    await client.connect(transport);
  }

  async function call(name: string, given: { readonly [key: string]: unknown }): Promise<Called> {
    const { isError = false, content, structuredContent } = await client.callTool({ name, arguments: given });
    const [first] = content;
    assert.ok(first?.type === 'text' && content.length === 1);
    return { isError, text: first.text, data: (structuredContent ?? {}) as Called['data'] };
  }

  test('offers the tools as they are described for the editor, as ones that only read', async () => {
    await connect();
    const listed = await client.listTools();
    assert.deepEqual(
      listed.tools.map(({ name, title, description, inputSchema: schema }) => ({ name, title, description, schema })),
      tools.map((tool) => ({
        name: tool.name,
        title: tool.title.zh,
        description: tool.about.zh,
        schema: inputSchema(tool, 'zh-CN'),
      })),
    );
    for (const { annotations } of listed.tools) assert.equal(annotations?.readOnlyHint, true);
    assert.match(client.getInstructions() ?? '', /huashu_check_script/);
    assert.equal(client.getServerVersion()?.name, 'huashu');
  });

  test('checks a file of the folder as `huashu check` does, and a text beside it', async () => {
    await connect();
    const { text, data } = await call('huashu_check_script', { path: '违规示例.huashu' });
    const { stdout } = spawnSync(
      process.execPath,
      [cli, 'check', '违规示例.huashu', '--format', 'json', '--lang', 'zh-CN'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    const { summary, files } = JSON.parse(stdout);
    assert.deepEqual(data.summary, summary);
    const told = (data.findings as object[]).map((finding) => ({ ...finding, line: undefined }));
    assert.deepEqual(
      JSON.parse(JSON.stringify(told)),
      files[0].findings.filter(({ suppressed }: { suppressed: unknown }) => suppressed === null),
    );
    assert.match(text, /^违规示例\.huashu：检查了 1 个文件/);
    // A text stands in the folder: what it inserts is found there.
    const inserting = await call('huashu_check_script', {
      text: '【开场】\n坐席：您好。\n插入：公共/告知渠道\n→ 结束\n',
    });
    assert.doesNotMatch(inserting.text, /找不到话术文件/);
  });

  test('explains, lists and suggests, in the language that is asked for', async () => {
    await connect();
    assert.match((await call('huashu_explain_rule', { rule: 'cn/no-late-fee-term' })).text, /滞纳金/);
    assert.match((await call('huashu_list_steps', { language: 'en' })).text, /^1\. Confirm/);
    const { data } = await call('huashu_suggest_wordings', { phrase: '再不还钱，我就找人打断你的腿。' });
    assert.ok((data.wordings as unknown[]).length > 0);
    await client.close();
    await connect([folder, '--lang', 'en']);
    assert.match((await client.listTools()).tools[0]?.description ?? '', /^Checks a debt-collection script/);
    assert.match((await call('huashu_explain_rule', { rule: 'x/y' })).text, /^There is no rule/);
    assert.match((await call('huashu_explain_rule', { rule: 'x/y', language: 'zh-CN' })).text, /^没有编号为/);
  });

  test('speaks the protocol of 2025 and that of 2026', async () => {
    for (const [mode, version] of [
      ['legacy', '2025-11-25'],
      ['auto', '2026-07-28'],
    ] as const) {
      await connect([folder, '--lang', 'zh-CN'], mode);
      assert.equal(client.getNegotiatedProtocolVersion(), version);
      assert.equal((await client.listTools()).tools.length, tools.length);
      assert.match((await call('huashu_list_steps', { step: '结束通话' })).text, /^结束通话 · close/);
      const { contents } = await client.readResource({ uri: 'huashu://steps' });
      assert.equal(contents.length, 1);
      await client.close();
    }
  });

  test('has the language, the steps and the rules to read', async () => {
    await connect();
    const { resources } = await client.listResources();
    for (const { uri } of resources) {
      const { contents } = await client.readResource({ uri });
      assert.ok('text' in contents[0]! && contents[0].text.length > 500, uri);
    }
    const { resourceTemplates } = await client.listResourceTemplates();
    assert.deepEqual(
      resourceTemplates.map(({ uriTemplate }) => uriTemplate),
      ['huashu://rules/{+id}'],
    );
    const { contents } = await client.readResource({ uri: 'huashu://rules/cn/no-late-fee-term' });
    assert.match('text' in contents[0]! ? contents[0].text : '', /^cn\/no-late-fee-term/);
    await assert.rejects(
      client.readResource({ uri: 'huashu://rules/cn/no-such-rule' }),
      /没有编号为“cn\/no-such-rule”/,
    );
    await assert.rejects(client.readResource({ uri: 'file:///etc/passwd' }), /没有“file:\/\/\/etc\/passwd”这个资源/);
  });

  test('reads nothing outside of its folder, and does not tell what is there', async () => {
    await connect();
    for (const path of [
      '../外面.huashu',
      join(around, '外面.huashu'),
      '链接.huashu',
      '../没有.huashu',
      '/etc/passwd',
      '..',
    ]) {
      const { isError, text } = await call('huashu_check_script', { path });
      assert.ok(isError, path);
      assert.match(text, /不在助手可以读取的文件夹里/, path);
    }
    const refused: readonly [string, RegExp][] = [
      ['README.md', /只读取 \.huashu/],
      ['没有.huashu', /没有“没有\.huashu”这个文件/],
      ['文件夹.huashu', /不是文件/],
      ['a\u0000.huashu', /无法读取/],
    ];
    for (const [path, expected] of refused)
      assert.match((await call('huashu_check_script', { path })).text, expected, path);
    // Nor by way of a text.
    writeFileSync(join(around, '外面.yaml'), 'pack: outside\nprefix: outside\nrules: []\n');
    const packed = '---\n规则包: [../外面.yaml]\n---\n【开场】\n坐席：您好。\n→ 结束\n';
    const { data } = await call('huashu_check_script', { text: packed });
    assert.ok((data.findings as { rule: string }[]).some(({ rule }) => rule === 'rule-pack'));
    const jumping = await call('huashu_check_script', { text: '【开场】\n坐席：您好。\n→ 外面/开场\n' });
    assert.doesNotMatch(JSON.stringify(jumping), /秘密的台词/);
    assert.match(jumping.text, /找不到话术文件“外面”/);
  });

  test('what the user has configured counts, above the folder as well, and its mistakes are told', async () => {
    writeFileSync(
      join(around, 'huashu.yaml'),
      'packs: [cn-credit-card, ./外面.yaml]\nrules:\n  cn/no-late-fee-term: off\n',
    );
    writeFileSync(join(around, '外面.yaml'), 'pack: outside\nprefix: outside\nrules: []\n');
    await connect();
    const asked = { text: '【开场】\n坐席：您产生了滞纳金。\n→ 结束\n' };
    const { data, text } = await call('huashu_check_script', asked);
    assert.doesNotMatch(text, /no-late-fee-term|huashu\.yaml/);
    assert.equal(data.problems, undefined);
    writeFileSync(join(folder, 'huashu.yaml'), 'rules:\n  cn/no-such-rule: off\n');
    const wrong = await call('huashu_check_script', asked);
    assert.match(wrong.text, /huashu\.yaml:2:3/);
    assert.equal((wrong.data.problems as unknown[]).length, 1);
    rmSync(join(folder, 'huashu.yaml'));
    rmSync(join(around, 'huashu.yaml'));
  });

  test('an unknown tool, wrong arguments and a text that is too long are answered in words', async () => {
    await connect();
    await assert.rejects(
      client.callTool({ name: 'huashu_delete_all', arguments: {} }),
      /没有“huashu_delete_all”这个工具/,
    );
    assert.match((await call('huashu_check_script', { text: 7 })).text, /应当是字符串/);
    const { isError, text } = await call('huashu_check_script', { text: '长'.repeat(2_000_001) });
    assert.ok(isError);
    assert.match(text, /2000000 个字的上限/);
    // One line without an end is told, and not looked at.
    assert.match((await call('huashu_check_script', { text: `坐席：${'滞纳金'.repeat(600_000)}` })).text, /没有检查/);
  });

  test('a check that is cancelled leaves off, and the next question is answered', async () => {
    await connect();
    const long = Array.from({ length: 60_000 }, (_, index) => `坐席：您的违约金${index}元`).join('\n');
    const abort = new AbortController();
    const checking = client.callTool(
      { name: 'huashu_check_script', arguments: { text: long } },
      { signal: abort.signal },
    );
    setTimeout(() => abort.abort(), 300);
    await assert.rejects(checking);
    const since = Date.now();
    await call('huashu_list_steps', {});
    assert.ok(Date.now() - since < 2000, `${Date.now() - since} ms`);
  });

  test('what is no message is passed over, and told to the user alone', async () => {
    const child = spawn(process.execPath, [cli, 'mcp', folder, '--lang', 'zh-CN']);
    let [out, err] = ['', ''];
    child.stdout.on('data', (part) => (out += part));
    child.stderr.on('data', (part) => (err += part));
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } };
    child.stdin.write(
      ['not JSON', '{"id":2}', JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }), ''].join('\n'),
    );
    await once(child.stdout, 'data');
    child.stdin.end();
    const [status] = await once(child, 'close');
    assert.equal(status, 0);
    assert.equal(out.trim().split('\n').length, 1);
    assert.equal(JSON.parse(out).result.serverInfo.name, 'huashu');
    assert.match(err, /^忽略了一条有误的消息：.{1,70}\n$/);
  });

  test('a request that is none of the protocol is refused, and nobody waits for an answer', () => {
    const asked = [
      { jsonrpc: '2.0', id: 1, method: 'tools/list', params: 'x' },
      { jsonrpc: '2.0', id: 'two', method: 'tools/list', params: { _meta: 7 } },
      { jsonrpc: '1.0', id: 3, method: 'tools/list' },
      { jsonrpc: '2.0', id: 4, method: 7 },
      // Nobody can be answered by these.
      { jsonrpc: '2.0', id: null, method: 'tools/list', params: [] },
      { jsonrpc: '2.0', method: 'notifications/initialized', params: 'x' },
      { id: 2 },
      [],
    ];
    const input = asked.map((each) => `${JSON.stringify(each)}\r\n`).join('');
    const { status, stdout } = spawnSync(process.execPath, [cli, 'mcp', folder, '--lang', 'zh-CN'], {
      input,
      encoding: 'utf8',
    });
    assert.equal(status, 0);
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const message = '这不是一条合乎协议的请求，没有执行。';
    assert.deepEqual(
      answers,
      [1, 'two', 3, 4].map((id) => ({ jsonrpc: '2.0', id, error: { code: -32600, message } })),
    );
  });

  test('a message beyond all measure ends the connection with a reason', () => {
    const input = 'a'.repeat(17_000_000);
    const { status, stderr, stdout } = spawnSync(process.execPath, [cli, 'mcp', folder], { input, encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, /16000000/);
    assert.equal(stdout, '');
  });

  test('wrong usage', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [cli, 'mcp', ...args], { encoding: 'utf8', input: '' });
    assert.equal(run(join(folder, '没有')).status, 2);
    assert.equal(run(join(folder, '公共.huashu')).status, 2);
    assert.equal(run(folder, folder).status, 2);
    assert.equal(run(folder, '--pack', '没有的包').status, 2);
  });

  test('other commands load nothing of it', () => {
    const main = readFileSync(cli, 'utf8');
    assert.doesNotMatch(main, /modelcontextprotocol/);
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-protocol';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { tools } from '../../server/src/assist/index.ts';
import { type Client, start } from './client.ts';

const folder = 'file:///w';
const script = `${folder}/${encodeURIComponent('提醒.huashu')}`;
const other = `${folder}/${encodeURIComponent('公共.huashu')}`;
const text = `${readFileSync('samples/违规示例.huashu', 'utf8').trimEnd()}\n\n【再说一遍】\n坐席：再不还钱，我就找人打断你的腿。\n→ 结束\n`;
const threat = 'cn/no-threat-of-violence';

for (const server of ['the language server', 'the server of the web'] as const) {
  suite(`assistants: ${server}`, function () {
    this.timeout(60_000);
    let client: Client;
    suiteSetup(async () => {
      client = await start({
        server,
        folder,
        files: new Map([
          [script, text],
          [other, readFileSync('samples/公共.huashu', 'utf8')],
          ['file:///outside.huashu', '【开场】\n坐席：秘密的台词。\n'],
        ]),
        options: { rewriteCommand: 'huashu.rewrite' },
      });
      client.open(script, text);
      client.open('file:///outside.huashu', '【开场】\n坐席：秘密的台词。\n');
    });
    suiteTeardown(() => client.stop());

    const assist = async (tool: string, input: object): Promise<string> =>
      (await client.connection.sendRequest<{ text: string }>('huashu/assist', { tool, input })).text;

    test('each tool answers, or says why not', async () => {
      assert.match(await assist('huashu_explain_rule', { rule: threat }), /^cn\/no-threat-of-violence/);
      assert.match(await assist('huashu_list_steps', { language: 'en' }), /^1\. Confirm/);
      assert.match(await assist('huashu_suggest_wordings', { step: '确认身份' }), /合规说法/);
      for (const { name } of tools) await assert.rejects(assist(name, { no: 'such' }), /没有“no”这个参数/);
      await assert.rejects(assist('huashu_format_disk', {}), /没有“huashu_format_disk”这个工具/);
    });

    test('a script of the folder is found however its path is written, and counts as it was typed', async () => {
      for (const path of ['提醒.huashu', './提醒.huashu', '/w/提醒.huashu', script, 'w/提醒.huashu'])
        assert.match(
          await assist('huashu_check_script', { path }),
          /^提醒\.huashu：检查了 1 个文件：\d\d 个错误/,
          path,
        );
      client.change(script, '【开场】\n坐席：再不还钱，我就找人打断你的腿。\n', 2);
      const typed = await assist('huashu_check_script', { path: '提醒.huashu' });
      client.change(script, text, 3);
      assert.match(typed, /第 2 行.*no-threat-of-violence/);
      for (const path of [
        '没有.huashu',
        '../w2/提醒.huashu',
        '/etc/passwd',
        'outside.huashu',
        'file:///outside.huashu',
        '',
        '\u0000',
        '%',
      ])
        await assert.rejects(assist('huashu_check_script', { path }), /打开的文件夹里没有|其中一个/, path);
    });

    test('a text is checked as if it stood in the folder', async () => {
      const checked = await assist('huashu_check_script', { text: '【开场】\n插入：公共/告知渠道\n坐席：滞纳金。\n' });
      assert.match(checked, /^草稿\.huashu：/);
      assert.match(checked, /no-late-fee-term/);
      assert.doesNotMatch(checked, /找不到话术文件/);
      // What was asked about is no script of the folder.
      await assert.rejects(assist('huashu_check_script', { path: '草稿.huashu' }), /没有“草稿\.huashu”/);
    });

    test('a check that is cancelled leaves off', async () => {
      const source = new CancellationTokenSource();
      const long = Array.from({ length: 30_000 }, (_, index) => `坐席：您的违约金${index}元`).join('\n');
      const asked = client.connection.sendRequest(
        'huashu/assist',
        { tool: 'huashu_check_script', input: { text: long } },
        source.token,
      );
      setTimeout(() => source.cancel(), 200);
      await assert.rejects(asked, /Cancelled/);
    });

    test('a line is rewritten: the quick-fix, what is asked, and what of an answer is clean', async () => {
      const { items } = await client.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
        textDocument: { uri: script },
      });
      const { range } = items.find(({ code }) => code === threat)!;
      const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: script },
        range: { start: range.end, end: range.end },
        context: { diagnostics: [] },
      });
      const action = actions.find(({ command }) => command?.command === 'huashu.rewrite')!;
      assert.equal(action.title, '用编辑器的语言模型改写这句话…');
      const [asking] = action.command!.arguments!;
      const { prompt, line } = await client.connection.sendRequest<{ prompt: string; line: string }>(
        'huashu/rewritePrompt',
        asking,
      );
      assert.ok(prompt.includes(line));
      const answer = JSON.stringify(['您现在方便说说这次没能按时还款的原因吗？', '我就找人打断你的腿。', line]);
      const tried = await client.connection.sendRequest<{
        version: number;
        rewrites: { text: string; range: typeof range }[];
        refused: number;
        reason: string;
      }>('huashu/tryRewrites', { ...asking, answer });
      assert.deepEqual([tried.version, tried.refused], [3, 2]);
      assert.equal(tried.rewrites[0]?.text, '您现在方便说说这次没能按时还款的原因吗？');
      const [said] = text.split('\n').slice(range.start.line);
      const { start: from, end: to } = tried.rewrites[0]!.range;
      assert.equal(said!.slice(from.character, to.character), line);
      assert.match(tried.reason, /人身威胁/);
      const nothing = await client.connection.sendRequest('huashu/tryRewrites', { ...asking, answer: '我不会。' });
      assert.deepEqual(nothing, { version: 3, rewrites: [], refused: 0 });
      const elsewhere = { ...asking, position: { line: 0, character: 0 } };
      await assert.rejects(client.connection.sendRequest('huashu/rewritePrompt', elsewhere), /已经没有这个问题/);
    });
  });
}

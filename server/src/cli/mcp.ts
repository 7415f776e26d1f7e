import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CallToolResult,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  Server,
  type Tool as ToolOfProtocol,
} from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { explainRule, listRules } from '../assist/explainRule.ts';
import { toolNamed, tools } from '../assist/index.ts';
import { cut, inputSchema, languageIn, readInput } from '../assist/input.ts';
import { listSteps } from '../assist/listSteps.ts';
import type { Answer, Input, Tool } from '../assist/tool.ts';
import type { Steps } from '../base/steps.ts';
import { inLanguage, type Language, type Text } from '../base/text.ts';
import { Refusal } from '../features/feature.ts';
import { version } from '../host/version.ts';
import { inTurns } from '../lsp/turns.ts';
import type { Pack } from '../packs/pack.ts';
import { printable } from '../report/text.ts';
import { type AssistantFolder, assistantFolder } from './assistantFolder.ts';
import { LineTooLong, MessageLines } from './messageLines.ts';
import { complain, type Options, UsageError } from './options.ts';
import { givenBy } from './project.ts';

/** A longer message ends the connection; a script of the most characters fits, however it is escaped. */
const longestMessage = 16_000_000;

const noRequest: Text = {
  zh: '这不是一条合乎协议的请求，没有执行。',
  en: 'This is no request of the protocol; nothing was done.',
};

const title: Text = { zh: '话术', en: 'Huashu' };

const instructions: Text = {
  zh: '话术检查催收话术是否合规。起草催收话术之前，先用 huashu_list_steps 了解标准步骤，用 huashu_suggest_wordings 取得合规说法；写好或改动之后，用 huashu_check_script 检查全文，按规则改到没有错误，再交给用户。不得为了通过检查而添加豁免；豁免只能由用户决定。话术怎样书写，见资源 huashu://language。检查不能代替合规人员的审核。',
  en: 'Huashu checks debt-collection scripts for compliance. Before you draft one, see the standard steps by huashu_list_steps and get compliant wordings by huashu_suggest_wordings. Check the whole script by huashu_check_script when it is written or changed, and mend it until it has no errors before you hand it over. Never add a suppression to pass the check: that is for the user to decide. How scripts are written says the resource huashu://language. The check does not replace a review by compliance.',
};

/** `huashu mcp`: the tools for assistants, as a server of the Model Context Protocol. It ends when nobody writes to it any more. */
export async function runMcp(options: Options, bundled: readonly Pack[]): Promise<undefined> {
  const [path = '.', ...more] = options.paths;
  if (more.length > 0)
    throw new UsageError(`一次只能给一个文件夹：${more.join(' ')}`, `One folder at a time: ${more.join(' ')}`);
  const isFolder = await stat(path).then(
    (what) => what.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new UsageError(`没有“${path}”这个文件夹。`, `There is no folder “${path}”.`);
  const { language } = options;
  const folder = await assistantFolder(path, await givenBy(options, bundled));
  serveStdio(() => serverOf(folder, language), {
    transport: new MessageLines(process.stdin, process.stdout, longestMessage, inLanguage(noRequest, language)),
    onerror: (error) => tell(error, language),
  });
}

/** Nobody but the user reads this: who has written something that is no message cannot be answered. */
function tell(error: Error, language: Language): void {
  if (error instanceof LineTooLong) {
    process.exitCode = 2;
    complain(
      {
        zh: `收到的消息超过 ${longestMessage} 字节的上限，连接已关闭。`,
        en: `A message has more than the ${longestMessage} bytes that are read; the connection is closed.`,
      },
      language,
    );
    return;
  }
  const short = cut(printable(error.message.replace(/\s+/g, ' ')));
  complain({ zh: `忽略了一条有误的消息：${short}`, en: `A message that is wrong was ignored: ${short}` }, language);
}

function serverOf(folder: AssistantFolder, language: Language): Server {
  const server = new Server(
    { name: 'huashu', title: inLanguage(title, language), version },
    { capabilities: { tools: {}, resources: {} }, instructions: inLanguage(instructions, language) },
  );
  server.setRequestHandler('tools/list', () => ({ tools: tools.map((tool) => described(tool, language)) }));
  server.setRequestHandler('tools/call', async ({ params }, { mcpReq }): Promise<CallToolResult> => {
    const tool = toolNamed(params.name);
    if (!tool) throw unknownTool(params.name, language);
    const answer = await answerOf(tool, params.arguments, folder, language, mcpReq.signal);
    if (answer instanceof Refusal)
      return {
        isError: true,
        content: [{ type: 'text', text: inLanguage(answer.text, languageOfCall(params.arguments, language)) }],
      };
    return { content: [{ type: 'text', text: answer.text }], structuredContent: answer.data };
  });
  server.setRequestHandler('resources/list', () => ({
    resources: resources.map(({ uri, name, about }) => ({
      uri,
      name,
      title: inLanguage(about, language),
      mimeType: mimeTypeOf(uri),
    })),
  }));
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [
      {
        uriTemplate: 'huashu://rules/{+id}',
        name: 'rule',
        title: inLanguage(explainRule.title, language),
        mimeType: 'text/plain',
      },
    ],
  }));
  server.setRequestHandler('resources/read', async ({ params: { uri } }, { mcpReq }): Promise<ReadResourceResult> => {
    const text = await resourceText(uri, folder, language, mcpReq.signal);
    if (text instanceof Refusal)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, inLanguage(text.text, language));
    return { contents: [{ uri, mimeType: mimeTypeOf(uri), text }] };
  });
  return server;
}

function described(tool: Tool, language: Language): ToolOfProtocol {
  return {
    name: tool.name,
    title: inLanguage(tool.title, language),
    description: inLanguage(tool.about, language),
    inputSchema: { ...inputSchema(tool, language) },
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  };
}

function unknownTool(name: string, language: Language): ProtocolError {
  const names = tools.map((tool) => tool.name);
  const text: Text = {
    zh: `没有“${cut(name)}”这个工具；有：${names.join('、')}。`,
    en: `There is no tool “${cut(name)}”; there are ${names.join(', ')}.`,
  };
  return new ProtocolError(ProtocolErrorCode.InvalidParams, inLanguage(text, language));
}

async function answerOf(
  tool: Tool,
  given: unknown,
  folder: AssistantFolder,
  language: Language,
  signal: AbortSignal,
): Promise<Answer | Refusal> {
  const input = readInput(tool, given);
  if (input instanceof Refusal) return input;
  const subject = tool.subject(input);
  if (subject instanceof Refusal) return subject;
  const ground = await folder.ground(subject, languageIn(input, language));
  return ground instanceof Refusal ? ground : done(tool.run(input, ground), signal);
}

/** In turns, so that word of a cancellation comes through. */
async function done(steps: Steps<Answer | Refusal>, signal: AbortSignal): Promise<Answer | Refusal> {
  const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const worked = await inTurns(steps, pause, () => signal.aborted);
  return worked?.value ?? new Refusal('已取消。', 'Cancelled.');
}

/** Also of an input that is refused for something else. */
function languageOfCall(given: unknown, language: Language): Language {
  const wanted = typeof given === 'object' && given !== null && 'language' in given ? given.language : undefined;
  return wanted === 'zh-CN' || wanted === 'en' ? wanted : language;
}

const resources: readonly { readonly uri: string; readonly name: string; readonly about: Text }[] = [
  { uri: 'huashu://language', name: 'language', about: { zh: '话术语言参考', en: 'The Huashu language reference' } },
  { uri: 'huashu://steps', name: 'steps', about: { zh: '标准步骤', en: 'The standard steps' } },
  { uri: 'huashu://rules', name: 'rules', about: { zh: '现行规则', en: 'The rules in force' } },
];

function mimeTypeOf(uri: string): string {
  return uri === 'huashu://language' ? 'text/markdown' : 'text/plain';
}

async function resourceText(
  uri: string,
  folder: AssistantFolder,
  language: Language,
  signal: AbortSignal,
): Promise<string | Refusal> {
  // The pages lie beside `dist`, wherever that is installed.
  if (uri === 'huashu://language')
    return readFile(join(__dirname, `../../docs/language${language === 'en' ? '' : '.zh-CN'}.md`), 'utf8');
  const asked = (tool: Tool, input: Input): Promise<Answer | Refusal> =>
    answerOf(tool, input, folder, language, signal);
  const rule = /^huashu:\/\/rules\/(.+)$/.exec(uri)?.[1];
  const answer = await (uri === 'huashu://steps'
    ? asked(listSteps, { scope: 'all' })
    : uri === 'huashu://rules'
      ? listed(folder, language)
      : rule === undefined
        ? new Refusal(`没有“${cut(uri)}”这个资源。`, `There is no resource “${cut(uri)}”.`)
        : asked(explainRule, { rule: decoded(rule) }));
  return answer instanceof Refusal ? answer : answer.text;
}

async function listed(folder: AssistantFolder, language: Language): Promise<Answer | Refusal> {
  const ground = await folder.ground({ text: '' }, language);
  return ground instanceof Refusal ? ground : listRules(ground);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

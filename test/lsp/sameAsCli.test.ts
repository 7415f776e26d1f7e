import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { ProgressType } from 'vscode-languageserver-protocol/node';
import type { CheckedWorkspace } from '../../server/src/lsp/checkRequests.ts';
import type { FolderReport } from '../../server/src/lsp/reports.ts';
import type { FileReport, Report, ReportedFinding } from '../../server/src/report/report.ts';
import type { Category } from '../../server/src/rules/finding.ts';
import { housePack } from '../housePack.ts';
import { bundledPacks } from '../packs.ts';
import { labelledFiles, ordinaryFiles, readLabelled, readOrdinary } from '../quality/measure.ts';
import { type Client, start } from './client.ts';
import { workspaceReports } from './workspaceReports.ts';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');
const samples = join(import.meta.dirname, '../../samples');

const threat = '【开场】\n坐席：亲爱的，再挂电话我就找人打断你的腿。\n结束：完成\n';

/** Everything at once that a folder can have. */
const nasty: { readonly [name: string]: string | Uint8Array } = {
  'huashu.yaml': `packs: [cn-credit-card, ./规则/本行.yaml]
rules:
  our/no-nickname: error
overrides:
  - files: ["短信/**"]
    rules: { threat-violence: hint }
`,
  '规则/本行.yaml': housePack('our', 'our/no-nickname'),
  '甲 一.huashu': threat,
  '乙.话术': `【开场】\n豁免：cn/no-threat-of-violence，原因：演示，审批：合规部，至：2099-12-31\n坐席：再挂电话我就找人打断你的腿。\n豁免：our/no-nickname，原因：没有用处\n坐席：您好。\n→ 公共/告别\n→ 没有这节\n`,
  '公共.huashu': '【告别】\n坐席：再见，亲爱的。\n→ 返回\n',
  '短信/通知.huashu': `---\n渠道: 短信\n---\n${threat}`,
  '分行/huashu.yaml': `root: true\nasOf: 2020-01-01\npacks: [cn-credit-card]\nrules: { cn/no-such-rule: off }\n`,
  '分行/丙.huashu': threat,
  '坏配置/huashu.yaml': 'rule:\n  x: off\npacks: [cn-credit-cart\n',
  '坏配置/丁.huashu': threat,
  '外面.huashu': '【开场】\n坐席：您好。\n插入：../外面/节\n插入：分行/../../外面/节\n→ ../外面/节\n',
  // A folder by the name of a configuration.
  '怪配置/huashu.yaml/说明.txt': 'rules: {}\n',
  '怪配置/辛.huashu': threat,
  '坏规则包/坏.yaml': 'pack: mine\nprefix: mine\nrules:\n  - id: mine/a\n    categori: insult-abuse\n',
  '坏规则包/戊.huashu': `---\n规则包: [cn-credit-card, ./坏.yaml, 没有的包]\n话术；坏\n---\n${threat}`,
  'gbk.huashu': new Uint8Array([
    0xa1, 0xbe, 0xbf, 0xaa, 0xb3, 0xa1, 0xa1, 0xbf, 0x0a, 0xd7, 0xf9, 0xcf, 0xaf, 0xa3, 0xba,
  ]),
  '空.huashu': '',
  'BOM.HUASHU': `\ufeff${threat.replaceAll('\n', '\r\n')}`,
  '.隐藏/己.huashu': threat,
  'node_modules/x/庚.huashu': threat,
  'readme.txt': threat,
};

interface Found {
  readonly [path: string]: readonly string[];
}

function same(rule: unknown, severity: unknown, range: unknown, message: unknown): string {
  return JSON.stringify([rule, severity, range, message]);
}

function printed(folder: string, language: string, format: string): string {
  const args = [cli, 'check', '--format', format, '--lang', language];
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 }).stdout;
}

function ofCli(folder: string, language: string): { readonly found: Found; readonly summary: Report['summary'] } {
  const { files, summary } = JSON.parse(printed(folder, language, 'json')) as {
    files: FileReport[];
    summary: Report['summary'];
  };
  const found = files.map(({ path, findings }) => [
    path,
    findings
      .filter(({ suppressed }) => suppressed === null)
      .map(({ rule, severity, range, message }) => same(rule, severity, range, message)),
  ]);
  return { found: Object.fromEntries(found.filter(([, list]) => list!.length > 0)), summary };
}

/** What the problem matcher of the manifest reads from a text; the ends of ranges are not in it. */
function ofMatcher(text: string): Found {
  const { contributes } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  const [{ pattern }] = contributes.problemMatchers;
  const found: { [path: string]: string[] } = {};
  for (const line of text.split('\n')) {
    const part = new RegExp(pattern.regexp).exec(line);
    if (!part) continue;
    const start = { line: Number(part[pattern.line]) - 1, character: Number(part[pattern.column]) - 1 };
    const path = part[pattern.file]!;
    found[path] = [
      ...(found[path] ?? []),
      same(part[pattern.code], part[pattern.severity], { start }, part[pattern.message]),
    ];
  }
  return found;
}

/** Findings without the ends of their ranges. */
function starting(found: Found): Found {
  const cut = (text: string): string => {
    const [rule, severity, { start }, message] = JSON.parse(text);
    return same(rule, severity, { start }, message);
  };
  return Object.fromEntries(Object.entries(found).map(([path, list]) => [path, list.map(cut)]));
}

/** A call in which the customer has been identified, and the agent then says all of these. */
const heading =
  '【开场】\n坐席：请问是{客户姓名}本人吗？\n客户（是本人）：是我 → 说明\n客户（其他） → 结束\n\n【说明】\n';
const speaks = '坐席：';

/** A line tells of the debt in one of these ways, whoever looks at it: paths before words, or words alone. */
const disclosures: readonly Category[] = [
  'disclose-before-identity',
  'identity-before-disclosure',
  'third-party-disclosure',
];

/** Lines of agents that people have judged, and others that agents say. */
function utterances(): string[] {
  const judged = labelledFiles.flatMap(readLabelled).filter(({ speaker }) => speaker === 'agent');
  const all = [...judged.map(({ text }) => text), ...ordinaryFiles.flatMap(readOrdinary)];
  return all.filter((_text, index) => index % 16 === 0);
}

/** What an audit finds in utterances of which it is told what the script makes known. */
function ofAudit(texts: readonly string[], folder: string): ReportedFinding[][] {
  const context = { identity: 'confirmed', listener: 'debtor', channel: 'phone' };
  const input = texts.map((text) => `${JSON.stringify({ text, context })}\n`).join('');
  const args = [cli, 'audit', '--lang', 'zh-CN'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e8, input });
  const answers = stdout.trimEnd().split('\n');
  return answers.map((line) => (JSON.parse(line) as { findings: ReportedFinding[] }).findings);
}

const severities = [undefined, 'error', 'warning', 'info', 'hint'] as const;

function ofServer(shown: Iterable<readonly [string, readonly Diagnostic[]]>, folder: string): Found {
  const found: { [path: string]: string[] } = {};
  for (const [uri, items] of shown) {
    const path = relative(folder, fileURLToPath(uri)).replaceAll('\\', '/');
    const list = items.map(({ code, severity = 1, range, message }) =>
      same(code, severities[severity], range, message),
    );
    if (list.length > 0) found[path] = [...(found[path] ?? []), ...list];
  }
  return found;
}

suite('the editor and the command line find the same', () => {
  let folder: string;
  let client: Client | undefined;
  setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-same-'));
  });
  teardown(async () => {
    await client?.stop();
    client = undefined;
    rmSync(folder, { recursive: true });
  });

  async function compare(locale: 'zh-CN' | 'en', fewest: number): Promise<void> {
    const { found: expected, summary } = ofCli(folder, locale);
    const server = await start({ folder: pathToFileURL(folder).toString(), locale });
    client = server;
    const reports = workspaceReports(server);
    const {
      summary: words,
      unreadable,
      ...counts
    } = await server.connection.sendRequest<CheckedWorkspace>('huashu/checkWorkspace', {});
    const shown = (): Found => ofServer([...server.pushed, ...reports.current], folder);
    const all = (found: Found): number => Object.values(found).flat().length;
    await reports.until(() => all(shown()) >= all(expected));
    assert.ok(all(expected) >= fewest, `${all(expected)} findings`);
    assert.deepEqual(shown(), expected);
    assert.deepEqual(counts, summary);
    assert.match(words, locale === 'en' ? /files checked: \d+ errors/ : /^检查了 \d+ 个文件：\d+ 个错误/);
    assert.deepEqual(unreadable, []);
    const text = printed(folder, locale, 'text');
    assert.equal(await reported(server), text);
    // What is wrong with configurations and packs the server always tells itself; the matcher leaves it alone.
    const scripts = Object.entries(expected).filter(([path]) => !path.endsWith('.yaml'));
    assert.deepEqual(ofMatcher(text), starting(Object.fromEntries(scripts)));
  }

  /** What a task shows in its terminal. */
  async function reported({ connection }: Client): Promise<string> {
    const lines: string[] = [];
    const listening = connection.onProgress(new ProgressType<string[]>(), 'report', (more) => void lines.push(...more));
    const { summary } = await connection.sendRequest<FolderReport>('huashu/report', {
      folder: pathToFileURL(folder).toString(),
      partialResultToken: 'report',
    });
    listening.dispose();
    return `${[...lines, summary].join('\n')}\n`;
  }

  test('in the samples', async () => {
    cpSync(samples, folder, { recursive: true });
    await compare('zh-CN', 20);
  });

  test('in hundreds of utterances, and so does an audit', async () => {
    const texts = utterances();
    const perScript = 40;
    for (let from = 0; from < texts.length; from += perScript) {
      const lines = texts.slice(from, from + perScript).map((text) => `${speaks}${text}\n`);
      const name = String(from / perScript).padStart(3, '0');
      writeFileSync(join(folder, `${name}.huashu`), `${heading}${lines.join('')}→ 结束\n`);
    }
    await compare('zh-CN', 300);
    const { files } = JSON.parse(printed(folder, 'zh-CN', 'json')) as { files: FileReport[] };
    const wordingRules = new Set(bundledPacks.flatMap(({ rules }) => rules.map(({ id }) => id)));
    const first = heading.split('\n').length - 1;
    /** By the utterance; places count from its beginning. */
    const checked: ReportedFinding[][] = texts.map(() => []);
    for (const [index, file] of files.entries())
      for (const finding of file.findings) {
        const { start, end } = finding.range;
        const moved = (character: number) => ({ line: 0, character: character - speaks.length });
        const range = { start: moved(start.character), end: moved(end.character) };
        checked[index * perScript + start.line - first]?.push({ ...finding, range });
      }
    const all = ofAudit(texts, folder);
    assert.equal(all.length, texts.length);
    let compared = 0;
    for (const [index, audited] of all.entries()) {
      const wording = (found: readonly ReportedFinding[]): ReportedFinding[] =>
        found.filter(({ rule, category }) => wordingRules.has(rule) && !disclosures.includes(category));
      // Whether a fix fits depends on what is said before and behind it, and of that an audit knows nothing.
      const comparable = (found: readonly ReportedFinding[]) => wording(found).map((each) => ({ ...each, fixes: [] }));
      assert.deepEqual(comparable(audited), comparable(checked[index]!), texts[index]);
      const tells = (found: readonly ReportedFinding[]) => found.some(({ category }) => disclosures.includes(category));
      assert.ok(!tells(audited) || tells(checked[index]!), texts[index]);
      compared += wording(audited).length;
    }
    assert.ok(compared > 100, `${compared} findings`);
  }).timeout(120_000);

  for (const language of ['zh-CN', 'en'] as const)
    test(`in a folder with everything that can be wrong, in ${language}`, async () => {
      for (const [name, text] of Object.entries(nasty)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      symlinkSync(join(folder, '分行'), join(folder, '链接'));
      symlinkSync('.', join(folder, '圈'));
      await compare(language, 25);
    });
});

import type { Position, Range } from 'vscode-languageserver';
import { toolNamed } from '../assist/index.ts';
import { cut, languageIn, readInput } from '../assist/input.ts';
import { rewritePrompt } from '../assist/rewritePrompt.ts';
import { rewritten } from '../assist/rewritten.ts';
import type { Ground, Subject } from '../assist/tool.ts';
import type { Steps } from '../base/steps.ts';
import { inLanguage, type Language } from '../base/text.ts';
import { Refusal } from '../features/feature.ts';
import type { Script } from '../model/script.ts';
import { keyOf, type Snapshot } from '../model/workspace.ts';
import { problemReports } from '../report/report.ts';
import type { Finding } from '../rules/finding.ts';
import { rewordable, type Spoken } from '../rules/rewordable.ts';
import type { AssistMethod, Surroundings } from './assistants.ts';

/** What a tool is asked with, as the model has written it. */
export interface AssistParams {
  readonly tool: string;
  readonly input: unknown;
}

/** The finding whose line is to be rewritten. */
export interface RewriteParams {
  readonly uri: string;
  readonly rule: string;
  /** Where the finding begins. */
  readonly position: Position;
}

/** What is to be asked of a language model. */
export interface RewritePrompt {
  readonly prompt: string;
  /** The line as it is, to be shown. */
  readonly line: string;
}

export interface TryRewritesParams extends RewriteParams {
  /** What the model has answered. */
  readonly answer: string;
}

/** The rewrites that the checker finds clean, each with its edit, for one version of the document. */
export interface TriedRewrites {
  readonly version: number;
  readonly rewrites: readonly {
    readonly text: string;
    readonly range: Range;
    /** What the script will be asked for besides, now that the line speaks of it. */
    readonly asks: readonly string[];
  }[];
  /** How many others there were, and why the first of them is not among the rewrites. */
  readonly refused: number;
  readonly reason?: string;
}

/** The name of a text that is in no file. */
const draft = '草稿.huashu';

function* assist(
  { tool: name, input: given }: AssistParams,
  around: Surroundings,
): Steps<{ readonly text: string } | Refusal> {
  const tool = toolNamed(name);
  if (!tool) return new Refusal(`没有“${cut(name)}”这个工具。`, `There is no tool “${cut(name)}”.`);
  const input = readInput(tool, given);
  if (input instanceof Refusal) return input;
  const subject = tool.subject(input);
  if (subject instanceof Refusal) return subject;
  const ground = groundOf(subject, languageIn(input, around.language()), around);
  if (ground instanceof Refusal) return ground;
  const answered = yield* tool.run(input, ground);
  return answered instanceof Refusal ? answered : { text: answered.text };
}

function* promptFor(params: RewriteParams, around: Surroundings): Steps<RewritePrompt | Refusal> {
  const found = yield* findingAt(params, around);
  if (!found) return gone;
  const { finding, spoken, script, snapshot, findings } = found;
  const packs = snapshot.packs(script).set;
  const others = findings.filter((each) => each !== finding && rewordable(each, script, packs)?.index === spoken.index);
  return {
    prompt: rewritePrompt(finding, others, spoken, script, snapshot, around.language()),
    line: spoken.line.speech.text.trim(),
  };
}

function* tryRewrites(params: TryRewritesParams, around: Surroundings): Steps<TriedRewrites | Refusal> {
  const found = yield* findingAt(params, around);
  if (!found) return gone;
  const { finding, spoken, script, snapshot, findings } = found;
  const { rewrites, refused } = yield* rewritten(params.answer, finding, spoken, script, snapshot, findings);
  const { text } = script;
  const [first] = refused;
  return {
    version: text.version,
    rewrites: rewrites.map((each) => ({
      text: each.text,
      range: { start: text.positionAt(each.start), end: text.positionAt(each.end) },
      asks: each.asks.map((title) => inLanguage(title, around.language())),
    })),
    refused: refused.length,
    ...(first && { reason: inLanguage(first, around.language()) }),
  };
}

/** What the language models of the editor ask, and what it takes to have a line rewritten by one, by the methods of their requests. */
export const assistRequests: {
  readonly [method in AssistMethod]: (params: never, around: Surroundings) => Steps<object>;
} = { 'huashu/assist': assist, 'huashu/rewritePrompt': promptFor, 'huashu/tryRewrites': tryRewrites };

const gone = new Refusal(
  '这里已经没有这个问题了，或者不是改写一句话能够解决的。',
  'The finding is not here any more, or it is none that other words could mend.',
);

interface FoundLine {
  readonly finding: Finding;
  readonly spoken: Spoken;
  readonly script: Script;
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
}

/** The finding that is asked about, and the line that it is in, as both are now. */
function* findingAt({ uri, rule, position }: RewriteParams, around: Surroundings): Steps<FoundLine | undefined> {
  const snapshot = around.snapshot();
  const script = snapshot.script(uri);
  if (!script) return undefined;
  const findings = yield* around.checking(script, snapshot);
  const at = script.text.offsetAt(position);
  const finding = findings.find((each) => each.rule === rule && each.start === at && !each.suppressed);
  const spoken = finding && rewordable(finding, script, snapshot.packs(script).set);
  return spoken && { finding, spoken, script, snapshot, findings };
}

/** A script of the open folders, as it was typed; a text stands in the first of them. */
function groundOf(subject: Subject, language: Language, around: Surroundings): Ground | Refusal {
  const folders = around.folders();
  const now = around.snapshot();
  const nameOf = (uri: string): string => {
    const folder = folders.find((each) => keyOf(uri).startsWith(keyOf(each)));
    return decodeURIComponent(folder === undefined ? uri : keyOf(uri).slice(keyOf(folder).length));
  };
  const shared = { language, nameOf, problems: problemReports(around.problems(), language, nameOf) };
  if ('path' in subject) {
    const script = scriptNamed(subject.path, folders, now);
    return script
      ? { ...shared, script, snapshot: now }
      : new Refusal(
          `打开的文件夹里没有“${cut(subject.path)}”这份话术。`,
          `There is no script “${cut(subject.path)}” in the open folders.`,
        );
  }
  const uri = folders[0] === undefined ? `untitled:${draft}` : folders[0] + encodeURIComponent(draft);
  const snapshot = now.edited(new Map([[uri, subject.text]]));
  const script = snapshot.script(uri);
  if (!script) throw new Error('A text that was put in is there.');
  return { ...shared, script, snapshot };
}

/**
 * A model writes a path as it has seen it: from a folder, whole, or just the name of the file where that is clear. What scripts refer to
 * outside of the folders is read for the check, and not for a model.
 */
function scriptNamed(path: string, folders: readonly string[], snapshot: Snapshot): Script | undefined {
  const written = path.trim().replaceAll('\\', '/').replace(/^\.\//, '').split('/').map(encodeURIComponent).join('/');
  const whole = [
    path.trim(),
    ...folders.map((folder) => folder + written),
    `file://${written.replace(/^(?!\/)/, '/')}`,
  ];
  const exact = whole.flatMap((uri) => (/^[\w-]+:/.test(uri) ? (snapshot.script(uri) ?? []) : []));
  const isInside = ({ uri }: Script): boolean =>
    folders.length === 0 || folders.some((folder) => keyOf(uri).startsWith(keyOf(folder)));
  const [found] = exact.filter(isInside);
  if (found) return found;
  const tail = keyOf(`file:///${written.replace(/^\/+/, '')}`).slice('file://'.length);
  const ending = snapshot.scripts.filter((script) => isInside(script) && keyOf(script.uri).endsWith(tail));
  return ending.length === 1 ? ending[0] : undefined;
}

import { foldName } from '../base/names.ts';
import type { Steps } from '../base/steps.ts';
import type { Text } from '../base/text.ts';
import { lineAt, type Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import { createChecker } from '../rules/checker.ts';
import type { Finding } from '../rules/finding.ts';
import { asksElsewhere, rewordable, type Spoken, spokenIn } from '../rules/rewordable.ts';
import { scanLine } from '../syntax/scan.ts';

/** A line in the words of a language model, in which the checker finds nothing where it is to stand. */
export interface Rewrite {
  readonly text: string;
  /** What is replaced, as offsets. */
  readonly start: number;
  readonly end: number;
  /** The titles of rules that ask for something elsewhere in the script, now that the line speaks of it. */
  readonly asks: readonly Text[];
}

export interface Rewritten {
  readonly rewrites: readonly Rewrite[];
  /** Why others are not among them, the first reason of each. */
  readonly refused: readonly Text[];
}

/** An answer is read so far, and so many lines of it are tried. */
const [longestAnswer, mostTried] = [50_000, 8];

/** A line that is longer is no line that anybody says. */
const longestLine = 500;

/** The lines that a language model has answered, whatever it has put around them. */
export function linesIn(answer: string): readonly string[] {
  const text = answer.slice(0, longestAnswer).replace(/<think>[\s\S]*?(?:<\/think>|$)/g, '');
  const lines = arrayIn(text) ?? listIn(text);
  return [...new Set(lines.map(withoutDress).filter((line) => line !== ''))].slice(0, mostTried);
}

/** The last array of strings: what stands before it is talk. */
function arrayIn(text: string): readonly string[] | undefined {
  const end = text.lastIndexOf(']');
  for (
    let start = text.lastIndexOf('[', end);
    start >= 0;
    start = start === 0 ? -1 : text.lastIndexOf('[', start - 1)
  ) {
    const found = stringsOf(text.slice(start, end + 1));
    if (found) return found;
    // Brackets within the sentences are few.
    if (end - start > longestAnswer / 2) break;
  }
  return undefined;
}

function stringsOf(json: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}

/** The items of a list that is written with bullets or numbers. */
function listIn(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*(?:[-*•]|\d{1,2}[.、)）])[ \t]*(\S.*)$/gm)].map(([, item = '']) => item);
}

/** Without quotation marks around it, and without the one who says it. */
function withoutDress(text: string): string {
  const bare = text.trim();
  const line = scanLine(bare);
  const said = line.kind === 'utterance' || line.kind === 'guidance' ? line.speech.text.trim() : bare;
  return /^(?:“[^“”]*”|「[^「」]*」|"[^"]*")$/.test(said) ? said.slice(1, -1).trim() : said;
}

/**
 * Tries every line in its place: the whole script is checked with it. It is good when nothing that words could mend is left in the line,
 * the finding is gone, and nowhere in the script is there an error more, or a rule that words or their order break is broken more often.
 * A rule that asks for another step, since the line speaks of what it did not speak of, is told along: so it is with the fixes of packs.
 */
export function* rewritten(
  answer: string,
  finding: Finding,
  spoken: Spoken,
  script: Script,
  snapshot: Snapshot,
  before: readonly Finding[],
): Steps<Rewritten> {
  const rewrites: Rewrite[] = [];
  const refused: Text[] = [];
  for (const text of linesIn(answer)) {
    const tried = yield* tryLine(text, finding, spoken, script, snapshot, before);
    if ('why' in tried) refused.push(tried.why);
    else rewrites.push({ text, ...placeOf(spoken), ...tried });
  }
  return { rewrites, refused };
}

/** The words of a line, without the blanks around them. */
function placeOf({ line, start }: Spoken): { readonly start: number; readonly end: number } {
  const { speech } = line;
  const blanks = speech.text.length - speech.text.trimStart().length;
  return { start: start + speech.start + blanks, end: start + speech.start + speech.text.trimEnd().length };
}

function* tryLine(
  text: string,
  finding: Finding,
  spoken: Spoken,
  script: Script,
  snapshot: Snapshot,
  before: readonly Finding[],
): Steps<{ readonly why: Text } | { readonly asks: readonly Text[] }> {
  if (/[\r\n\u2028\u2029]/.test(text) || text.length > longestLine) return { why: reasons.shape };
  if (foldName(text) === foldName(spoken.line.speech.text)) return { why: reasons.same };
  const { start, end } = placeOf(spoken);
  const source = script.written.slice(0, start) + text + script.written.slice(end);
  const world = snapshot.edited(new Map([[script.uri, source]]));
  const edited = world.script(script.uri);
  const placed = edited && spokenIn(lineAt(edited, start));
  if (!edited || !placed || placed.line.kind !== spoken.line.kind || placed.line.speech.text.trim() !== text)
    return { why: reasons.shape };
  if (placed.line.speech.variables.some((variable) => !script.knows(variable.text))) return { why: reasons.variables };
  const after = (yield* createChecker(1).checking(edited, world)).filter(({ suppressed }) => !suppressed);
  const packs = world.packs(edited).set;
  const inLine = after.find((each) => rewordable(each, edited, packs)?.index === placed.index);
  if (inLine) return { why: inLine.message };
  const [was, now] = [countsOf(before), countsOf(after)];
  const more = after.filter(({ rule }) => (now.get(rule) ?? 0) > (was.get(rule) ?? 0));
  const worse = more.find((each) => each.severity === 'error' || !asksElsewhere(each, packs));
  if (worse) return { why: worse.message };
  if ((now.get(finding.rule) ?? 0) >= (was.get(finding.rule) ?? 0)) return { why: finding.message };
  const rules = [...new Set(more.map(({ rule }) => rule))];
  return { asks: rules.flatMap((id) => packs.rule(id)?.title ?? []) };
}

const reasons = {
  shape: { zh: '写成话术就不再是这一句话。', en: 'Written into the script it would not be this line any more.' },
  same: { zh: '与原话相同。', en: 'It is the line as it was.' },
  variables: { zh: '用了话术里没有的变量。', en: 'It has variables that the script does not have.' },
} as const satisfies { readonly [name: string]: Text };

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, suppressed } of findings) if (!suppressed) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

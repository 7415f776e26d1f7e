import { applyEdits, type Edit } from '../base/edit.ts';
import { type Span, shift } from '../base/span.ts';
import type { Script } from '../model/script.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Speech } from '../syntax/line.ts';
import { scanLine } from '../syntax/scan.ts';
import type { Placed } from '../syntax/tree.ts';
import { actsOfSpeech } from './flow/speech.ts';
import type { FlowResult } from './flow/violations.ts';
import { checkWording, type Utterance } from './wording.ts';
import type { WordingHit } from './wordingHit.ts';

/**
 * A rewritten line, if it has fewer hits where it stands, none of a rule that it did not break before, and none in its new words: what suits
 * the customer can betray the debt to a relative.
 */
export function better(
  edits: readonly Edit[],
  before: Utterance,
  hits: readonly WordingHit[],
  packs: PackSet,
  day: string,
): Speech | undefined {
  const line = scanLine(`坐席：${applyEdits(before.text, edits)}`);
  if (line.kind !== 'utterance') return undefined;
  const { start, variables } = line.speech;
  const rewritten = variables.map(({ braces }) => shift(braces, -start));
  const left = checkWording({ ...before, text: line.speech.text, variables: rewritten }, packs, day);
  const news = newWords(edits);
  const isBetter =
    left.length < hits.length &&
    left.every((hit) => hits.some(({ rule }) => hit.rule === rule) && !news.some((each) => overlaps(each, hit)));
  return isBetter ? line.speech : undefined;
}

/** Where what edits write stands in the text behind them. */
function newWords(edits: readonly Edit[]): readonly Span[] {
  let by = 0;
  return [...edits]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, newText }) => {
      const at = start + by;
      by += newText.length - (end - start);
      return { start: at, end: at + newText.length };
    });
}

function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Whether a line can do what other words do, on every path that comes to it: what suits a customer is not for whoever picks up. */
export function mayBeSaid(
  will: Speech,
  was: Speech,
  placed: Placed,
  script: Script,
  packs: PackSet,
  day: string,
  flow: FlowResult,
): boolean {
  const before = actsOfSpeech(was, 'agent', script, packs, day);
  const more = [...actsOfSpeech(will, 'agent', script, packs, day)].filter((id) => !before.has(id));
  return more.length === 0 || !flow.mayNot(placed, new Set(more));
}

import { foldName } from '../base/names.ts';
import type { Script } from '../model/script.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Says, Word } from '../syntax/line.ts';
import { isLine } from '../syntax/tree.ts';
import { isOther } from './build.ts';
import type { Choice } from './conversation.ts';

/** What becomes of a reply that a scenario names: a branch, or why there is none. */
export type Taken =
  /** `quoted` is what was said, where it is no category. */
  | { readonly kind: 'branch'; readonly choice: Choice; readonly quoted?: string }
  /** What it means is clear, and no branch is there for it. */
  | { readonly kind: 'no-branch'; readonly category: string }
  /** It is neither a category nor like any example. */
  | { readonly kind: 'unknown' };

/**
 * Finds the branch for a reply. A category goes first, then an example of a branch at hand, then what an example elsewhere in
 * these scripts or in a pack says that the sentence means. The node's own branches go before those of 【随时】, and those of the
 * same speaker before others. A reply whose meaning is known and has no branch here is taken as 其他.
 */
export function branchFor(
  { reply, speaker }: Pick<Says, 'reply' | 'speaker'>,
  choices: readonly Choice[],
  scripts: Iterable<Script>,
  packs: PackSet,
): Taken {
  const speaking = (choice: Choice): number => (choice.branch.line.speaker === speaker ? 0 : 1);
  const ordered = [...choices].sort((a, b) => Number(a.anytime) - Number(b.anytime) || speaking(a) - speaking(b));
  const byCategory = (category: string): Taken => {
    const choice = ordered.find(({ branch }) => sameCategory(branch.line.category.text, category, packs));
    if (choice) return { kind: 'branch', choice };
    const other = ordered.find(({ branch, anytime }) => !anytime && isOther(branch.line.category.text, packs));
    return other ? { kind: 'branch', choice: other } : { kind: 'no-branch', category };
  };
  if (isCategory(reply.text, scripts, packs)) return byCategory(reply.text);
  const said = foldSentence(reply.text);
  const here = mostLike(
    said,
    ordered.map((choice) => ({ of: choice, examples: choice.branch.line.examples.map(foldWord) })),
  );
  if (here) return { kind: 'branch', choice: here, quoted: reply.text };
  const meant = meaningOf(reply.text, scripts, packs);
  if (meant === undefined) return { kind: 'unknown' };
  const taken = byCategory(meant);
  return taken.kind === 'branch' ? { ...taken, quoted: reply.text } : taken;
}

/** Whether a scenario can name this reply in these scripts: as a category, or as something like an example. */
export function isReply(text: string, scripts: Iterable<Script>, packs: PackSet): boolean {
  return isCategory(text, scripts, packs) || meaningOf(text, scripts, packs) !== undefined;
}

/** The names of all categories that branches of these scripts have. */
export function categoriesIn(scripts: Iterable<Script>): readonly string[] {
  return [...new Set([...scripts].flatMap((script) => repliesOf(script).map(({ of }) => of)))];
}

function isCategory(text: string, scripts: Iterable<Script>, packs: PackSet): boolean {
  if (text === '') return false;
  return packs.reply(text) !== undefined || categoriesIn(scripts).some((each) => foldName(each) === foldName(text));
}

function sameCategory(one: string, other: string, packs: PackSet): boolean {
  const [left, right] = [packs.reply(one), packs.reply(other)];
  return left || right ? left === right : foldName(one) === foldName(other);
}

/** The category of the branch, or of the pack's example, that a sentence is most like. */
function meaningOf(text: string, scripts: Iterable<Script>, packs: PackSet): string | undefined {
  const inPacks = packs.replies.map(({ name, examples }) => ({ of: name.zh, examples: examples.map(foldSentence) }));
  return mostLike(foldSentence(text), [...[...scripts].flatMap(repliesOf), ...inPacks]);
}

interface Examples<T> {
  readonly of: T;
  readonly examples: readonly string[];
}

const known = new WeakMap<Script, readonly Examples<string>[]>();

/** Every branch of a script: its category, and its examples folded. */
function repliesOf(script: Script): readonly Examples<string>[] {
  const all =
    known.get(script) ??
    script.tree.lines.flatMap((placed) =>
      isLine(placed, 'branch') ? [{ of: placed.line.category.text, examples: placed.line.examples.map(foldWord) }] : [],
    );
  known.set(script, all);
  return all;
}

/** An example that is the sentence, else the one that shares most of it: the sentence within it, or it within the sentence. */
function mostLike<T>(said: string, all: readonly Examples<T>[]): T | undefined {
  let best: T | undefined;
  let bestShare = 0;
  if (said === '') return undefined;
  for (const { of, examples } of all) {
    for (const example of examples) {
      if (example === said) return of;
      const [shorter, longer] = example.length < said.length ? [example, said] : [said, example];
      // One character, such as 我 or 好, is in too many sentences to mean anything.
      const share = shorter.length >= 2 && longer.includes(shorter) ? shorter.length / longer.length : 0;
      if (share > bestShare) {
        bestShare = share;
        best = of;
      }
    }
  }
  return best;
}

function foldWord({ text }: Word): string {
  return foldSentence(text);
}

/** Sentences are the same whatever their punctuation, width and case. */
function foldSentence(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}{}]/gu, '');
}

import { Memo } from '../base/memo.ts';
import { foldName } from '../base/names.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Says, Word } from '../syntax/line.ts';
import { isLine } from '../syntax/tree.ts';
import { isOther } from './build.ts';
import type { Choice } from './conversation.ts';
import type { Graph } from './graph.ts';
import { scriptsOf } from './names.ts';

/** What becomes of a reply that a scenario names: a branch, or why there is none. */
export type Taken =
  /** `quoted` is what was said, where it is no category. */
  | { readonly kind: 'branch'; readonly choice: Choice; readonly quoted?: string }
  /** What it means is clear, and no branch is there for it. */
  | { readonly kind: 'no-branch'; readonly category: string }
  /** It is neither a category nor like any example. */
  | { readonly kind: 'unknown' };

/** What customers can reply in a conversation: by the branches of its scripts, and by the packs of the first of them. */
export interface Replies {
  /** The names of all categories that branches have. */
  readonly categories: readonly string[];
  /** The category that a scenario means by this: the one of that name, or of the example it is most like. */
  meaning(text: string): string | undefined;
  /**
   * Finds the branch for a reply. A category goes first, then an example of a branch at hand, then what an example elsewhere or in
   * a pack says that the sentence means. The node's own branches go before those of 【随时】, and those of the same speaker before
   * others. A reply whose meaning is known and has no branch here is taken as 其他.
   */
  branchFor(says: Pick<Says, 'reply' | 'speaker'>, choices: readonly Choice[]): Taken;
}

const known = new Memo<Graph, Replies>();

/** The replies of a conversation; `packs` are those of the script that it begins in. */
export function repliesOf(graph: Graph, packs: PackSet): Replies {
  const replies = known.get(graph) ?? collect(graph, packs);
  known.set(graph, replies);
  return replies;
}

function collect(graph: Graph, packs: PackSet): Replies {
  const branches = [...scriptsOf(graph)]
    .flatMap(({ tree }) => tree.lines)
    .flatMap((placed) => (isLine(placed, 'branch') ? [placed.line] : []));
  const categories = [...new Set(branches.map(({ category }) => category.text))].filter((name) => name !== '');
  const named = new Set(categories.map(foldName));
  const examples: readonly Examples<string>[] = [
    ...branches.map(({ category, examples: own }) => ({ of: category.text, examples: own.map(foldWord) })),
    ...packs.replies.map(({ name, examples: own }) => ({ of: name.zh, examples: own.map(foldSentence) })),
  ];
  const meanings = new Map<string, string | undefined>();
  const isCategory = (text: string): boolean =>
    text !== '' && (packs.reply(text) !== undefined || named.has(foldName(text)));
  /** The category of the branch, or of the pack's example, that a sentence is most like. */
  const meaningOf = (text: string): string | undefined => {
    const said = foldSentence(text);
    if (!meanings.has(said)) meanings.set(said, mostLike(said, examples));
    return meanings.get(said);
  };
  return {
    categories,
    meaning: (text) => (isCategory(text) ? text : meaningOf(text)),
    branchFor({ reply, speaker }, choices) {
      const speaking = ({ branch }: Choice): number => (branch.line.speaker === speaker ? 0 : 1);
      const ordered = [...choices].sort((a, b) => Number(a.anytime) - Number(b.anytime) || speaking(a) - speaking(b));
      const byCategory = (category: string): Taken => {
        const choice = ordered.find(({ branch }) => sameCategory(branch.line.category.text, category, packs));
        if (choice) return { kind: 'branch', choice };
        const other = ordered.find(({ branch, anytime }) => !anytime && isOther(branch.line.category.text, packs));
        return other ? { kind: 'branch', choice: other } : { kind: 'no-branch', category };
      };
      if (isCategory(reply.text)) return byCategory(reply.text);
      const here = mostLike(
        foldSentence(reply.text),
        ordered.map((choice) => ({ of: choice, examples: choice.branch.line.examples.map(foldWord) })),
      );
      if (here) return { kind: 'branch', choice: here, quoted: reply.text };
      const meant = meaningOf(reply.text);
      if (meant === undefined) return { kind: 'unknown' };
      const taken = byCategory(meant);
      return taken.kind === 'branch' ? { quoted: reply.text, ...taken } : taken;
    },
  };
}

function sameCategory(one: string, other: string, packs: PackSet): boolean {
  const [left, right] = [packs.reply(one), packs.reply(other)];
  return left || right ? left === right : foldName(one) === foldName(other);
}

interface Examples<T> {
  readonly of: T;
  readonly examples: readonly string[];
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

import type { Position } from 'vscode-languageserver';
import { edited } from '../base/source.ts';
import { type Span, shift } from '../base/span.ts';
import type { Steps } from '../base/steps.ts';
import { type Script, scriptOf } from '../model/script.ts';
import { type Snapshot, withScript } from '../model/workspace.ts';
import { isLine, type Placed } from '../syntax/tree.ts';
import { inTurns } from './turns.ts';

/** In a script that has fewer lines nobody notices how long a key takes. */
const fewest = 1000;

/** So many keys are tried out: with a third of them half of what they spare is spared. */
const tried = 60;

/** What trying out keys asks of the server around it. */
export interface Surroundings {
  snapshot(): Snapshot;
  /** Grows with every change of a document. */
  changes(): number;
  /** The lines of a script in which something is wrong, by their numbers. */
  found(uri: string): readonly number[];
  /** Works out what is found in a text that is tried out, as it would be told. */
  trying(script: Script, snapshot: Snapshot): Steps<unknown>;
  /** What the editor asks at the cursor behind a key. */
  asking(script: Script, snapshot: Snapshot, position: Position): Promise<void>;
  /** Lets everything through that is more urgent. */
  letThrough(): Promise<void>;
}

/**
 * Keys that are tried out behind the first findings of a long script that are told. Code that has never run is several times as slow as it
 * gets, and without this it would run for the first time while somebody types.
 */
export interface FirstKeys {
  /** Tries them out in some lines, in turns, until something happens, and forgets what comes of them; once is enough. */
  tryOut(uri: string): Promise<void>;
}

export function firstKeysOf(around: Surroundings): FirstKeys {
  let isDone = false;
  return {
    async tryOut(uri) {
      const snapshot = around.snapshot();
      const script = snapshot.script(uri);
      if (isDone || !script) return;
      const before = around.changes();
      const isOver = (): boolean => isDone || around.snapshot() !== snapshot;
      const areTried = await tryIn(script, snapshot, around, isOver);
      // Where other packs have come into force meanwhile it begins again behind the next findings; whoever types needs it no more.
      if (areTried || around.changes() !== before) isDone = true;
    },
  };
}

/** Answers whether all were tried out. */
async function tryIn(
  script: Script,
  snapshot: Snapshot,
  { found, trying, asking, letThrough }: Surroundings,
  isOver: () => boolean,
): Promise<boolean> {
  const { uri, written, text, tree } = script;
  if (tree.lineCount < fewest) return false;
  for (const { span, typed, asks } of keysIn(script, found(uri))) {
    await letThrough();
    if (isOver()) return false;
    const later = scriptOf(uri, text.version, edited(written, span, typed), script, { before: written, ...span });
    const world = withScript(snapshot, later);
    if (asks) await asking(later, world, later.text.positionAt(span.start + typed.length));
    await inTurns(trying(later, world), letThrough, isOver);
  }
  return true;
}

/** What is typed in place of something, and whether the editor asks at the cursor behind it. */
interface Key {
  readonly span: Span;
  readonly typed: string;
  readonly asks?: true;
}

/**
 * Of twenty keys sixteen change words, four of these in lines in which something was found; three let a line do something else, and one
 * leads elsewhere, which costs more than all others.
 */
function keysIn({ tree, names }: Script, found: readonly number[]): readonly Key[] {
  const isSpoken = (placed: Placed | undefined): boolean =>
    placed !== undefined && isLine(placed, 'utterance') && placed.line.speech.text !== '';
  const spoken = tree.lines.filter(isSpoken);
  const flagged = found.map((index) => tree.line(index)).filter(isSpoken);
  const leading = tree.lines.filter(({ line }) => (line.kind === 'branch' || line.kind === 'jump') && line.target);
  /** The one that stands at a share of the way. */
  const at = <T>(all: readonly T[], index: number): T | undefined => all[Math.floor((all.length * index) / tried)];
  return Array.from({ length: tried }, (_, index): Key | undefined => {
    const turn = index % 20;
    if (turn === 9) return leadsElsewhere(at(leading, index), at(names, tried - 1 - index));
    return saysElse(at(turn % 5 === 2 ? flagged : spoken, index), turn % 7 === 3);
  }).filter((key) => key !== undefined);
}

function saysElse(placed: Placed | undefined, isAll: boolean): Key | undefined {
  if (!placed || !isLine(placed, 'utterance')) return undefined;
  const { speech } = placed.line;
  const start = placed.start + (isAll ? speech.start : Math.round((speech.start + speech.end) / 2));
  return { span: { start, end: isAll ? placed.start + speech.end : start }, typed: '的' };
}

function leadsElsewhere(placed: Placed | undefined, name: string | undefined): Key | undefined {
  if (!placed || name === undefined || !(isLine(placed, 'branch') || isLine(placed, 'jump'))) return undefined;
  const { target } = placed.line;
  return target && { span: shift(target, placed.start), typed: name, asks: true };
}

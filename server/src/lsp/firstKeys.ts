import type { Position } from 'vscode-languageserver-types';
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
  /** The lines of the script in which something is wrong, by their numbers. */
  readonly found: readonly number[];
  /** Works out what is found in a text that is tried out, as it would be told. */
  trying(script: Script, snapshot: Snapshot): Steps<unknown>;
  /** What the editor asks at the cursor behind a key. */
  asking(script: Script, snapshot: Snapshot, position: Position): Promise<void>;
  /** Lets everything through that is more urgent. */
  letThrough(): Promise<void>;
  /** Whether this is for nothing by now. */
  isOver(): boolean;
}

/**
 * Tries out keys in some lines of a long script, and forgets what comes of them. Code that has never run is several times as slow as it
 * gets, and without this it would run for the first time while somebody types. Answers whether all were tried out.
 */
export async function tryFirstKeys(script: Script, snapshot: Snapshot, around: Surroundings): Promise<boolean> {
  const { uri, written, text, tree } = script;
  if (tree.lineCount < fewest) return false;
  for (const { span, typed, asks } of keysIn(script, around.found)) {
    await around.letThrough();
    if (around.isOver()) return false;
    const later = scriptOf(uri, text.version, edited(written, span, typed), script, { before: written, ...span });
    const world = withScript(snapshot, later);
    if (asks) await around.asking(later, world, later.text.positionAt(span.start + typed.length));
    await inTurns(around.trying(later, world), around.letThrough, around.isOver);
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

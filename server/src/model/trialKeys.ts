import { type Span, shift } from '../base/span.ts';
import { isLine, type Placed } from '../syntax/tree.ts';
import type { Script } from './script.ts';

/** What is typed in place of something. */
export interface Key {
  readonly span: Span;
  readonly typed: string;
  /** Whether it changes where a line leads. */
  readonly leads?: true;
}

/**
 * Keys that somebody might press in a script, all over it. Of twenty sixteen change words, four of these in lines in which something was
 * found; three let a line do something else, and one leads elsewhere, which costs more than all others.
 *
 * @param found the lines in which something is wrong, by their numbers
 */
export function trialKeys({ tree, names }: Script, found: readonly number[], count: number): readonly Key[] {
  const isSpoken = (placed: Placed | undefined): boolean =>
    placed !== undefined && isLine(placed, 'utterance') && placed.line.speech.text !== '';
  const spoken = tree.lines.filter(isSpoken);
  const flagged = found.map((index) => tree.line(index)).filter(isSpoken);
  const leading = tree.lines.filter(({ line }) => (line.kind === 'branch' || line.kind === 'jump') && line.target);
  /** The one that stands at a share of the way. */
  const at = <T>(all: readonly T[], index: number): T | undefined => all[Math.floor((all.length * index) / count)];
  return Array.from({ length: count }, (_, index): Key | undefined => {
    const turn = index % 20;
    if (turn === 9) return leadsElsewhere(at(leading, index), at(names, count - 1 - index));
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
  return target && { span: shift(target, placed.start), typed: name, leads: true };
}

import type { Span } from '../base/span.ts';
import { kinds } from './kinds.ts';
import { holds, mayPass, reads } from './machine.ts';
import type { Program } from './program.ts';
import type { Reading } from './reading.ts';
import { isSound } from './sounds.ts';

/**
 * Whether a program can match from somewhere at or before a range to somewhere at or behind it. A match that is looked for
 * ends as soon as it can; here every way to read the pattern counts, wide gaps included.
 *
 * @param within the part of the text to stay in
 */
export function covers(
  { instructions }: Program,
  { text, kinds: kindsThere }: Reading,
  span: Span,
  within: Span,
): boolean {
  let current: readonly number[] = [];
  for (let position = within.start; position <= within.end; position++) {
    const places = position <= span.start ? [...current, 0] : [...current];
    if (places.length === 0) return false;
    const unit = position < within.end ? text.charAt(position) : '';
    const sound = unit !== '' && isSound(unit.charCodeAt(0)) ? unit.charCodeAt(0) : 0;
    const kind = kindsThere[position] ?? kinds.edge;
    const seen = new Set<number>();
    const next: number[] = [];
    for (let at = places.pop(); at !== undefined; at = places.pop()) {
      const instruction = instructions[at];
      if (!instruction || seen.has(at)) continue;
      seen.add(at);
      switch (instruction.op) {
        case 'match':
          if (position >= span.end) return true;
          break;
        case 'jump':
          places.push(instruction.to);
          break;
        case 'split':
          places.push(instruction.first, instruction.second);
          break;
        case 'save':
          places.push(at + 1);
          break;
        case 'boundary':
        case 'clause-start':
        case 'clause-end':
          if (holds(instruction.op, kindsThere[position - 1] ?? kinds.edge, kind)) places.push(at + 1);
          break;
        case 'any':
          if (unit !== '' && mayPass(instruction.over, kind)) next.push(at + 1);
          break;
        default:
          if (unit !== '' && reads(instruction, unit, sound)) next.push(at + 1);
      }
    }
    current = next;
  }
  return false;
}

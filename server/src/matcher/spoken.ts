import { isDigit, numerals } from './instructions.ts';
import { isSound, soundAlike, soundsLike, spokenLike } from './sounds.ts';
import { stepFrom } from './tries.ts';

/** Whether a sound of a text can be a unit. */
export function soundsAs(wanted: number, unit: number): boolean {
  return isSound(unit) && soundsLike(wanted, unit);
}

/** Whether a unit of a text is another one, or is read like it. */
export function readsAlike(wanted: number, unit: number): boolean {
  return wanted === unit || (isSound(unit) ? soundsLike(wanted, unit) : soundAlike(wanted, unit));
}

export function readsDigit(unit: number): boolean {
  return isDigit(unit) || (isSound(unit) && numerals.some((numeral) => soundsLike(numeral, unit)));
}

/**
 * Where words of a list can end, from a node on, if units of a text may stand for others; in the order of the text.
 *
 * @param alike whether any unit may be one that is read alike, and not only sounds
 */
export function spokenEnds(
  rows: Int32Array,
  node: number,
  units: readonly number[],
  place: number,
  to: number,
  alike: boolean,
): readonly number[] {
  const ends = new Set<number>();
  const speak = (from: number, at: number): void => {
    if (at >= to) return;
    const unit = units[at] as number;
    for (const each of alike || isSound(unit) ? spokenLike(unit) : [unit]) {
      const step = stepFrom(rows, from, each);
      if (step === 0) continue;
      const there = rows[step] as number;
      if ((there & 1) === 1) ends.add(at + 1);
      if (there > 1) speak(there >> 1, at + 1);
    }
  };
  speak(node, place);
  return [...ends].sort((one, other) => one - other);
}

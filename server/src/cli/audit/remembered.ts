import { detached } from '../../base/text.ts';
import type { Situation } from './utterance.ts';

/** What came of an utterance. */
export interface Judgement {
  /** The findings as JSON. */
  readonly findings: string;
  readonly errors: number;
  readonly warnings: number;
}

/**
 * What came of texts that are said again and again, each in its situation. There are so many places, and a text has one of them: it
 * never grows, however long it is used. What comes for the first time only leaves its mark, since most of what is said is said once.
 */
export class Remembered {
  readonly #marks = new Int32Array(places);
  readonly #texts: string[] = new Array<string>(places).fill('');
  readonly #situations: (Situation | undefined)[] = new Array<Situation | undefined>(places).fill(undefined);
  readonly #judgements: (Judgement | undefined)[] = new Array<Judgement | undefined>(places).fill(undefined);

  get(text: string, situation: Situation, judge: () => Judgement): Judgement {
    if (text.length > longestText) return judge();
    const mark = markOf(text, situation.number);
    const place = mark & (places - 1);
    if (this.#marks[place] !== mark) {
      this.#marks[place] = mark;
      return judge();
    }
    const known = this.#judgements[place];
    if (known && this.#situations[place] === situation && this.#texts[place] === text) return known;
    const judgement = judge();
    if (judgement.findings.length <= longestFindings) {
      this.#judgements[place] = judgement;
      this.#situations[place] = situation;
      this.#texts[place] = detached(text);
    }
    return judgement;
  }
}

/** A power of two. With the lengths below it says how much there can be in memory: some ten megabytes, and hardly ever one. */
const places = 1 << 12;
const longestText = 120;
const longestFindings = 1200;

function markOf(text: string, situation: number): number {
  let mark = situation;
  for (let at = 0; at < text.length; at++) mark = (Math.imul(mark, 31) + text.charCodeAt(at)) | 0;
  // The place follows from the last bits, which would hang on the last characters alone.
  return Math.imul(mark ^ (mark >>> 15), 0x2c1b3c6d);
}

import { styleText } from 'node:util';
import { type Paint, plain } from '../report/text.ts';

/** Colours where the text goes to a terminal, and not to a file or on to another program. */
export function paintFor(isShown: boolean): Paint {
  return isShown && process.stdout.isTTY === true && !process.env.NO_COLOR ? styleText : plain;
}

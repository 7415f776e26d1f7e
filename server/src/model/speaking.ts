import type { Speech } from '../syntax/line.ts';
import { builtinVariables, findTerm } from '../syntax/vocabulary.ts';
import type { Script } from './script.ts';

/** What is said, with the samples of its variables in their places. */
export function withSamples({ text, start, variables }: Speech, script: Script): string {
  let said = '';
  let at = 0;
  for (const { text: name, braces } of variables) {
    said += text.slice(at, braces.start - start) + sampleOf(name, script);
    at = braces.end - start;
  }
  return said + text.slice(at);
}

/** The sample of a variable; without one the variable stands for itself. */
export function sampleOf(name: string, script: Script): string {
  const builtin = findTerm(builtinVariables, name);
  return (
    script.declaration(name)?.sample?.value ?? builtinVariables.find(({ id }) => id === builtin?.id)?.sample ?? name
  );
}

/** Characters as people count them: a sign that takes two units is one. */
export function charactersIn(text: string): number {
  return [...text].length;
}

/** So many syllables a minute an agent says on the telephone who wants to be understood. */
export const speakingRate = 240;

/** How long it takes to say something, in seconds to a tenth. A Chinese character and a digit are a syllable, a Latin word two. */
export function secondsToSay(text: string, rate: number = speakingRate): number {
  const syllables = (text.match(/\p{Script=Han}|\p{N}/gu) ?? []).length;
  const words = (text.match(/\p{Script=Latin}+/gu) ?? []).length;
  return Math.round(((syllables + 2 * words) * 600) / rate) / 10;
}

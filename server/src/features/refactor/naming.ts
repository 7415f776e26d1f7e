import { foldName } from '../../base/names.ts';
import { canBeNode, newName } from '../../model/newNode.ts';
import { nodePerforming } from '../../model/template.ts';
import { handOf } from '../../model/writing.ts';
import type { Step } from '../../packs/pack.ts';
import { isLine, type Placed, type ScriptNode } from '../../syntax/tree.ts';
import { type Ground, stepNames } from './ground.ts';

/** More characters than these are a sentence and no name. */
const longestName = 10;

/** The heading of a node for some lines of another one, and its name. It goes on performing the steps of that one. */
export function headingFor(
  lines: readonly Placed[],
  from: ScriptNode,
  ground: Ground,
): { readonly name: string; readonly heading: string } {
  const { script, packs } = ground;
  const write = handOf(script);
  const step = stepSaid(lines, ground);
  const old = from.heading?.line.name.text ?? '';
  const more = write.english ? 'more' : '续';
  const words = step
    ? write.english
      ? step.name.en
      : step.name.zh
    : (firstWords(lines, ground) ?? (old === '' ? more : old + more));
  const name = newName(words, script);
  const steps = stepNames(from, ground).filter((each) => packs.step(each) !== packs.step(name));
  return { name, heading: headingWith(name, steps, ground) };
}

export function headingWith(name: string, steps: readonly string[], { script }: Ground): string {
  const write = handOf(script);
  const listed = steps.join(write.english ? ', ' : '、');
  return write.heading(name) + (listed === '' ? '' : ` ${listed}`);
}

/** The step whose template says one of the lines, where no node performs it yet. */
function stepSaid(lines: readonly Placed[], { script, packs }: Ground): Step | undefined {
  const said = new Set(
    lines.flatMap((placed) => (isLine(placed, 'utterance') ? [plain(placed.line.speech.text)] : [])),
  );
  return packs.steps.find(
    (step) =>
      step.templates.some(({ says }) => says.some((text) => said.has(plain(text)))) &&
      nodePerforming(step, script, packs) === undefined,
  );
}

function plain(text: string): string {
  return foldName(text.replace(/\{[^{}]*\}/g, '{}'));
}

/** The first words that are said, short enough for a name, and no name that means something already. */
function firstWords(lines: readonly Placed[], { packs }: Ground): string | undefined {
  for (const { line } of lines) {
    const text = 'speech' in line ? line.speech.text : line.kind === 'outcome' ? line.name.text : '';
    const clauses = text.replace(/[{｛][^{}｛｝]*[}｝]/g, '').split(/[^\p{L}\p{N} ]+/u);
    for (const clause of clauses) {
      const words = shortened(clause.trim());
      if (words.length >= 2 && !/^(?:您好|你好|好的)/.test(words) && canBeNode(words) && !packs.step(words))
        return words;
    }
  }
  return undefined;
}

/** Whole words from the beginning of a clause: a number that is cut in two is another number. */
function shortened(clause: string): string {
  const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(clause)].map(({ segment }) => segment);
  // A language that has blanks between its words needs more room.
  const longest = /^\p{Script=Latin}/u.test(clause) ? 3 * longestName : longestName;
  let name = '';
  for (const word of words) {
    if (name.length + word.length > longest) break;
    name += word;
  }
  return name.trim();
}

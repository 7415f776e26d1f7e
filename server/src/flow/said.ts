import type { Script } from '../model/script.ts';
import { isLine, type Placed } from '../syntax/tree.ts';
import type { RoleKind } from '../syntax/vocabulary.ts';
import type { Point } from './graph.ts';
import { nodeName } from './names.ts';
import type { Values } from './values.ts';

/** Something that was said in a conversation, with variables filled in, or the branch that stands for a reply. */
export interface Said {
  readonly speaker: RoleKind;
  /** For a reply: an example of it, which is missing where the branch has none. */
  readonly text: string;
  /** For a reply: the category of its branch. */
  readonly category?: string;
  /** The name of the node, with its file where that is another one; empty for the lines above the first heading. */
  readonly node: string;
  readonly script: Script;
  readonly placed: Placed;
}

/** What is said at a point, if anything; `quoted` is how a scenario words a reply. */
export function saidAt(point: Point, placed: Placed, values: Values, home: Script, quoted?: string): Said | undefined {
  const { visit } = point;
  const at = { node: nodeName(visit, home), script: visit.script, placed };
  if (isLine(placed, 'utterance')) {
    const { speaker, speech } = placed.line;
    return { speaker, text: values.fill(speech, visit.script), ...at };
  }
  if (!isLine(placed, 'branch')) return undefined;
  const { speaker, category, examples } = placed.line;
  return { speaker, text: quoted ?? examples[0]?.text ?? '', category: category.text, ...at };
}

import type { LinkedEditingRangeParams, LinkedEditingRanges } from 'vscode-languageserver-protocol';
import { touches } from '../base/span.ts';
import { toRange } from './convert.ts';
import { type Entity, entityAt } from './entity.ts';
import type { Feature } from './feature.ts';
import { occurrencesOf } from './occurrences.ts';

/**
 * Who changes the name of a node, variable or role where it is defined, changes it everywhere in the file at the same time. Not
 * where it is used: there one means to name something else. What other files name, and a name that makes a node a standard step,
 * are for a rename, which looks at what it does.
 */
export const linkedEditing: Feature<LinkedEditingRangeParams, LinkedEditingRanges | null> = {
  method: 'textDocument/linkedEditingRange',
  capability: { linkedEditingRangeProvider: true },
  run({ snapshot }, { textDocument, position }) {
    const script = snapshot.script(textDocument.uri);
    const offset = script?.text.offsetAt(position) ?? 0;
    const entity = script && entityAt(script, offset, snapshot);
    if (!entity || isStandard(entity)) return null;
    const [definition, ...uses] = occurrencesOf(entity, script, snapshot);
    const isHere = definition?.use === 'definition' && definition.script === script && touches(definition.span, offset);
    if (!isHere || uses.length === 0 || uses.some((each) => each.script !== script)) return null;
    const { start, end } = definition.span;
    const name = script.written.slice(start, end);
    // Editors link equal texts only: `Next` and `next` are one name, and no two texts to type at once.
    if (uses.some(({ span }) => script.written.slice(span.start, span.end) !== name)) return null;
    return {
      ranges: [definition, ...uses].map(({ span }) => toRange(script, span)),
      wordPattern,
    };
  },
};

function isStandard(entity: Entity): boolean {
  return entity.kind === 'node' && entity.step !== undefined;
}

/** What a name can be made of; a delimiter ends the linking. */
const wordPattern = '[^\\s【】\\[\\]［］{}｛｝（）()：:，,、／/→"\'“”]+';

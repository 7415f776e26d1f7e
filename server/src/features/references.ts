import type { Location, ReferenceParams } from 'vscode-languageserver-protocol';
import { toRange } from './convert.ts';
import { entityAt } from './entity.ts';
import type { Feature } from './feature.ts';
import { occurrencesOf } from './occurrences.ts';

/** Every jump to a node, every use of a variable, every line of a declared role. */
export const references: Feature<ReferenceParams, Location[] | null> = {
  method: 'textDocument/references',
  capability: { referencesProvider: true },
  run({ snapshot }, { textDocument, position, context: { includeDeclaration } }) {
    const script = snapshot.script(textDocument.uri);
    const entity = script && entityAt(script, script.text.offsetAt(position), snapshot);
    const found = entity ? occurrencesOf(entity, script, snapshot) : [];
    if (found.length === 0) return null;
    return found
      .filter(({ use }) => includeDeclaration || use !== 'definition')
      .map((each) => ({ uri: each.script.uri, range: toRange(each.script, each.span) }));
  },
};

import type { Location, ReferenceParams } from 'vscode-languageserver-protocol';
import { toRange } from './convert.ts';
import { entityAt, nodeReferences, variableOrigin, variableReferences } from './entity.ts';
import type { Feature } from './feature.ts';

/** Every jump to a node, every use of a variable. */
export const references: Feature<ReferenceParams, Location[] | null> = {
  method: 'textDocument/references',
  capability: { referencesProvider: true },
  run({ snapshot }, { textDocument, position, context: { includeDeclaration } }) {
    const script = snapshot.script(textDocument.uri);
    if (!script) return null;
    const entity = entityAt(script, script.text.offsetAt(position), snapshot);
    if (entity?.kind === 'node') {
      const { script: home, symbol } = entity;
      const declaration = includeDeclaration ? [{ script: home, span: symbol.span }] : [];
      return [...declaration, ...nodeReferences(symbol, home, snapshot)].map((each) => ({
        uri: each.script.uri,
        range: toRange(each.script, each.span),
      }));
    }
    if (entity?.kind !== 'variable') return null;
    const origin = variableOrigin(script, entity.name);
    const uses = variableReferences(script, entity.name).filter(({ start }) => start !== origin?.start);
    return [...(includeDeclaration && origin ? [origin] : []), ...uses].map((span) => ({
      uri: script.uri,
      range: toRange(script, span),
    }));
  },
};

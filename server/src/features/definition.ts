import type { DefinitionParams, Location } from 'vscode-languageserver-protocol';
import { toRange } from './convert.ts';
import { entityAt, variableOrigin } from './entity.ts';
import type { Feature } from './feature.ts';

/** From a jump to its node, from a variable to its declaration. */
export const definition: Feature<DefinitionParams, Location | null> = {
  method: 'textDocument/definition',
  capability: { definitionProvider: true },
  run({ snapshot }, { textDocument, position }) {
    const script = snapshot.script(textDocument.uri);
    if (!script) return null;
    const entity = entityAt(script, script.text.offsetAt(position), snapshot);
    if (entity?.kind === 'node') return { uri: entity.script.uri, range: toRange(entity.script, entity.symbol.span) };
    const origin = entity?.kind === 'variable' ? variableOrigin(script, entity.name) : undefined;
    return origin ? { uri: script.uri, range: toRange(script, origin) } : null;
  },
};

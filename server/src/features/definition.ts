import type { DefinitionParams, Location } from 'vscode-languageserver-protocol';
import { toRange } from './convert.ts';
import { entityAt, variableOrigin } from './entity.ts';
import type { Feature } from './feature.ts';
import { yamlDefinition } from './yamlDefinition.ts';

/** From a jump to its node, from a variable to its declaration, from a name in a rule pack to what it stands for. */
export const definition: Feature<DefinitionParams, Location | null> = {
  method: 'textDocument/definition',
  capability: { definitionProvider: true },
  run(context, { textDocument, position }) {
    const { snapshot } = context;
    const sheet = snapshot.sheet(textDocument.uri);
    if (sheet) return yamlDefinition(sheet, position, context) ?? null;
    const script = snapshot.script(textDocument.uri);
    if (!script) return null;
    const entity = entityAt(script, script.text.offsetAt(position), snapshot);
    if (entity?.kind === 'node') return { uri: entity.script.uri, range: toRange(entity.script, entity.symbol.span) };
    const origin = entity?.kind === 'variable' ? variableOrigin(script, entity.name) : undefined;
    return origin ? { uri: script.uri, range: toRange(script, origin) } : null;
  },
};

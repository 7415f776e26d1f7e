import type { DefinitionParams, Location } from 'vscode-languageserver-protocol';
import { toRange } from './convert.ts';
import { entityAt } from './entity.ts';
import type { Feature } from './feature.ts';
import { occurrencesOf } from './occurrences.ts';
import { yamlDefinition } from './yamlDefinition.ts';

/** From a jump to its node, from a variable or role to its declaration, from a name in a rule pack to what it stands for. */
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
    const origin = entity && occurrencesOf(entity, script, snapshot).find(({ use }) => use === 'definition');
    return origin ? { uri: origin.script.uri, range: toRange(origin.script, origin.span) } : null;
  },
};

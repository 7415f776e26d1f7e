import { foldName } from '../base/names.ts';
import type { Span } from '../base/span.ts';
import type { NodeSymbol, Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Word } from '../syntax/line.ts';
import type { Entity } from './entity.ts';
import { declaredVariables, expectations, roleWords } from './names.ts';

/** A place where a name stands: where it is defined, where it is given a value, or where it is used. */
export interface Occurrence {
  readonly script: Script;
  /** The name alone, without braces, brackets, file or quotes. */
  readonly span: Span;
  readonly use: 'definition' | 'write' | 'read';
}

/** Every place that names the same thing: a node in all files, a variable or a declared role in its own. The definition comes first. */
export function occurrencesOf(entity: Entity, script: Script, snapshot: Snapshot): readonly Occurrence[] {
  switch (entity.kind) {
    case 'node':
      return [
        { script: entity.script, span: entity.symbol.span, use: 'definition' },
        ...nodeReferences(entity.symbol, entity.script, snapshot),
      ];
    case 'variable':
      return variableOccurrences(script, entity.name);
    case 'role': {
      const [definition, ...lines] = roleWords(script).filter(isNamed(entity.declaration.name));
      return [
        ...(definition ? [{ script, span: spanOf(definition), use: 'definition' } as const] : []),
        ...lines.map((line) => ({ script, span: spanOf(line), use: 'read' }) as const),
      ];
    }
    default:
      return [];
  }
}

/** Every place of the workspace that leads to a node, or expects it. */
export function* nodeReferences(symbol: NodeSymbol, home: Script, snapshot: Snapshot): Generator<Occurrence> {
  for (const script of snapshot.scripts) {
    const targets = script === home ? script.targets : script.outward;
    for (const reference of [...targets, ...(script.hasScenarios ? expectations(script, snapshot) : [])]) {
      if (foldName(reference.node.text) !== foldName(symbol.name)) continue;
      const resolution = snapshot.resolve(script, reference);
      // Of two nodes with one name only the first can be meant.
      if (resolution.kind === 'node' && resolution.script === home && resolution.symbol === symbol)
        yield { script, span: spanOf(reference.node), use: 'read' };
    }
  }
}

function variableOccurrences(script: Script, name: string): Occurrence[] {
  const declared = declaredVariables(script).find(isNamed(name));
  const uses = script.variables.filter(isNamed(name));
  // Without a declaration, the line that first records the variable is what defines it.
  const recorded = declared ? undefined : uses.find(({ use }) => use === 'record');
  const definition = declared ?? recorded;
  return [
    ...(definition ? [{ script, span: spanOf(definition), use: 'definition' } as const] : []),
    ...uses
      .filter((each) => each !== recorded)
      .map((each) => {
        const use = each.use === 'record' || each.use === 'given' ? 'write' : 'read';
        return { script, span: spanOf(each), use } as const;
      }),
  ];
}

const isNamed =
  (name: string) =>
  ({ text }: Word): boolean =>
    foldName(text) === foldName(name);

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

import { packForm } from './packSchema.ts';
import type { DefinedThing, Shape } from './shape.ts';
import { entryOf, itemsOf, pairsOf, scalarText, type YamlNode, type YamlText } from './yamlText.ts';

/** Where a file of a pack gives something its name. */
export interface Definition {
  readonly kind: DefinedThing;
  readonly name: string;
  readonly node: YamlNode;
}

const known = new WeakMap<YamlText, readonly Definition[]>();

/** Everything that a file of a pack defines, with or without mistakes in it. */
export function definitionsIn(yaml: YamlText): readonly Definition[] {
  const found = known.get(yaml) ?? [...definitions(yaml)];
  known.set(yaml, found);
  return found;
}

function* definitions({ root }: YamlText): Generator<Definition> {
  for (const { name, value } of pairsOf(root) ?? []) {
    const shape = (packForm.fields as { readonly [name: string]: { readonly shape: Shape } })[name]?.shape;
    if (shape?.kind === 'table' && shape.keys.kind === 'definition') {
      for (const pair of pairsOf(value) ?? []) yield { kind: shape.keys.of, name: pair.name, node: pair.keyNode };
    } else if (shape?.kind === 'list' && shape.of.kind === 'form') {
      const id = shape.of.fields.id?.shape;
      if (id?.kind !== 'definition') continue;
      for (const item of itemsOf(value) ?? []) {
        const node = entryOf(item, 'id');
        const named = scalarText(node);
        if (node && named) yield { kind: id.of, name: named, node };
      }
    }
  }
}

import { foldName } from '../base/names.ts';
import {
  definition,
  type Field,
  type Form,
  form,
  list,
  name,
  optional,
  type Scalar,
  type Shape,
  table,
  text,
} from '../packs/shape.ts';
import type { Enclosing } from '../packs/yamlSite.ts';
import {
  channels,
  type FrontMatterKey,
  frequencyKeys,
  frontMatterKeys,
  roles,
  spellings,
  stages,
  statuses,
  type Term,
  type VariableField,
  variableFields,
  variableTypes,
} from '../syntax/vocabulary.ts';

/** A mapping of the front matter; it knows each key in all its spellings. */
export type FrontMatterForm = Form;

/** What the keys of a form, or the values of a choice, stand for. */
const tables = new WeakMap<Form | Scalar, readonly Term[]>();

function formOfTerms<Id extends string>(
  terms: readonly Term<Id>[],
  shapes: { readonly [id in Id]?: Shape },
): FrontMatterForm {
  const fields = terms.flatMap((term) => {
    const field = optional(shapes[term.id] ?? text, term.help.zh, term.help.en);
    return spellings(term).map((spelling): [string, Field] => [spelling, field]);
  });
  const made = form(Object.fromEntries(fields));
  tables.set(made, terms);
  return made;
}

function oneOf(terms: readonly Term[]): Scalar {
  const made: Scalar = { kind: 'choice', choices: terms.map(({ zh, help }) => ({ value: zh[0], about: help })) };
  tables.set(made, terms);
  return made;
}

const variableForm = formOfTerms<VariableField>(variableFields, { type: oneOf(variableTypes), values: list(text) });
const variables = table(definition('variable'), variableForm);

export const frontMatterForm = formOfTerms<FrontMatterKey>(frontMatterKeys, {
  status: oneOf(statuses),
  channel: oneOf(channels),
  stage: oneOf(stages),
  frequency: formOfTerms(frequencyKeys, {}),
  packs: list(name('pack')),
  roles: table(text, oneOf(roles)),
  variables,
});

/** The terms for the keys of a form or the values of a choice, in their order. */
export function termsOf(of: Form | Scalar): readonly Term[] {
  return tables.get(of) ?? [];
}

/** What a key of a form stands for, however it is spelt. */
export function idOfKey(of: FrontMatterForm, key: string): string | undefined {
  const folded = foldName(key);
  return termsOf(of).find((term) => spellings(term).some((spelling) => foldName(spelling) === folded))?.id;
}

/** Whether the innermost mapping around a place declares variables, or roles. */
export function formOf(around: readonly Enclosing[]): 'variables' | 'roles' | undefined {
  const shape = around.at(-1)?.shape;
  if (shape?.kind !== 'table') return undefined;
  return shape === variables ? 'variables' : 'roles';
}

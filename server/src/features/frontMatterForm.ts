import { foldName } from '../base/names.ts';
import type { Span } from '../base/span.ts';
import type { Script } from '../model/script.ts';
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
import { type Enclosing, siteAt, type YamlSite } from '../packs/yamlSite.ts';
import { innerSpan, parseYaml } from '../packs/yamlText.ts';
import { imeYaml, type MappedText } from '../syntax/imeYaml.ts';
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

/** The front matter as YAML, and where a place of the file lies in it; nothing outside of it. */
export function frontMatterYaml(
  { tree }: Script,
  offset: number,
): { readonly yaml: MappedText; readonly at: number } | undefined {
  const { lines, end = 0 } = tree.frontMatter;
  const first = lines && tree.line(lines.first + 1);
  if (!first || offset < first.start || offset > end) return undefined;
  const yaml = imeYaml(tree.written.slice(first.start, end), first.start);
  let at = 0;
  while (at < yaml.text.length && yaml.sourceOffset(at) < offset) at++;
  return { yaml, at };
}

/** What stands at a place of the front matter, and where in the file. */
export function frontMatterSite(script: Script, offset: number): (Span & { readonly site: YamlSite }) | undefined {
  const place = frontMatterYaml(script, offset);
  const site = place && siteAt(parseYaml(place.yaml.text), frontMatterForm, place.at);
  if (!site) return undefined;
  const { start, end } = innerSpan(site.node);
  const { sourceOffset } = place.yaml;
  return { site, start: sourceOffset(start), end: end > start ? sourceOffset(end - 1) + 1 : sourceOffset(start) };
}

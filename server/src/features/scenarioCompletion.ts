import type { CompletionItem } from 'vscode-languageserver-protocol';
import { foldName } from '../base/names.ts';
import { inLanguage } from '../base/text.ts';
import type { Expect, Given, Says } from '../syntax/line.ts';
import { isLine } from '../syntax/tree.ts';
import { booleans, targets, variableTypes } from '../syntax/vocabulary.ts';
import { kinds, offer, type Site } from './completionItem.ts';

/** What lines of a scenario can name besides what the conversation can: outcomes, categories of its own, variables and values. */
export function* scenarioNames(line: Given | Says | Expect, site: Site, from: number): Generator<CompletionItem> {
  switch (line.kind) {
    case 'expect':
      yield* outcomes(site, from);
      return;
    case 'says':
      yield* ownCategories(site, from);
      return;
    case 'given':
      yield* givenParts(line, site, from);
      return;
    default:
      line satisfies never;
  }
}

function* outcomes(site: Site, from: number): Generator<CompletionItem> {
  const { script, write, language } = site;
  const names = script.tree.lines.flatMap((placed) => (isLine(placed, 'outcome') ? [placed.line.name.text] : []));
  for (const name of new Set(names))
    if (name !== '' && !script.node(name)) yield* offer(site, from, { label: name, kind: kinds.target, rank: 1000 });
  for (const target of targets) {
    if (target.id !== 'end' && target.id !== 'transfer') continue;
    const { zh, en, help } = target;
    const detail = inLanguage(help, language);
    yield* offer(site, from, {
      label: write.word(target),
      kind: kinds.target,
      detail,
      names: [write.word(target), ...zh, ...en],
      rank: 1001,
    });
  }
}

function* ownCategories(site: Site, from: number): Generator<CompletionItem> {
  const { script, packs } = site;
  const names = script.tree.lines.flatMap((placed) => (isLine(placed, 'branch') ? [placed.line.category.text] : []));
  for (const name of new Set(names))
    if (name !== '' && !packs.reply(name)) yield* offer(site, from, { label: name, kind: kinds.reply, rank: 500 });
}

/** The name of a variable, or behind the equals sign its values. */
function* givenParts(line: Given, site: Site, from: number): Generator<CompletionItem> {
  const { script, write } = site;
  const part = site.before.slice(from);
  const equals = part.search(/[=＝]/);
  if (equals < 0) {
    const given = line.values.filter(({ value }) => value.text !== '').map(({ variable }) => foldName(variable.text));
    for (const [index, { name, type }] of script.tree.frontMatter.variables.entries()) {
      if (given.includes(foldName(name))) continue;
      const term = variableTypes.find(({ id }) => id === type);
      const detail = term && write.word(term);
      yield* offer(site, from, {
        label: name,
        kind: kinds.variable,
        insert: `${name} = `,
        ...(detail !== undefined && { detail }),
        about: { thing: 'variable', name },
        rank: index,
        again: true,
      });
    }
    return;
  }
  const declaration = script.declaration(part.slice(0, equals).trim());
  if (!declaration) return;
  const { type, values, sample } = declaration;
  const known =
    type === 'boolean' ? booleans.map((each) => write.word(each)) : (values?.value ?? (sample ? [sample.value] : []));
  const value = part.slice(equals + 1);
  const start = from + equals + 1 + (value.length - value.trimStart().length);
  for (const [index, label] of known.entries()) yield* offer(site, start, { label, kind: kinds.value, rank: index });
}

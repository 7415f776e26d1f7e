import type { CompletionItem } from 'vscode-languageserver-protocol';
import { inLanguage } from '../base/text.ts';
import { booleans, builtinVariables, connectives, operators, spellings, type Term } from '../syntax/vocabulary.ts';
import { kinds, offer, type Site } from './completionItem.ts';
import { typeName } from './nameCompletion.ts';
import { termText } from './termText.ts';

/** What a condition can go on with: variables, behind one the comparisons, behind these its values, then what joins it to more. */
export function* conditions(site: Site, start: number): Generator<CompletionItem> {
  const { script, language } = site;
  const declared = script.tree.frontMatter.variables;
  const names = [
    ...declared.map(({ name }) => name),
    ...script.variables.filter(({ use }) => use === 'record').map(({ text }) => text),
    ...builtinVariables.map(({ zh }) => zh[0]),
  ];
  const { last, variable, from } = read(site.before, start, names);
  switch (last) {
    case 'variable':
      yield* terms(operators, site, from);
      return;
    case 'operator': {
      const declaration = variable === undefined ? undefined : script.declaration(variable);
      if (!declaration) return;
      const { type, values, sample } = declaration;
      const known = type === 'boolean' ? booleans.map((each) => site.write.word(each)) : (values?.value ?? []);
      for (const [index, label] of [...known, ...(known.length === 0 && sample ? [sample.value] : [])].entries())
        yield* offer(site, from, { label, kind: kinds.value, rank: index });
      return;
    }
    case 'value': {
      yield* terms(connectives, site, from);
      const { arrow } = site.write;
      const detail = inLanguage({ zh: '条件成立时跳转', en: 'Jumps when the condition holds' }, language);
      yield* offer(site, from, {
        label: arrow,
        kind: kinds.operator,
        detail,
        insert: `${arrow} `,
        again: true,
        rank: 0,
      });
      return;
    }
    default:
      for (const [index, { name, type }] of declared.entries())
        yield* offer(site, from, {
          label: name,
          kind: kinds.variable,
          detail: typeName(type, site),
          about: { thing: 'variable', name },
          rank: index,
        });
      yield* terms(
        connectives.filter(({ id }) => id === 'not'),
        site,
        from,
      );
  }
}

function* terms(of: readonly Term[], site: Site, from: number): Generator<CompletionItem> {
  for (const [index, term] of of.entries()) {
    const label = site.write.word(term);
    yield* offer(site, from, {
      label,
      kind: kinds.operator,
      detail: inLanguage(term.help, site.language),
      documentation: termText(term, site.language),
      names: [label, ...term.zh, ...term.en],
      rank: 100 + index,
    });
  }
}

/** What stands last in a condition, and where the word begins that is being typed behind it. */
function read(
  text: string,
  start: number,
  variables: readonly string[],
): {
  readonly last: 'variable' | 'operator' | 'value' | 'connective';
  readonly variable?: string;
  readonly from: number;
} {
  const words: readonly (readonly [word: string, kind: 'variable' | 'operator' | 'connective'])[] = [
    ...variables.map((name) => [name, 'variable'] as const),
    ...operators.flatMap((term) => spellings(term).map((word) => [word, 'operator'] as const)),
    ...connectives.flatMap((term) => spellings(term).map((word) => [word, 'connective'] as const)),
  ];
  const longestFirst = words.toSorted(([a], [b]) => b.length - a.length);
  let at = start;
  let last: ReturnType<typeof read>['last'] = 'connective';
  let variable: string | undefined;
  while (at < text.length) {
    if (/[\s（(]/.test(text.charAt(at))) {
      at++;
      continue;
    }
    if (last === 'operator') {
      // A value ends at a blank, and a number where its digits do.
      const value = /^(?:\d[\d.,]*(?=\D)|[^\s]+(?=\s))/.exec(text.slice(at))?.[0];
      if (value === undefined) break;
      at += value.length;
      last = 'value';
      continue;
    }
    const [word, kind] = longestFirst.find(([each]) => text.startsWith(each, at)) ?? [];
    if (word === undefined || kind === undefined) break;
    if (kind === 'variable') variable = word;
    last = kind;
    at += word.length;
  }
  return { last, ...(variable !== undefined && { variable }), from: at };
}

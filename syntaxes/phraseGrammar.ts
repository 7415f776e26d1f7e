import {
  anytime,
  booleans,
  connectives,
  operators,
  suppressionFields,
  type Term,
  targets,
} from '../server/src/syntax/vocabulary.ts';
import {
  anyOf,
  blankClass,
  blanks,
  colon,
  equals,
  type Part,
  quoted,
  type Rule,
  scopes,
  separator,
  spelling,
  token,
} from './grammarPieces.ts';

const variable = token(
  { of: '[{｛]', as: 'punctuation.definition.variable.begin' },
  { of: '[^{｛}｝]*', as: 'variable.other.constant' },
  { of: '[}｝]', as: 'punctuation.definition.variable.end' },
);

const quotation: Rule = { name: scopes('string.quoted.double'), match: quoted };

const examples: Rule = separator('[／/]');

const builtinTargets = anyOf([...targets, anytime]);

const targetRules: Rule = {
  patterns: [
    {
      name: scopes('constant.language.target'),
      match: `(?<![^${blankClass}→>＞》：:、,，【\\[［])${builtinTargets}(?=${blanks}(?:$|[、,，】\\]］]))`,
    },
    { name: scopes('punctuation.definition.target'), match: '[【】\\[\\]［］]' },
    { name: scopes('entity.name.tag.target'), match: `[^${blankClass}、,，【】\\[\\]［］][^、,，【】\\[\\]［］]*` },
  ],
};

const steps: Rule = {
  patterns: [
    separator('[、,，]'),
    { name: scopes('variable.other.enummember.step'), match: `[^${blankClass}、,，][^、,，]*` },
  ],
};

const comparison = anyOf(operators);
const [conjunctions, negation] = [
  connectives.filter(({ id }) => id !== 'not'),
  connectives.filter(({ id }) => id === 'not'),
];
const number = '[-－]?[0-9０-９][0-9０-９,，.．]*[%％]?';

/** English words need an end, Chinese ones do not. */
function wordsOf(terms: readonly Term[]): string {
  const latin = terms.map(({ en }) => `(?<![A-Za-z0-9])${`(?:${en.map(spelling).join('|')})`}(?![A-Za-z0-9])`);
  return `(?:${[...terms.flatMap(({ zh }) => zh.map(spelling)), ...latin].join('|')})`;
}

const conjunction = wordsOf(conjunctions);
/** Where a value ends: at a blank, a word that joins conditions, or the end. */
const valueEnd = `(?=[${blankClass}]|${conjunction}|$)`;

const literals: readonly Part[] = [
  '(?:',
  { of: `${number}${valueEnd}`, as: 'constant.numeric' },
  '|',
  { of: `${anyOf(booleans)}${valueEnd}`, as: 'constant.language.boolean' },
  '|',
  { of: quoted, as: 'string.quoted.double' },
  '|',
  { of: `(?:(?!${conjunction})[^${blankClass}])+`, as: 'string.unquoted.literal' },
  ')',
];

const condition: Rule = {
  patterns: [
    token({ of: comparison, as: 'keyword.operator.comparison' }, blanks, ...literals, '?'),
    { name: scopes('keyword.operator.logical'), match: conjunction },
    // The name of a variable may begin with 非; only the server knows the declared ones.
    { name: scopes('keyword.operator.logical'), match: `(?<=[：:且或非]|[${blankClass}])${wordsOf(negation)}` },
    {
      name: scopes('variable.other.constant'),
      match: `(?:(?!${comparison}|${conjunction})[^${blankClass}])+`,
    },
  ],
};

const listEnd = `(?=${blanks}(?:[,，]|$))`;
const values: Rule = {
  patterns: [
    separator('[,，]'),
    token(
      { of: '[^=＝,，]+', as: 'variable.other.constant' },
      '(?:',
      { of: equals, as: 'keyword.operator.assignment' },
      blanks,
      '(?:',
      { of: `[-－]?[0-9０-９][0-9０-９.．]*[%％]?${listEnd}`, as: 'constant.numeric' },
      '|',
      { of: `${anyOf(booleans)}${listEnd}`, as: 'constant.language.boolean' },
      '|',
      { of: '[^,，]*', as: 'string.unquoted.value' },
      '))?',
    ),
  ],
};

const suppressionFieldsRule = token(
  { of: '[,，]', as: 'punctuation.separator.list' },
  blanks,
  { of: anyOf(suppressionFields), as: 'keyword.other.field' },
  blanks,
  { of: colon, as: 'punctuation.separator.colon' },
);

/** What lines are made of, by the names under which lines include it. */
export const phraseRules: { readonly [name: string]: Rule } = {
  variable,
  quotation,
  'list-separator': separator('[、,，]'),
  targets: targetRules,
  steps,
  examples,
  condition,
  values,
  'suppression-fields': suppressionFieldsRule,
};

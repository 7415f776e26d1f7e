import { type KeywordId, suppressionScopes } from '../server/src/syntax/vocabulary.ts';
import {
  anyOf,
  arrow,
  arrowPart,
  beforeLastArrow,
  blanks,
  close,
  colon,
  colonPart,
  equals,
  keyword,
  line,
  open,
  type Part,
  type Rule,
  rest,
  role,
  spoken,
  spokenByParty,
  targetParts,
} from './grammarPieces.ts';

const remark: Rule = line('remark', {
  of: [{ of: '[#＃]', as: 'punctuation.definition.comment' }, rest],
  as: 'comment.line.number-sign',
});

const heading = line(
  'heading',
  {
    of: [
      { of: '[【\\[［]', as: 'punctuation.definition.heading.begin' },
      { of: '[^】\\]］]*', as: 'entity.name.section' },
      { of: '[】\\]］]?', as: 'punctuation.definition.heading.end' },
    ],
    as: 'markup.heading',
  },
  { of: rest, holds: ['steps'] },
);

const jump = line('jump', { of: arrow, as: 'keyword.control.jump' }, ...targetParts);

/** A line that a keyword and a colon open. */
function keywordLine(kind: KeywordId, scope: string, ...parts: readonly Part[]): Rule {
  return line(kind, { of: keyword(kind), as: scope }, blanks, colonPart, blanks, ...parts);
}

const keywordLines: { readonly [kind in KeywordId]: Rule } = {
  guard: keywordLine(
    'guard',
    'keyword.control.conditional',
    '(?:',
    { of: beforeLastArrow, holds: ['condition'] },
    arrowPart,
    ...targetParts,
    '|',
    { of: rest, holds: ['condition'] },
    ')',
  ),
  // What is never spoken must not look like speech. Some themes of VS Code give `markup.quote` no colour; they all give
  // `markup.inserted` the green that quotations have elsewhere.
  guidance: keywordLine('guidance', 'keyword.other.guidance', {
    of: rest,
    as: 'markup.inserted.guidance markup.quote',
    holds: ['variable'],
  }),
  record: keywordLine(
    'record',
    'keyword.other.record',
    { of: '[^=＝]*', as: 'variable.other.constant' },
    '(?:',
    { of: equals, as: 'keyword.operator.assignment' },
    { of: rest, as: 'string.unquoted.value', holds: ['variable'] },
    ')?',
  ),
  insertion: keywordLine('insertion', 'keyword.control.insert', ...targetParts),
  outcome: keywordLine('outcome', 'keyword.control.end', { of: rest, as: 'string.unquoted.outcome' }),
  suppression: line(
    'suppression',
    { of: keyword('suppression'), as: 'keyword.other.suppression' },
    blanks,
    `(?=${colon}|${open})(?:`,
    { of: open, as: 'punctuation.definition.parameters.begin' },
    blanks,
    { of: `${anyOf(suppressionScopes)}(?=${blanks}(?:${close}|$))`, as: 'constant.language.scope' },
    `?[^）)]*`,
    { of: `${close}?`, as: 'punctuation.definition.parameters.end' },
    blanks,
    ')?',
    { of: `${colon}?`, as: 'punctuation.separator.colon' },
    { of: '[^,，]*', as: 'variable.other.constant.rule' },
    { of: rest, as: 'string.unquoted.suppression', holds: ['suppression-fields'] },
  ),
  says: line(
    'says',
    {
      of: `(?:${role('customer', 'third-party')}${blanks}(?:说|[Ss][Aa][Yy][Ss])|${keyword('says')})`,
      as: 'keyword.other.scenario',
    },
    blanks,
    colonPart,
    { of: rest, as: 'string.unquoted.reply', holds: ['quotation'] },
  ),
  case: keywordLine('case', 'keyword.other.scenario', {
    of: [{ of: rest, as: 'entity.name.section.scenario' }],
    as: 'markup.heading',
  }),
  given: keywordLine('given', 'keyword.other.scenario', { of: rest, holds: ['values'] }),
  expect: keywordLine('expect', 'keyword.other.scenario', { of: rest, holds: ['list-separator', 'targets'] }),
  never: keywordLine('never', 'keyword.other.scenario', {
    of: rest,
    as: 'string.unquoted.words',
    holds: ['quotation', 'list-separator'],
  }),
};

const toneParts: readonly Part[] = [
  { of: open, as: 'punctuation.definition.parameters.begin' },
  { of: '[^）)]*', as: 'support.type.tone' },
  { of: `${close}?`, as: 'punctuation.definition.parameters.end' },
  blanks,
];

const agentUtterance = line(
  'utterance',
  { of: role('agent'), as: 'entity.name.function.role.agent' },
  `${blanks}(?=${colon}|${open})(?:`,
  ...toneParts,
  ')?',
  { of: `${colon}?`, as: 'punctuation.separator.colon' },
  spoken,
);

const partyRole: Part = { of: role('customer', 'third-party'), as: 'entity.name.type.role.party' };

const partyUtterance = line('utterance', partyRole, blanks, colonPart, spokenByParty);

const examplesPart = (of: string): Part => ({ of, as: 'string.unquoted.example', holds: ['quotation', 'examples'] });

const branch = line(
  'branch',
  partyRole,
  blanks,
  { of: open, as: 'punctuation.definition.parameters.begin' },
  { of: '[^）)]*', as: 'variable.other.enummember.category' },
  { of: `${close}?`, as: 'punctuation.definition.parameters.end' },
  blanks,
  { of: `${colon}?`, as: 'punctuation.separator.colon' },
  '(?:',
  examplesPart(beforeLastArrow),
  arrowPart,
  ...targetParts,
  '|',
  examplesPart(rest),
  ')',
);

/**
 * A word before a colon or bracket that is no keyword and no built-in role. It may be a role that the front matter declares,
 * so nothing about it is called wrong here, and it gets no colour; the server tells.
 */
const undeclared = line(
  'undeclared',
  { of: "[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M} ·・'’_\\-]{0,15}", as: 'meta.role.undeclared' },
  `${blanks}(?=${colon}|${open})(?:`,
  ...toneParts.map((part) => (typeof part === 'string' ? part : { ...part, as: 'meta.parameters' })),
  ')?',
  { of: `${colon}?`, as: 'punctuation.separator.colon' },
  { of: rest, as: 'meta.speech.undeclared', holds: ['variable'] },
);

/**
 * The classes of lines, each one match that is anchored at the start of the line and reaches its end, in the order in which
 * the scanner asks its questions.
 */
export const lineRules: { readonly [name: string]: Rule } = {
  remark,
  heading,
  jump,
  ...keywordLines,
  'agent-utterance': agentUtterance,
  'party-utterance': partyUtterance,
  branch,
  undeclared,
};

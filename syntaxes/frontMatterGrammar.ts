import { booleans } from '../server/src/syntax/vocabulary.ts';
import { anyOf, blankClass, blanks, colon, fence, type Rule, scopes } from './grammarPieces.ts';

/**
 * It is YAML, with the scopes of YAML, but not the YAML grammar of the editor: that one keeps a block open over many lines,
 * in which full-width `话术：` would never be seen as a key, and half and full width must look the same.
 */
const frontMatter: Rule = {
  begin: `\\A(?=${blanks}${fence}${blanks}$)`,
  end: `(?!\\A)^(?:(${blanks}${fence})${blanks}$|(?=${blanks}【))`,
  endCaptures: { 1: { name: scopes('meta.fence punctuation.definition.front-matter.end') } },
  patterns: [
    {
      begin: `\\G(${blanks}${fence})${blanks}$`,
      beginCaptures: { 1: { name: scopes('meta.fence punctuation.definition.front-matter.begin') } },
      while: `^(?!${blanks}(?:${fence}${blanks}$|【))`,
      contentName: 'meta.front-matter.huashu meta.embedded.block.yaml source.yaml',
      patterns: [{ include: '#front-matter-line' }],
    },
  ],
};

/** A key ends at its colon, of either width; it holds no bracket, comma or number sign. */
const yamlKeyClass = `：:#＃{｛}｝\\[［【\\]］】"',，\\n`;
const yamlKey = `"[^"]*"|'[^']*'|[^${yamlKeyClass}]*[^${yamlKeyClass}${blankClass}]`;
const yamlComment: Rule = {
  name: 'comment.line.number-sign.yaml',
  match: `(?:(?<=[${blankClass}])|^)([#＃]).*$`,
  captures: { 1: { name: 'punctuation.definition.comment.yaml' } },
};
const yamlQuoted: readonly Rule[] = [
  {
    name: 'string.quoted.double.yaml',
    begin: '"',
    end: '"',
    patterns: [{ name: 'constant.character.escape.yaml', match: '\\\\.' }],
  },
  {
    name: 'string.quoted.single.yaml',
    begin: "'",
    end: "'(?!')",
    patterns: [{ name: 'constant.character.escape.yaml', match: "''" }],
  },
];
const yamlKeyScope: Rule = { name: 'entity.name.tag.yaml' };
const yamlColonScope: Rule = { name: 'punctuation.separator.key-value.mapping.yaml' };
const yamlNumber = '[-+]?[0-9０-９]+(?:[.．][0-9０-９]+)?';
const yamlBoolean = anyOf(booleans);
const yamlEnd = `(?=${blanks}(?:$|[${blankClass}][#＃]))`;

const frontMatterLine: Rule = {
  patterns: [
    { include: '#front-matter-comment' },
    {
      // `说明: |` and the lines that are indented below it.
      begin: `^([${blankClass}]*)(${yamlKey})${blanks}(${colon})${blanks}([|>][-+0-9]*)${blanks}$`,
      beginCaptures: {
        2: yamlKeyScope,
        3: yamlColonScope,
        4: { name: 'keyword.control.flow.block-scalar.yaml' },
      },
      while: `^(?:\\1[${blankClass}]|${blanks}$)`,
      contentName: 'string.unquoted.block.yaml',
    },
    {
      begin: `^${blanks}((?:[-－][${blankClass}]+)*)(?:(${yamlKey})${blanks}(${colon}))?${blanks}(?=[^${blankClass}\\n]|$)`,
      beginCaptures: {
        1: { name: 'punctuation.definition.block.sequence.item.yaml' },
        2: yamlKeyScope,
        3: yamlColonScope,
      },
      end: '$',
      patterns: [{ include: '#front-matter-value' }],
    },
  ],
};

const frontMatterValue: Rule = {
  patterns: [
    { include: '#front-matter-comment' },
    { include: '#front-matter-flow' },
    ...yamlQuoted,
    { name: 'constant.numeric.yaml', match: `\\G${yamlNumber}${yamlEnd}` },
    { name: 'constant.language.boolean.yaml', match: `\\G${yamlBoolean}${yamlEnd}` },
    // A plain value keeps its own brackets and commas; it ends at a remark.
    { name: 'string.unquoted.plain.out.yaml', match: `[^${blankClass}](?:(?![${blankClass}][#＃]).)*` },
  ],
};

const mappingScope = 'punctuation.definition.mapping';
const sequenceScope = 'punctuation.definition.sequence';
const flowEnd = `(?=${blanks}(?:[,，{｛}｝\\[［【\\]］】]|$))`;
const flowScalars: readonly Rule[] = [
  ...yamlQuoted,
  { name: 'constant.numeric.yaml', match: `(?<![^${blankClass},，：:\\[［【])${yamlNumber}${flowEnd}` },
  { name: 'constant.language.boolean.yaml', match: `(?<![^${blankClass},，：:\\[［【])${yamlBoolean}${flowEnd}` },
  {
    name: 'string.unquoted.plain.in.yaml',
    match: `[^${blankClass},，{｛}｝\\[［【\\]］】](?:(?![${blankClass}][#＃])[^,，{｛}｝\\[［【\\]］】\\n])*`,
  },
];
const flowSeparator: Rule = { name: 'punctuation.separator.collection.yaml', match: '[,，]' };

/** `{…}` and `[…]` of either width, over several lines if need be. */
const frontMatterFlow: Rule = {
  patterns: [
    {
      begin: `([{｛])${blanks}(?:(${yamlKey})${blanks}(${colon}))?`,
      beginCaptures: { 1: { name: `${mappingScope}.begin.yaml` }, 2: yamlKeyScope, 3: yamlColonScope },
      end: '[}｝]',
      endCaptures: { 0: { name: `${mappingScope}.end.yaml` } },
      patterns: [
        { include: '#front-matter-comment' },
        {
          match: `(?:([,，])|^)${blanks}(${yamlKey})${blanks}(${colon})`,
          captures: { 1: { name: 'punctuation.separator.collection.yaml' }, 2: yamlKeyScope, 3: yamlColonScope },
        },
        { include: '#front-matter-flow' },
        flowSeparator,
        ...flowScalars,
      ],
    },
    {
      begin: '[\\[［【]',
      beginCaptures: { 0: { name: `${sequenceScope}.begin.yaml` } },
      end: '[\\]］】]',
      endCaptures: { 0: { name: `${sequenceScope}.end.yaml` } },
      patterns: [
        { include: '#front-matter-comment' },
        { include: '#front-matter-flow' },
        flowSeparator,
        ...flowScalars,
      ],
    },
  ],
};

export const frontMatterRules: { readonly [name: string]: Rule } = {
  'front-matter': frontMatter,
  'front-matter-line': frontMatterLine,
  'front-matter-value': frontMatterValue,
  'front-matter-flow': frontMatterFlow,
  'front-matter-comment': yamlComment,
};

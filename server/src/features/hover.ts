import type { Hover, HoverParams } from 'vscode-languageserver-protocol';
import { inLanguage, type Language, type Text } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import type { Reply, Step, WordingRule } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { structureRules } from '../rules/structure/index.ts';
import { suppressionRule } from '../rules/suppressions.ts';
import { type Term, variableTypes } from '../syntax/vocabulary.ts';
import { toRange } from './convert.ts';
import { builtinVariable, type Entity, entityAt } from './entity.ts';
import type { Context, Feature } from './feature.ts';
import { escaped, section, sourceLine } from './markdown.ts';

/** What a word means: the rule behind a finding with its law, a step, a reply, a variable, a node, a keyword. */
export const hover: Feature<HoverParams, Hover | null> = {
  method: 'textDocument/hover',
  capability: { hoverProvider: true },
  run(context, { textDocument, position }) {
    const script = context.snapshot.script(textDocument.uri);
    if (!script) return null;
    const offset = script.text.offsetAt(position);
    const packs = context.snapshot.packs(script).set;
    const found = context.findings(script).filter(({ start, end }) => start <= offset && offset <= end);
    const entity = entityAt(script, offset, context.snapshot);
    const parts = [
      ...found.map(({ rule }) => ruleText(rule, packs, context)),
      ...(entity ? [entityText(entity, script, packs, context)] : []),
    ].filter((text) => text !== '');
    if (parts.length === 0) return null;
    const span = found[0] ?? entity;
    return {
      contents: { kind: 'markdown', value: [...new Set(parts)].join('\n\n---\n\n') },
      ...(span && { range: toRange(script, span) }),
    };
  },
};

function ruleText(id: string, packs: PackSet, { language, snapshot, docs }: Context): string {
  const rule = packs.rule(id);
  if (rule) return wordingRule(rule, packs, language, snapshot.settings.today, docs);
  const structure = [...structureRules, suppressionRule].find((each) => each.id === id);
  return structure
    ? `**${escaped(inLanguage(structure.title, language))}**　\`${id}\`\n\n${escaped(inLanguage(structure.why, language))}`
    : '';
}

const shownExamples = 2;
const shownSources = 3;

function wordingRule(
  rule: WordingRule,
  packs: PackSet,
  language: Language,
  day: string,
  docs: string | undefined,
): string {
  const say = (text: Text): string => escaped(inLanguage(text, language));
  const inForce = packs.sourcesInForce(rule.sources, day);
  const colon = language === 'en' ? ': ' : '：';
  const sources = inForce
    .slice(0, shownSources)
    // The first source is the one that the rule rests on; the gist of all would fill the screen.
    .map((source, index) => escaped(sourceLine(source, language)) + (index === 0 ? `${colon}${say(source.gist)}` : ''));
  const more = inForce.length - sources.length;
  if (more > 0) sources.push(language === 'en' ? `and ${more} more` : `另有 ${more} 项`);
  const bad = rule.examples.bad.slice(0, shownExamples).map(({ text }) => `✗ ${escaped(text)}`);
  const good = rule.fixes.slice(0, 1).map((fix) => `✓ ${escaped(fix.with.replace(/\{[^{}|]*\|([^{}]*)\}/g, '$1'))}`);
  const fine = rule.examples.good.slice(0, shownExamples).map(({ text }) => `✓ ${escaped(text)}`);
  return [
    `**${say(rule.title)}**　\`${rule.id}\``,
    '',
    say(rule.why),
    '',
    ...section({ zh: '依据', en: 'Sources' }, sources, language),
    ...section({ zh: '不要说', en: 'Do not say' }, bad, language),
    ...section({ zh: '可以说', en: 'You may say' }, good.length > 0 ? [...good, ...fine.slice(0, 1)] : fine, language),
    ...(docs === undefined
      ? []
      : [
          `[${language === 'en' ? 'More about this rule' : '查看规则全文'}](${docs}${language}/${rule.category}.md#${rule.id.replace('/', '-')})`,
        ]),
  ]
    .join('\n')
    .trim();
}

function entityText(entity: Entity, script: Script, packs: PackSet, context: Context): string {
  const { language } = context;
  switch (entity.kind) {
    case 'node':
      return nodeText(entity, packs, context);
    case 'step':
      return stepText(entity.step, packs, context);
    case 'reply':
      return replyText(entity.reply, language);
    case 'variable':
      return variableText(entity, script, language);
    case 'rule':
      return ruleText(entity.id, packs, context);
    case 'term':
      return termText(entity.term, language);
    default: {
      const never: never = entity;
      return never;
    }
  }
}

const previewLines = 6;

function nodeText(
  { name, script, symbol, step }: Extract<Entity, { kind: 'node' }>,
  packs: PackSet,
  context: Context,
): string {
  const lines = symbol.node.lines
    .filter(({ line }) => line.kind !== 'blank')
    .map(({ start, end }) => script.source.slice(start, end).trim());
  const more = lines.length > previewLines ? ['…'] : [];
  const preview = [...lines.slice(0, previewLines), ...more].map((line) => `> ${escaped(line)}`).join('  \n');
  return [`**【${escaped(name)}】**`, '', preview, ...(step ? ['', stepText(step, packs, context)] : [])].join('\n');
}

function stepText(step: Step, packs: PackSet, { language, snapshot }: Context): string {
  const say = (text: Text): string => escaped(inLanguage(text, language));
  const names = step.after.flatMap((id) => packs.step(id) ?? []).map(({ name }) => say(name));
  const contents = (language === 'en' ? step.contents.en : step.contents.zh).map(escaped);
  const sources = packs
    .sourcesInForce(step.sources, snapshot.settings.today)
    .map((source) => escaped(sourceLine(source, language)));
  return [
    `**${language === 'en' ? 'Standard step' : '标准步骤'}：${say(step.name)}**`,
    '',
    say(step.purpose),
    '',
    ...section({ zh: '应当包括', en: 'What belongs in it' }, contents, language),
    ...section({ zh: '在此之前', en: 'What comes before' }, names, language),
    ...section({ zh: '依据', en: 'Sources' }, sources, language),
  ]
    .join('\n')
    .trim();
}

function replyText(reply: Reply, language: Language): string {
  return [
    `**${language === 'en' ? 'Reply category' : '回复类别'}：${escaped(inLanguage(reply.name, language))}**`,
    '',
    escaped(inLanguage(reply.about, language)),
    '',
    ...section({ zh: '例句', en: 'Examples' }, reply.examples.map(escaped), language),
  ]
    .join('\n')
    .trim();
}

function variableText(
  { name, declaration }: Extract<Entity, { kind: 'variable' }>,
  script: Script,
  language: Language,
): string {
  const zh = language === 'zh-CN';
  const builtin = builtinVariable(name);
  const typeName = (id: string): string => {
    const term = variableTypes.find((each) => each.id === id);
    return term ? (zh ? term.zh[0] : term.en[0]) : id;
  };
  const row = (label: Text, value: string | undefined): string[] =>
    value === undefined ? [] : [`- ${inLanguage(label, language)}${zh ? '：' : ': '}${escaped(value)}`];
  const title = `**${zh ? '变量' : 'Variable'} \`{${name.replaceAll('`', '')}}\`**`;
  const type = { zh: '类型', en: 'Type' };
  const sample = { zh: '样例', en: 'Sample' };
  if (declaration) {
    const { range, values, note } = declaration;
    return [
      title,
      '',
      ...row(type, typeName(declaration.type)),
      ...row(sample, declaration.sample?.value),
      ...row({ zh: '范围', en: 'Range' }, range?.value),
      ...row({ zh: '取值', en: 'Values' }, values?.value.join(zh ? '、' : ', ')),
      ...row({ zh: '说明', en: 'Note' }, note?.value),
    ].join('\n');
  }
  if (builtin) {
    return [
      title,
      '',
      escaped(inLanguage(builtin.help, language)),
      '',
      ...row(type, typeName(builtin.type)),
      ...row(sample, builtin.sample),
    ].join('\n');
  }
  return script.knows(name)
    ? [title, '', zh ? '由“记录”写入，开始时没有值。' : 'Filled by a Record line; without a value at the start.'].join(
        '\n',
      )
    : '';
}

function termText(term: Term, language: Language): string {
  const zh = language === 'zh-CN';
  const spelt = [...new Set([...term.zh, ...term.en])].map((word) => `\`${word}\``).join(' ');
  return [
    `**${escaped(zh ? term.zh[0] : term.en[0])}**　${spelt}`,
    '',
    escaped(inLanguage(term.help, language)),
    ...(term.form ? ['', `\`${inLanguage(term.form, language)}\``] : []),
  ].join('\n');
}

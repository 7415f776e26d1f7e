import type { Hover, HoverParams } from 'vscode-languageserver-protocol';
import { inLanguage, type Language, type Text } from '../base/text.ts';
import { pathsOf } from '../flow/paths.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { PackSet } from '../packs/packSet.ts';
import { knowledgeIn } from '../rules/flow/knowledge.ts';
import { wayText } from '../rules/structure/way.ts';
import type { ScriptNode } from '../syntax/tree.ts';
import { type Term, variableTypes } from '../syntax/vocabulary.ts';
import { toRange } from './convert.ts';
import { replyText, ruleText, stepText } from './describe.ts';
import { builtinVariable, type Entity, entityAt } from './entity.ts';
import type { Context, Feature } from './feature.ts';
import { knownTable } from './known.ts';
import { escaped } from './markdown.ts';
import { yamlHover } from './yamlHover.ts';

/** What a word means: the rule behind a finding with its law, a step, a reply, a variable, a node, a keyword. */
export const hover: Feature<HoverParams, Hover | null> = {
  method: 'textDocument/hover',
  capability: { hoverProvider: true },
  run(context, { textDocument, position }) {
    const sheet = context.snapshot.sheet(textDocument.uri);
    if (sheet) return yamlHover(sheet, position, context);
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

function entityText(entity: Entity, script: Script, packs: PackSet, context: Context): string {
  const { language } = context;
  switch (entity.kind) {
    case 'node':
      return nodeText(entity, script, packs, context);
    case 'step':
      return stepText(entity.step, packs, context);
    case 'reply':
      return replyText(entity.reply, language);
    case 'variable':
      return variableText(entity, script, language);
    case 'rule':
      return ruleText(entity.id, packs, context);
    case 'role':
      return roleText(entity, language);
    case 'term':
      return termText(entity.term, language);
    default: {
      const never: never = entity;
      return never;
    }
  }
}

function shortestWay(node: ScriptNode, script: Script, snapshot: Snapshot): Text | undefined {
  const paths = pathsOf(script, snapshot);
  const ways = paths.graph.into(node).map((point) => paths.witness(point));
  const [first] = ways.filter((way) => way.length > 0).sort((a, b) => a.length - b.length);
  return first && wayText(first);
}

const previewLines = 6;

/** What a node says, what is known there, and how one comes there in the conversation of the script at hand. */
export function nodeText(
  { name, script, symbol, step }: Pick<Extract<Entity, { kind: 'node' }>, 'name' | 'script' | 'symbol' | 'step'>,
  from: Script,
  packs: PackSet,
  context: Context,
): string {
  const lines = symbol.node.lines
    .filter(({ line }) => line.kind !== 'blank')
    .map(({ start, end }) => script.source.slice(start, end).trim());
  const more = lines.length > previewLines ? ['…'] : [];
  const preview = [...lines.slice(0, previewLines), ...more].map((line) => `> ${escaped(line)}`).join('  \n');
  const { snapshot, language } = context;
  const known = knownTable(knowledgeIn(from, snapshot)(symbol.node), language);
  const way = shortestWay(symbol.node, from, snapshot);
  return [
    `**【${escaped(name)}】**`,
    '',
    preview,
    ...(known === '' ? [] : ['', known]),
    ...(way ? ['', `${language === 'en' ? 'Shortest way: ' : '最短路径：'}${escaped(inLanguage(way, language))}`] : []),
    ...(step ? ['', stepText(step, packs, context)] : []),
  ].join('\n');
}

export function variableText(
  { name, declaration }: Pick<Extract<Entity, { kind: 'variable' }>, 'name' | 'declaration'>,
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

function roleText({ declaration, term }: Extract<Entity, { kind: 'role' }>, language: Language): string {
  return [`**${escaped(declaration.name)}**`, '', termText(term, language)].join('\n');
}

export function termText(term: Term, language: Language): string {
  const zh = language === 'zh-CN';
  const spelt = [...new Set([...term.zh, ...term.en])].map((word) => `\`${word}\``).join(' ');
  return [
    `**${escaped(zh ? term.zh[0] : term.en[0])}**　${spelt}`,
    '',
    escaped(inLanguage(term.help, language)),
    ...(term.form ? ['', `\`${inLanguage(term.form, language)}\``] : []),
  ].join('\n');
}

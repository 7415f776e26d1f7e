import { foldName } from '../base/names.ts';
import { inLanguage, type Language, type Text } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import type { PackSet } from '../packs/packSet.ts';
import { nodeName } from '../rules/structure/way.ts';
import type { VariableDeclaration } from '../syntax/frontMatter.ts';
import { type VariableType, variableTypes } from '../syntax/vocabulary.ts';
import { builtinVariable } from './entity.ts';
import { atMost, escaped, labelled, titled } from './markdown.ts';

/** A variable: what it holds, as its declaration says, and where it is used. */
export function variableText(name: string, script: Script, packs: PackSet, language: Language): string {
  const declaration = script.declaration(name);
  const title = titled({ zh: '变量', en: 'Variable' }, `{${name}}`, language);
  const rows = declaration ? declaredRows(declaration, language) : otherRows(name, script, packs, language);
  if (rows.length === 0 && !script.knows(name)) return '';
  return [title, '', ...rows, `- ${usesText(name, script, language)}`].join('\n');
}

function declaredRows({ type, sample, range, values, note }: VariableDeclaration, language: Language): string[] {
  return [
    row({ zh: '类型', en: 'Type' }, typeName(type, language), language),
    ...(sample ? [row({ zh: '样例', en: 'Sample' }, sample.value, language)] : []),
    ...(range ? [row({ zh: '范围', en: 'Range' }, range.value, language)] : []),
    ...(values
      ? [row({ zh: '取值', en: 'Values' }, values.value.join(language === 'en' ? ', ' : '、'), language)]
      : []),
    ...(note ? [row({ zh: '说明', en: 'Note' }, note.value, language)] : []),
  ];
}

/** A variable that is built in, recorded, or known to the packs only. */
function otherRows(name: string, script: Script, packs: PackSet, language: Language): string[] {
  const builtin = builtinVariable(name);
  const known = packs.variables.find((each) =>
    [each.name, ...each.aliases].some((one) => foldName(one) === foldName(name)),
  );
  const { type, sample } = builtin ?? known ?? {};
  const rows = [
    ...(type ? [row({ zh: '类型', en: 'Type' }, typeName(type, language), language)] : []),
    ...(sample !== undefined ? [row({ zh: '样例', en: 'Sample' }, sample, language)] : []),
  ];
  const note = builtin?.help ?? known?.note;
  if (note) rows.push(row({ zh: '说明', en: 'Note' }, inLanguage(note, language), language));
  if (builtin)
    return [
      ...rows,
      `- ${inLanguage({ zh: '内置变量，不必声明。', en: 'Built in; needs no declaration.' }, language)}`,
    ];
  if (!script.knows(name)) return rows.length > 0 ? [...rows, `- ${inLanguage(undeclared, language)}`] : [];
  return [...rows, `- ${inLanguage(recorded, language)}`];
}

const undeclared: Text = { zh: '话术还没有声明它。', en: 'Not declared by this script yet.' };
const recorded: Text = {
  zh: '由“记录”写入，开始时没有值。',
  en: 'Filled by a Record line; without a value at the start.',
};

function row(label: Text, value: string, language: Language): string {
  return `- ${labelled(label, escaped(value), language)}`;
}

function typeName(id: VariableType, language: Language): string {
  const term = variableTypes.find((each) => each.id === id);
  return term ? (language === 'en' ? term.en[0] : term.zh[0]) : id;
}

const shownNodes = 4;

/** In which nodes a variable is spoken or decides something, and how often. */
function usesText(name: string, script: Script, language: Language): string {
  const zh = language === 'zh-CN';
  const uses = script.variables.filter(
    ({ text, use }) => (use === 'speech' || use === 'condition') && foldName(text) === foldName(name),
  );
  if (uses.length === 0) return zh ? '还没有用到' : 'Not used yet';
  const nodes = script.tree.nodes.filter(({ span }) =>
    uses.some(({ start }) => span.start <= start && start <= span.end),
  );
  const names = atMost(
    shownNodes,
    [...new Set(nodes.map((node) => escaped(inLanguage(nodeName(node), language))))],
    language,
  );
  const count = zh ? `用到 ${uses.length} 处` : uses.length === 1 ? 'Used once' : `Used ${uses.length} times`;
  return names.length === 0 ? count : `${count}${zh ? '：' : ': '}${names.join(zh ? '、' : ', ')}`;
}

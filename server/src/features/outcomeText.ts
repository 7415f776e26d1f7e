import { foldName } from '../base/names.ts';
import { inLanguage, type Language } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import { nodeName } from '../rules/structure/way.ts';
import { isLine } from '../syntax/tree.ts';
import { atMost, escaped, titled } from './markdown.ts';

const shownNodes = 6;

/** An outcome, and in which nodes of the script the conversation ends with it. */
export function outcomeText(name: string, { tree }: Script, language: Language): string {
  const zh = language === 'zh-CN';
  const nodes = tree.nodes.filter(({ lines }) =>
    lines.some((placed) => isLine(placed, 'outcome') && foldName(placed.line.name.text) === foldName(name)),
  );
  if (nodes.length === 0) return '';
  const names = atMost(
    shownNodes,
    nodes.map((node) => escaped(inLanguage(nodeName(node), language))),
    language,
  );
  return [
    titled({ zh: '结果', en: 'Outcome' }, name, language),
    '',
    zh ? `以此结束对话的节：${names.join('、')}` : `Ends the conversation in ${names.join(', ')}`,
  ].join('\n');
}

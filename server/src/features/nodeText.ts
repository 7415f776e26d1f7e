import { inLanguage, type Text } from '../base/text.ts';
import { pathsOf } from '../flow/paths.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import { knowledgeIn } from '../rules/flow/knowledge.ts';
import { wayText } from '../rules/structure/way.ts';
import type { ScriptNode } from '../syntax/tree.ts';
import type { Entity } from './entity.ts';
import type { Context } from './feature.ts';
import { knownTable } from './known.ts';
import { escaped, labelled } from './markdown.ts';

const previewLines = 6;

/** What a node says: its first lines, as they stand in the script. */
export function nodePreview({ lines }: ScriptNode, { written }: Script): string {
  const all = lines.filter(({ line }) => line.kind !== 'blank' && line.kind !== 'remark');
  const shown = all.slice(0, previewLines).map(({ start, end }) => `> ${escaped(written.slice(start, end).trim())}`);
  return [...shown, ...(all.length > previewLines ? ['> …'] : [])].join('  \n');
}

/**
 * A node: what it says, what is known there, and how one comes there in the conversation of the script at hand. Its lines
 * are left out `in view`, where they stand right below.
 */
export function nodeText(
  { name, script, symbol }: Pick<Extract<Entity, { kind: 'node' }>, 'name' | 'script' | 'symbol'>,
  from: Script,
  { snapshot, language, isUnderWay }: Context,
  inView = false,
): string {
  const preview = inView ? '' : nodePreview(symbol.node, script);
  const known = isUnderWay ? '' : knownTable(knowledgeIn(from, snapshot)(symbol.node), language);
  const way = isUnderWay ? undefined : shortestWay(symbol.node, from, snapshot);
  const parts = [
    `**${language === 'en' ? `\\[${escaped(name)}\\]` : `【${escaped(name)}】`}**`,
    preview,
    known,
    way && labelled({ zh: '最短路径', en: 'Shortest way' }, escaped(inLanguage(way, language)), language),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

function shortestWay(node: ScriptNode, script: Script, snapshot: Snapshot): Text | undefined {
  const paths = pathsOf(script, snapshot);
  const ways = paths.graph.into(node).map((point) => paths.witness(point));
  const [first] = ways.filter((way) => way.length > 0).sort((a, b) => a.length - b.length);
  return first && wayText(first);
}

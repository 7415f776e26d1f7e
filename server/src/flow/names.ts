import { Memo } from '../base/memo.ts';
import { foldName } from '../base/names.ts';
import { scriptName } from '../model/fileNames.ts';
import type { Script } from '../model/script.ts';
import { isLine } from '../syntax/tree.ts';
import { targets } from '../syntax/vocabulary.ts';
import type { Graph, Point } from './graph.ts';

/** What `期望` can name: nodes and outcomes, as the script that the conversation begins in names them. */
export interface Expectable {
  readonly names: readonly string[];
  has(name: string): boolean;
}

const known = new Memo<Graph, Expectable>();

export function expectable(graph: Graph): Expectable {
  const before = known.get(graph);
  if (before) return before;
  const names = new Set(targets.flatMap(({ id, zh, en }) => (id === 'end' || id === 'transfer' ? [...zh, ...en] : [])));
  for (const { kind, placed, visit } of graph.points) {
    if (kind === 'entry' || kind === 'wait') names.add(nodeName(visit, graph.script));
    if (placed && isLine(placed, 'outcome')) names.add(placed.line.name.text);
  }
  names.delete('');
  const folded = new Set([...names].map(foldName));
  const elsewhere = [...names].filter((name) => name.includes('/'));
  const all: Expectable = {
    names: [...names],
    has: (name) => folded.has(foldName(name)) || elsewhere.some((each) => isNodeNamed(each, name)),
  };
  known.set(graph, all);
  return all;
}

/** The scripts that a conversation can run through, the one it begins in first. */
export function scriptsOf({ script, points }: Graph): ReadonlySet<Script> {
  return new Set([script, ...points.map(({ visit }) => visit.script)]);
}

/** A node as a target in `home` names it: `告知渠道`, or `公共/告知渠道` in another file. */
export function nodeName({ script, node }: Pick<Point['visit'], 'script' | 'node'>, home: Script): string {
  const name = node.heading?.line.name.text ?? '';
  return script === home || name === '' ? name : `${scriptName(script.uri)}/${name}`;
}

/** Whether `公共/告知渠道` is meant by `告知渠道`, or by `共享/公共/告知渠道`. */
export function isNodeNamed(name: string, wanted: string): boolean {
  const [folded, asked] = [foldName(name), foldName(wanted).replace(/ ?\/ ?/g, '/')];
  return folded === asked || folded.endsWith(`/${asked}`) || (folded.includes('/') && asked.endsWith(`/${folded}`));
}

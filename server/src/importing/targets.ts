import { foldName } from '../base/names.ts';
import type { PackSet } from '../packs/packSet.ts';
import { findTerm, type TargetId, targets } from '../syntax/vocabulary.ts';
import type { Item } from './items.ts';
import { keyOfNumber } from './marks.ts';
import { titleOf } from './words.ts';

/** A node as it is written, with all by which the source may call it. */
export interface NamedNode {
  readonly item: Extract<Item, { kind: 'node' }>;
  readonly name: string;
  readonly steps: readonly string[];
}

/** Gives every node a name of its own that is none of the built-in targets. */
export function namedNodes(
  items: readonly Item[],
  taken: readonly string[],
  packs: PackSet,
): ReadonlyMap<Item, NamedNode> {
  const used = new Set(taken.map(foldName));
  const counts = new Map<string, number>();
  const nodes = new Map<Item, NamedNode>();
  for (const item of items) {
    if (item.kind !== 'node') continue;
    const reserved = findTerm(targets, item.name) !== undefined;
    const step = packs.step(item.name);
    const written = item.name
      .replace(/\s*[／/]\s*/g, '、')
      .replace(/→|[-－–=＝—]+[>＞》]/g, '·')
      .trim();
    const plain = written === '' ? '节点' : reserved ? (step?.name.zh ?? `${written}环节`) : written;
    let count = counts.get(foldName(plain)) ?? 1;
    let name = count === 1 ? plain : `${plain} ${count}`;
    while (used.has(foldName(name))) name = `${plain} ${++count}`;
    counts.set(foldName(plain), count + 1);
    used.add(foldName(name));
    nodes.set(item, { item, name, steps: step && name !== plain ? [step.name.zh] : item.steps });
  }
  return nodes;
}

const ways: readonly (readonly [TargetId, RegExp])[] = [
  ['end', /^(?:礼貌)?(?:结束(?:通话|对话|流程|会话)?|挂机|挂断(?:电话)?|挂线|end(?: (?:the )?call)?|hang up)$/i],
  ['transfer', /^(?:转)?人工(?:坐席|客服|服务)?$|^transfer$/i],
  ['repeat', /^(?:重复|再次询问|重新询问|再问一[遍次]|重问|repeat)(?:一遍|本节|上一?句|提问)?$/i],
];

/** Finds what a target of the source means among the nodes. */
export function targetFinder(
  nodes: readonly NamedNode[],
  taken: readonly string[],
  packs: PackSet,
): (written: string) => string | undefined {
  const byName = new Map<string, string>();
  const byKey = new Map<string, string>();
  const byStep = new Map<string, string>();
  const put = (map: Map<string, string>, key: string, name: string): void => {
    if (key !== '' && !map.has(key)) map.set(key, name);
  };
  for (const name of taken) put(byName, foldName(name), name);
  for (const { item, name, steps } of nodes) {
    put(byName, foldName(item.name), name);
    put(byName, foldName(name), name);
    for (const key of item.keys) put(byKey, foldName(keyOfNumber(key)), name);
    for (const step of [packs.step(item.name), ...steps.map((each) => packs.step(each))])
      if (step) put(byStep, step.id, name);
  }
  return (written) => {
    const target = titleOf(written.replace(/[”"“」「]/g, '')).replace(/^(?:跳转|转|进入)(?:到|至|入)?(?=.)/, '');
    const named = byName.get(foldName(target));
    if (named !== undefined) return named;
    const way = ways.find(([, pattern]) => pattern.test(target));
    if (way) {
      const close = byStep.get('close');
      return way[0] === 'end' && close !== undefined && /通话|礼貌/.test(target)
        ? close
        : targets.find(({ id }) => id === way[0])?.zh[0];
    }
    const number =
      /^(?:第)?\s*([零〇一二三四五六七八九十百\d]{1,4}|[A-Za-z]{0,2}\d{1,4}(?:\.\d{1,2}){0,2})\s*(?:步骤|步|环节|阶段|部分|节|条|点)?$/.exec(
        target.replace(/^(?:步骤|环节|节点|流程|场景|编号|step|stage|node)\s*/i, ''),
      )?.[1];
    if (number !== undefined) return byKey.get(foldName(keyOfNumber(number)));
    const short = target.replace(/(?:话术|环节|流程|步骤|阶段|节点)$/, '');
    const step = packs.step(target) ?? packs.step(short);
    return byName.get(foldName(short)) ?? (step && byStep.get(step.id));
  };
}

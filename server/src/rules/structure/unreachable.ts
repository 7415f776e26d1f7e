import type { Edit } from '../../base/edit.ts';
import { shift } from '../../base/span.ts';
import type { Text } from '../../base/text.ts';
import { counts } from '../../flow/build.ts';
import { isAnytime } from '../../flow/openings.ts';
import { type Paths, pathsOf, reachedIn } from '../../flow/paths.ts';
import { endOfNodes, freeName, newName, nodeBehind } from '../../model/newNode.ts';
import type { Script } from '../../model/script.ts';
import { handOf } from '../../model/writing.ts';
import { isLine, type Placed, type ScriptNode } from '../../syntax/tree.ts';
import type { Fix } from '../finding.ts';
import type { Draft, StructureRule } from './rule.ts';
import { lineSpan, nodeSpan } from './way.ts';

/** Nodes that no path reaches, and lines below what leads away. */
export const unreachable: StructureRule = {
  id: 'unreachable',
  severity: 'warning',
  title: { zh: '走不到的内容', en: 'What is never reached' },
  why: {
    zh: '写了却走不到的内容，坐席永远不会说出来；如果那是告知投诉渠道或受理异议，客户就少了一项应有的保护。',
    en: 'What no path reaches is never said; where it names the complaint channel or takes a dispute, the customer goes without.',
  },
  examples: {
    bad: [
      '【开场】\n坐席：您好。\n结束：完成\n\n【⟦说明目的⟧】\n坐席：打扰您了。\n结束：完成',
      '【开场】\n坐席：您好。\n→ 道别\n⟦坐席：打扰您了。⟧\n\n【道别】\n坐席：再见。\n结束：完成',
      '【开场】\n坐席：您好。\n客户（有异议）：不对吧 → 结束\n⟦坐席：我为您登记。\n坐席：请稍等。⟧\n客户（其他） → 结束',
      '【开场】\n坐席：您好。\n插入：道别\n⟦坐席：请稍等。⟧\n\n【道别】\n坐席：再见。\n结束：完成',
      '---\n渠道: 短信\n---\n【提醒】\n坐席：【某某银行】您的账单已出。\n⟦客户（其他）：好 → 结束⟧',
      '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n---\n【开场】\n若：逾期天数 大于 60 → 结束\n若：逾期天数 小于等于 60 → 道别\n⟦坐席：您好。⟧\n\n【道别】\n坐席：再见。\n结束：完成',
    ],
    good: [
      '【开场】\n坐席：您好。\n客户（要投诉）：我要投诉 → 投诉\n客户（其他） → 结束\n\n【投诉】\n坐席：我为您登记。\n结束：投诉受理',
      '---\n渠道: 短信\n---\n【提醒】\n坐席：【某某银行】您的账单已出。\n\n【回执】\n坐席：【某某银行】您的异议已登记。',
      '【开场】\n坐席：您好。\n客户（其他） → 结束\n\n【随时】\n客户（要投诉）：我要投诉 → 转人工',
    ],
  },
  *check({ script, snapshot }) {
    const paths = pathsOf(script, snapshot);
    const { lines, nodes } = reachedIn(paths);
    for (const [index, node] of script.tree.nodes.entries()) {
      if (nodes[index] === 1) yield* below(node, lines, paths, script);
      // 【随时】 is always reachable, also where nothing waits for a reply yet.
      else if (!isAnytime(node)) yield unreachableNode(node);
    }
  },
};

function unreachableNode(node: ScriptNode): Draft {
  const name = node.heading?.line.name.text ?? '';
  return {
    ...nodeSpan(node),
    message: {
      zh: `没有一条路径走到“${name}”：上面的节不会走到这里，走得到的地方也没有跳转到它。请从该去的地方跳转到它，或者删去。`,
      en: `No path reaches “${name}”: the node above does not run on into it, and nothing that is reached jumps to it. Jump to it where it belongs, or delete it.`,
    },
    tag: 'unnecessary',
  };
}

/** Lines in a row that nothing reaches, in a node that is reached, and the line that leads away above them. */
function* below(node: ScriptNode, reached: Uint8Array, paths: Paths, script: Script): Generator<Draft> {
  let run: Placed[] = [];
  let last: Placed | undefined;
  // The lead of 【随时】 is a place for notes: control enters at its branches.
  const lines = isAnytime(node) ? node.lines.filter((placed) => !node.lead.includes(placed)) : node.lines;
  for (const placed of lines) {
    if (!counts(placed)) continue;
    if (reached[placed.index] === 0) {
      run.push(placed);
      continue;
    }
    if (run.length > 0) yield unreachableLines(run, last, node, paths, script);
    run = [];
    last = placed;
  }
  if (run.length > 0) yield unreachableLines(run, last, node, paths, script);
}

function unreachableLines(
  run: readonly Placed[],
  above: Placed | undefined,
  node: ScriptNode,
  paths: Paths,
  script: Script,
): Draft {
  const [first = node.lines[0]] = run;
  // A branch does not follow the one above it: both follow the lead.
  const cause = first?.line.kind === 'branch' && above && !node.lead.includes(above) ? undefined : above;
  const final = run.at(-1) ?? first;
  const mute = paths.graph.oneWay && first?.line.kind === 'branch';
  return {
    start: first ? lineSpan(first).start : node.span.start,
    end: final?.end ?? node.span.end,
    message: mute ? messages.mute : messageFor(cause),
    related: cause && !mute ? [{ ...lineSpan(cause), message: { zh: '从这里离开', en: 'What leads away' } }] : [],
    fixes: () => (cause && !mute ? fixesFor(run, cause, script) : []),
    tag: 'unnecessary',
  };
}

const messages = {
  mute: {
    zh: '短信和信函没有人当场回复，这个分支永远走不到。请删去，或者改成提示。',
    en: 'Nobody replies to a text message or letter, so this branch is never taken. Delete it or make it a note.',
  },
  branch: {
    zh: '上面的分支已经跳转，这里的内容永远走不到。请去掉分支的目标，或把这些行移到单独的一节。',
    en: 'The branch above jumps away, so this is never reached. Drop its target, or move these lines to a node of their own.',
  },
  jump: {
    zh: '上一行已经跳转，这里的内容永远走不到。请去掉跳转，或把它移到后面。',
    en: 'The line above jumps away, so this is never reached. Drop the jump, or move it below.',
  },
  outcome: {
    zh: '上一行已经结束通话，这里的内容永远走不到。请去掉结束，或把它移到后面。',
    en: 'The line above ends the conversation, so this is never reached. Drop it, or move it below.',
  },
  guard: {
    zh: '到了上一行条件总是成立，这里的内容永远走不到。请检查条件，或删去这里。',
    en: 'At the line above the condition always holds, so this is never reached. Check the condition, or delete this.',
  },
  insertion: {
    zh: '上一行插入的内容不会回到这里，下面永远走不到。请在插入的那一节里去掉结束或跳转，或删去这里。',
    en: 'What the line above inserts never comes back, so this is never reached. Let it come back, or delete this.',
  },
  other: { zh: '没有一条路径走到这里。', en: 'No path comes here.' },
} satisfies { readonly [cause: string]: Text };

function messageFor(cause: Placed | undefined): Text {
  switch (cause?.line.kind) {
    case 'branch':
    case 'jump':
    case 'outcome':
    case 'guard':
    case 'insertion':
      return messages[cause.line.kind];
    default:
      return messages.other;
  }
}

function fixesFor(run: readonly Placed[], cause: Placed, script: Script): Fix[] {
  const apart = run.every(({ line }) => line.kind !== 'branch');
  if (isLine(cause, 'branch')) {
    const { arrow, target } = cause.line;
    if (!arrow) return [];
    const drop: Edit = { start: cause.start + endBefore(cause, arrow.start, script), end: cause.end, newText: '' };
    const title = { zh: '去掉分支的目标', en: 'Drop the target of the branch' };
    return [
      { title, safe: false, edits: [drop] },
      ...(target && apart ? [moveToNode(run, cause, target.text, script)] : []),
    ];
  }
  if (!isLine(cause, 'jump') && !isLine(cause, 'outcome')) return [];
  const removed: Edit = { start: cause.start, end: startOfNext(cause, script), newText: '' };
  const last = run.at(-1) ?? cause;
  const text = script.written.slice(lineSpan(cause).start, cause.end);
  const movable = apart && !leads(last);
  return [
    { title: { zh: `去掉“${text}”`, en: `Drop “${text}”` }, safe: false, edits: [removed] },
    ...(movable
      ? [
          {
            title: { zh: `把“${text}”移到后面`, en: `Move “${text}” below` },
            safe: false,
            edits: [removed, { start: last.end, end: last.end, newText: `${handOf(script).eol}${text}` }],
          },
        ]
      : []),
  ];
}

/** The lines become a node behind the last one, which then goes where the branch went, and the branch goes there. */
function moveToNode(run: readonly Placed[], branch: Placed, target: string, script: Script): Fix {
  const write = handOf(script);
  const line = branch.line.kind === 'branch' ? branch.line : undefined;
  const category = line?.category.text ?? '';
  const name = category === '' ? freeName(category, script) : newName(category, script);
  const [first = branch] = run;
  const last = run.at(-1) ?? branch;
  const lines = [
    ...run.map((placed) => script.written.slice(lineSpan(placed).start, placed.end)),
    ...(leads(last) ? [] : [`${write.arrow} ${target}`]),
  ];
  const above = script.tree.lines[first.index - 1];
  const to = line?.target ? shift(line.target, branch.start) : { start: branch.end, end: branch.end };
  return {
    title: { zh: `把这些行移到新的一节“${name}”`, en: `Move these lines to a new node “${name}”` },
    safe: false,
    edits: [
      { ...to, newText: name },
      { start: above?.end ?? first.start, end: last.end, newText: '' },
      nodeBehind(endOfNodes(script), write.heading(name), lines, script),
    ],
  };
}

/** Whether control goes no further than this line. */
function leads({ line }: Placed): boolean {
  return line.kind === 'jump' || line.kind === 'outcome';
}

/** Where the text before an offset of a line ends, without blanks. */
function endBefore({ start }: Placed, offset: number, { written }: Script): number {
  return written.slice(start, start + offset).trimEnd().length;
}

function startOfNext({ index, end }: Placed, { tree }: Script): number {
  return tree.lines[index + 1]?.start ?? end;
}

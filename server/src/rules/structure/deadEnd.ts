import { insertion } from '../../base/edit.ts';
import { shift } from '../../base/span.ts';
import type { Text } from '../../base/text.ts';
import { type DeadEnd, deadEndsOf } from '../../flow/deadEnds.ts';
import { pathsOf } from '../../flow/paths.ts';
import type { Script } from '../../model/script.ts';
import { handOf } from '../../model/writing.ts';
import type { BranchBody } from '../../syntax/tree.ts';
import { targets } from '../../syntax/vocabulary.ts';
import type { Fix } from '../finding.ts';
import type { Draft, StructureRule } from './rule.ts';
import { branchSpan, namesOn, nodeName, nodeSpan, stepsOn } from './way.ts';

/** A script without a conversation in it, and places where a conversation runs out without an outcome. */
export const deadEnd: StructureRule = {
  id: 'dead-end',
  severity: 'warning',
  title: { zh: '对话没有下文', en: 'Conversation that leads nowhere' },
  why: {
    zh: '空的话术或走到一半就没有下文的话术，坐席到了那里只能自己发挥，而自由发挥正是违规最多的地方。',
    en: 'Where a script is empty or runs out, agents improvise, and that is where most violations happen.',
  },
  examples: {
    bad: [
      '⟦⟧',
      '⟦---⟧\n话术: 空的\n---\n# 还没有写',
      '【核对】\n坐席：请问是王先生吗？\n客户（是本人）：是我 → 结束\n客户（⟦非本人⟧）：他不在\n坐席：打扰您了。',
      '【核对】\n坐席：请问是王先生吗？\n客户（⟦非本人⟧）：他不在',
      '【开场】\n坐席：您好。\n客户（不方便）：在忙 → 结束\n客户（其他） → 道谢\n\n【⟦道谢⟧】\n坐席：谢谢您。',
      '【开场】\n坐席：您方便吗？\n客户（不方便）：在忙 → 结束\n客户（⟦其他⟧） → 重复',
    ],
    good: [
      '【开场】\n坐席：您好。',
      '【核对】\n坐席：请问是王先生吗？\n客户（是本人）：是我 → 结束\n客户（非本人）：他不在\n坐席：打扰您了。\n结束：非本人接听',
      '【开场】\n坐席：您好。\n客户（不方便）：在忙 → 结束\n客户（其他）：嗯\n坐席：好的。\n\n【道谢】\n坐席：谢谢您。\n结束：完成',
    ],
  },
  *check({ script, snapshot }) {
    if (script.tree.nodes.length === 0) {
      yield emptyScript(script);
      return;
    }
    const paths = pathsOf(script, snapshot);
    const seen = new Set<number>();
    for (const end of deadEndsOf(paths)) {
      const branch = branchOf(end);
      if (end.last.visit.script !== script || !isMeant(end, branch, script)) continue;
      const span = branch ? branchSpan(branch.branch) : nodeSpan(end.last.visit.node);
      if (seen.has(span.start)) continue;
      seen.add(span.start);
      const way = paths.witness(end.last);
      yield {
        ...span,
        message: messageOf(end, branch),
        path: namesOn(way),
        related: stepsOn(way, script),
        fixes: () => fixesOf(end, branch, script),
      };
    }
  },
};

function emptyScript({ tree }: Script): Draft {
  const [first] = tree.lines;
  return {
    start: first?.start ?? 0,
    end: first?.end ?? 0,
    message: {
      zh: '话术里还没有内容。请以【确认身份】这样的标题开始一节，再写“坐席：…”。',
      en: 'The script is empty. Begin a node with a heading such as [Confirm identity], then write “Agent: …”.',
    },
  };
}

function branchOf({ last }: DeadEnd): BranchBody | undefined {
  const { placed, visit } = last;
  return placed && visit.node.branches.find(({ branch, body }) => branch === placed || body.includes(placed));
}

/**
 * A script that says nowhere how it ends is a list of what to say, and may simply stop. Where it does say so, or where a reply has
 * nothing below it, the author meant to go on.
 */
function isMeant({ kind, last }: DeadEnd, branch: BranchBody | undefined, { targets: used, tree }: Script): boolean {
  if (kind === 'spent' || (branch && branch.branch === last.placed)) return true;
  return (
    used.some(({ builtin }) => builtin === 'end' || builtin === 'transfer') ||
    tree.nodes.some(({ lines }) => lines.some(({ line }) => line.kind === 'outcome'))
  );
}

function messageOf({ kind, last }: DeadEnd, branch: BranchBody | undefined): Text {
  if (kind === 'spent')
    return {
      zh: '重复两次以后按“其他”处理，而“其他”又是“重复”，对话就没有下文了。请给“其他”写上别的目标。',
      en: 'After two repetitions the reply counts as Other, and Other repeats again: nothing follows. Give Other another target.',
    };
  const name = nodeName(last.visit.node);
  const reply = branch?.branch.line.category.text;
  const where: Text = reply === undefined ? name : { zh: `${name.zh}的“${reply}”`, en: `“${reply}” in ${name.en}` };
  return {
    zh: `${where.zh}说完以后没有下文：后面没有别的节，也没有写结果。请写上“结束：结果”或“→ 目标”。`,
    en: `Nothing follows ${where.en}: there is no node below and no outcome. Write “End: outcome” or “-> target”.`,
  };
}

function fixesOf({ kind, last, edge }: DeadEnd, branch: BranchBody | undefined, script: Script): Fix[] {
  const write = handOf(script);
  const end = targets.find(({ id }) => id === 'end');
  if (!end) return [];
  const target = write.word(end);
  const title = { zh: `写上“${write.arrow} ${target}”`, en: `Write “${write.arrow} ${target}”` };
  if (kind === 'spent') {
    const line = edge.from.placed?.line;
    const used = line && 'target' in line ? line.target : undefined;
    if (!used || !edge.from.placed) return [];
    return [{ title, safe: false, edits: [{ ...shift(used, edge.from.placed.start), newText: target }] }];
  }
  if (branch && branch.branch === last.placed)
    return [{ title, safe: false, edits: [insertion(branch.branch.end, ` ${write.arrow} ${target}`)] }];
  const at = last.placed?.end ?? last.visit.node.span.end;
  return [{ title, safe: false, edits: [insertion(at, `${write.eol}${write.arrow} ${target}`)] }];
}

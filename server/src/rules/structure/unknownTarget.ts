import type { Edit } from '../../base/edit.ts';
import { nearest, orMeant } from '../../base/names.ts';
import { shift } from '../../base/span.ts';
import { declareVariables } from '../../model/declare.ts';
import { endOfNodes, nodeBehind } from '../../model/newNode.ts';
import { type Script, type TargetReference, targetOf } from '../../model/script.ts';
import { renderStep } from '../../model/template.ts';
import { leadsOut } from '../../model/workspace.ts';
import { handOf } from '../../model/writing.ts';
import type { PackSet } from '../../packs/packSet.ts';
import { spellings, targets } from '../../syntax/vocabulary.ts';
import type { Fix } from '../finding.ts';
import { replaceBy } from './replace.ts';
import type { Draft, StructureRule, Subject } from './rule.ts';
import { strayReturns } from './strayReturns.ts';

/** Jumps to nodes that do not exist, arrows that lead nowhere, and `返回` where nothing was entered. */
export const unknownTarget: StructureRule = {
  id: 'unknown-target',
  severity: 'error',
  title: { zh: '跳转目标不存在', en: 'Unknown target' },
  why: {
    zh: '坐席或机器人走到这里会不知道接下来说什么；目标不存在，后面的流程也无法检查。',
    en: 'An agent or bot that comes here does not know how to go on, and nothing behind a missing target can be checked.',
  },
  examples: {
    bad: [
      '【开场】\n坐席：您好。\n→ ⟦说明目地⟧\n\n【说明目的】\n坐席：打扰您了。',
      '【开场】\n坐席：您好。\n⟦→⟧',
      '【开场】\n客户（其他） → ⟦公共/告知渠道⟧',
      '【开场】\n坐席：您好。\n客户（咨询征信）：会上征信吗 → 征信\n客户（其他） → 结束\n\n【征信】\n坐席：按规定如实报送。\n→ ⟦返回⟧',
    ],
    good: [
      '【开场】\n坐席：您好。\n→ 说明目的\n\n【说明目的】\n坐席：打扰您了。',
      '【开场】\n坐席：您好。\n客户（无应答） → 重复\n客户（其他） → 转人工',
      '【开场】\n坐席：您好。\n客户（其他） → 结束\n\n【随时】\n客户（咨询征信）：会上征信吗 → 征信\n\n【征信】\n坐席：按规定如实报送。\n→ 返回',
    ],
  },
  *inLines(lines, subject) {
    const { script, snapshot } = subject;
    for (const placed of lines) {
      if (placed.line.kind === 'insertion') continue;
      for (const flaw of placed.line.flaws) {
        if (flaw.kind === 'missing-target') {
          yield {
            ...shift(flaw, placed.start),
            message: { zh: '箭头后面缺少目标。', en: 'The target behind the arrow is missing.' },
          };
        }
      }
      const reference = targetOf(placed);
      if (!reference || reference.node.text === '') continue;
      const resolution = snapshot.resolve(script, reference);
      if (resolution.kind === 'unknown-file') yield unknownFile(reference, subject);
      else if (resolution.kind === 'unknown-node') yield unknownNode(reference, resolution.script, subject);
    }
  },
  check: strayReturns,
};

/** Also for insertions, which report under a category of their own. */
export function unknownFile({ span, file }: TargetReference, { script, snapshot }: Subject): Draft {
  const name = file?.text ?? '';
  if (leadsOut(script.uri, name, snapshot.settings))
    return {
      ...span,
      message: {
        zh: `“${name}”在打开或检查的文件夹之外，不会去读取。请把那份话术放进文件夹里，或者打开、检查包含两者的上一级文件夹。`,
        en: `“${name}” lies outside of the folder that is open or checked, and is not read. Put that script into the folder, or open or check a folder that holds both.`,
      },
    };
  return {
    ...span,
    message: {
      zh: `找不到话术文件“${name}”。文件名不带扩展名，从本文件所在的文件夹算起。`,
      en: `No script file “${name}” was found. It is named without its ending, from the folder of this file.`,
    },
  };
}

export function unknownNode({ node, placed }: TargetReference, where: Script, { script, packs }: Subject): Draft {
  const insertion = placed.line.kind === 'insertion';
  const names = where.nodes.map(({ name }) => name);
  const near = nearest(node.text, where === script && !insertion ? [...names, ...targets.flatMap(spellings)] : names);
  const span = { start: node.start, end: node.end };
  return {
    ...span,
    message: {
      zh: `没有名为“${node.text}”的节点${orMeant(near).zh}`,
      en: `There is no node named “${node.text}”${orMeant(near).en}`,
    },
    fixes: () => [...replaceBy(near, node.text, span), createNodeFix(node.text, where, packs.set, where === script)],
  };
}

function createNodeFix(name: string, where: Script, packs: PackSet, here: boolean): Fix {
  const step = packs.step(name);
  const rendered = step && renderStep(step, where, packs);
  const declarations = declareVariables(where, rendered?.undeclared ?? [], packs);
  return {
    title: { zh: `新建节点“${name}”`, en: `Create the node “${name}”` },
    safe: false,
    edits: [
      createNode(name, where, rendered?.lines, here),
      ...declarations.map((edit) => (here ? edit : { ...edit, uri: where.uri })),
    ],
  };
}

/** A new node behind the last one, so that no conversation runs into it that did not before. */
function createNode(name: string, script: Script, lines: readonly string[] | undefined, here: boolean): Edit {
  const write = handOf(script);
  const body = lines ?? [`${write.role('agent')}${write.colon}`];
  const edit = nodeBehind(endOfNodes(script), write.heading(name), body, script);
  return here ? edit : { ...edit, uri: script.uri };
}

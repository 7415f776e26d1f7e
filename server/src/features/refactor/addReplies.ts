import { insertion } from '../../base/edit.ts';
import { listed } from '../../base/text.ts';
import { counts } from '../../flow/build.ts';
import { isAnytime, isOneWay } from '../../flow/openings.ts';
import { declareVariables } from '../../model/declare.ts';
import { renderReply, templateOf } from '../../model/template.ts';
import { handOf } from '../../model/writing.ts';
import type { Reply } from '../../packs/pack.ts';
import { scanLine } from '../../syntax/scan.ts';
import { type Ground, nodeOf, placedAt, stepsIn } from './ground.ts';
import type { Refactoring } from './refactoring.ts';

/** The replies that the template of a step has, and the node that performs the step has not. */
export function addReplies(ground: Ground): readonly Refactoring[] {
  const { script, packs, span } = ground;
  const placed = placedAt(ground, span.start);
  const node = placed.line.kind === 'heading' || placed.line.kind === 'branch' ? nodeOf(placed, script) : undefined;
  const last = node?.lines.findLast(counts);
  if (!node || !last || isAnytime(node) || isOneWay(script)) return [];
  const has = new Set(node.branches.map(({ branch }) => packs.reply(branch.line.category.text)));
  const wanted = stepsIn(node, ground).flatMap((step) => {
    const who = step.sets.listener === 'third-party' ? 'third-party' : 'customer';
    return (templateOf(step, script)?.replies ?? []).flatMap((each) => {
      const reply = packs.reply(each.reply);
      return reply && !has.has(reply) ? [{ reply, lines: renderReply(each, who, script, packs) }] : [];
    });
  });
  // One that says what happens to the rest comes last, and there is one of each.
  const missing = [...new Map(wanted.map((each) => [each.reply, each])).values()];
  if (missing.length === 0) return [];
  const write = handOf(script);
  const lines = missing.flatMap((each) => each.lines);
  const used = lines.flatMap((text) => {
    const line = scanLine(text);
    return 'speech' in line ? line.speech.variables.map((variable) => variable.text) : [];
  });
  const unknown = [...new Set(used)].filter((name) => !script.knows(name));
  const names = (name: (reply: Reply) => string): string[] => missing.map(({ reply }) => name(reply));
  return [
    {
      kind: 'refactor.rewrite',
      title: {
        zh: `补上回复分支：${listed(names(({ name }) => name.zh)).zh}`,
        en: `Add the reply branches: ${listed(names(({ name }) => name.en)).en}`,
      },
      edits: [
        insertion(last.end, lines.map((line) => write.eol + line).join('')),
        ...declareVariables(script, unknown, packs),
      ],
    },
  ];
}

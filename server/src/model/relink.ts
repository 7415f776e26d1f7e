import type { Edit } from '../base/edit.ts';
import type { Step } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { BranchBody, Placed } from '../syntax/tree.ts';
import type { Script } from './script.ts';
import { renderReply, stepsOf, templateOf } from './template.ts';
import { handOf } from './writing.ts';

/**
 * Leads the branches that have waited for a step to its new node. A template ends a branch politely where the script has no
 * node to go to; as long as nobody has changed these lines, they give way to the jump as soon as there is one.
 * @param typing a line that is being written, and does not count
 */
export function relink(step: Step, name: string, script: Script, packs: PackSet, typing?: Placed): Edit[] {
  return script.tree.nodes.flatMap((node) => {
    if (!node.heading) return [];
    const replies = stepsOf(node.heading.line, packs)
      .flatMap((each) => templateOf(each, script)?.replies ?? [])
      .filter(({ to }) => to !== undefined && packs.step(to) === step);
    return node.branches.flatMap((branch): Edit[] => {
      const { line } = branch.branch;
      if (line.arrow) return [];
      const category = packs.reply(line.category.text)?.id;
      const template = replies.find(({ reply }) => reply === category);
      if (!template) return [];
      const [, ...waiting] = renderReply({ ...template, to: '' }, line.speaker, script, packs);
      const end = endOf(branch, waiting, script, typing);
      return end === undefined ? [] : [{ start: branch.branch.end, end, newText: ` ${handOf(script).arrow} ${name}` }];
    });
  });
}

/** Where the body of a branch ends, if it is word for word what the template wrote. */
function endOf(
  { body }: BranchBody,
  waiting: readonly string[],
  { written }: Script,
  typing: Placed | undefined,
): number | undefined {
  const lines = body.filter((placed) => placed.line.kind !== 'blank' && placed !== typing);
  const isSame =
    lines.length === waiting.length &&
    lines.every(({ start, end }, index) => written.slice(start, end).trim() === waiting[index]?.trim());
  return isSame ? lines.at(-1)?.end : undefined;
}

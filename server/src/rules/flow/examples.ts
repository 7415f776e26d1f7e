import { applyEdits } from '../../base/edit.ts';
import { createWorkspace } from '../../model/workspace.ts';
import type { FlowRule } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { ExampleFailure } from '../examples.ts';
import type { Finding } from '../finding.ts';
import { flowFindings } from './findings.ts';
import { followFlow } from './violations.ts';

/** Runs the examples of a rule about the flow: bad scripts break it where they are marked, good ones keep it, and so does what a fix makes of a bad one. */
export function* runFlowExamples(rule: FlowRule, packs: PackSet, day: string): Generator<ExampleFailure> {
  for (const example of rule.examples.bad) {
    const [found] = findingsIn(example.text, rule, packs, day);
    if (!found) {
      yield { rule, example, message: { zh: `没有发现：\n${example.text}`, en: `Not found:\n${example.text}` } };
      continue;
    }
    const { mark } = example;
    if (mark && (mark.start !== found.start || mark.end !== found.end)) {
      const shown = example.text.slice(found.start, found.end);
      const message = { zh: `划线的是“${shown}”：\n${example.text}`, en: `“${shown}” is underlined:\n${example.text}` };
      yield { rule, example, message };
    }
    for (const fix of found.fixes()) {
      const mended = applyEdits(example.text, fix.edits);
      if (findingsIn(mended, rule, packs, day).length === 0) continue;
      const title = { zh: `“${fix.title.zh}”之后仍未解决：`, en: `“${fix.title.en}” does not mend it:` };
      yield { rule, example, message: { zh: `${title.zh}\n${mended}`, en: `${title.en}\n${mended}` } };
    }
  }
  for (const example of rule.examples.good) {
    const [found] = findingsIn(example.text, rule, packs, day);
    if (!found) continue;
    const shown = example.text.slice(found.start, found.end);
    yield {
      rule,
      example,
      message: { zh: `误报“${shown}”：\n${example.text}`, en: `Wrongly flagged, “${shown}”:\n${example.text}` },
    };
  }
}

/** What a rule finds in a script that stands alone. */
function findingsIn(source: string, rule: FlowRule, packs: PackSet, day: string): Finding[] {
  const settings = { bundled: packs.packs, files: new Map(), configs: [], extraPacks: [], today: day };
  const workspace = createWorkspace(settings);
  const script = workspace.set('file:///example.huashu', 1, source);
  const snapshot = workspace.snapshot();
  const flow = followFlow(script, snapshot, packs, day, [rule]);
  return flowFindings(script, snapshot, packs, day, flow).filter((finding) => finding.rule === rule.id);
}

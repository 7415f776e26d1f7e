import { pathsOf } from '../../server/src/flow/paths.ts';
import { flowFindings } from '../../server/src/rules/flow/findings.ts';
import { followFlow } from '../../server/src/rules/flow/violations.ts';
import { bundledPacks, today, workspaceWith } from './ground.ts';
import { timesBare } from './measure.ts';
import { figureIn, type Row } from './row.ts';
import { longScript } from './scripts.ts';

const sizes = [1_000, 3_000, 10_000];

/** What following all paths costs: the graph, which points are reached, all rules about the flow, and their findings. */
export function flow(): readonly Row[] {
  const bundled = bundledPacks();
  return sizes.map((nodes): Row => {
    const source = longScript(nodes);
    let turn = 0;
    const { whole } = timesBare(
      source,
      {
        whole() {
          // Another script each time, since what follows from a script is remembered.
          const workspace = workspaceWith(bundled);
          const script = workspace.set(`file:///w/${turn++}.huashu`, 0, source);
          const snapshot = workspace.snapshot();
          const packs = snapshot.packs(script).set;
          pathsOf(script, snapshot);
          flowFindings(script, snapshot, packs, today, followFlow(script, snapshot, packs, today));
        },
      },
      { rounds: 2, sample: 1 },
    );
    return {
      id: `flow.${nodes}`,
      title: {
        zh: `${nodes} 个节点、${3 * nodes} 个分支：读入文本、走遍所有路径、全部流程规则`,
        en: `${nodes} nodes, ${3 * nodes} branches: read the text, follow all paths, all rules about the flow`,
      },
      unit: 'ms',
      ...figureIn(whole!),
      ...(nodes === 10_000 && { most: 300 }),
      peers: [],
      note: { zh: `裸循环的 ${whole!.value.toFixed(0)} 倍`, en: `${whole!.value.toFixed(0)} × the bare loop` },
    };
  });
}

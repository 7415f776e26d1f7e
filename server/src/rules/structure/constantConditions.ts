import { foldName } from '../../base/names.ts';
import { shift } from '../../base/span.ts';
import type { Text } from '../../base/text.ts';
import { counts } from '../../flow/build.ts';
import type { Point } from '../../flow/graph.ts';
import { type Paths, pathsOf } from '../../flow/paths.ts';
import { isLine, type Placed, type ScriptNode } from '../../syntax/tree.ts';
import type { Related } from '../finding.ts';
import type { Draft, Subject } from './rule.ts';
import { lineSpan } from './way.ts';

/** Guards that are always taken, or never, by themselves or after what stands before them on every path. */
export function* constantConditions({ script, snapshot }: Subject): Generator<Draft> {
  const paths = pathsOf(script, snapshot);
  const { valuations } = paths;
  for (const node of script.tree.nodes) {
    let bodyOf: ReturnType<typeof bodiesOf> | undefined;
    for (const placed of node.lines) {
      if (!isLine(placed, 'guard') || valuations.asked(placed).size === 0) continue;
      const points = paths.graph.at(placed);
      const reached = points.reduce((sum, point) => sum | paths.reached(point), 0n);
      const { taken, passed } = valuations.guard(placed);
      const never = (reached & taken) === 0n;
      if (reached === 0n || (!never && (reached & passed) !== 0n)) continue;
      const itself = (never ? taken : passed) === 0n;
      bodyOf ??= bodiesOf(node);
      const body = bodyOf(placed);
      if (!never && !itself && isLast(placed, body, node) && closes(placed, body, paths)) continue;
      yield {
        ...shift(placed.line.condition, placed.start),
        severity: 'warning',
        message: itself ? byItself(never, rangesOf(placed, paths)) : byOthers(never),
        related: itself ? [] : deciding(placed, body, points, paths),
      };
    }
  }
}

/** The lead or the branch body that a line of a node stands in. */
function bodiesOf({ lead, branches }: ScriptNode): (placed: Placed) => readonly Placed[] {
  const first = lead.filter(counts);
  const bodies = new Map<Placed, readonly Placed[]>();
  for (const { body } of branches) {
    const counting = body.filter(counts);
    for (const placed of body) bodies.set(placed, counting);
  }
  return (placed) => bodies.get(placed) ?? first;
}

function isLast(placed: Placed, body: readonly Placed[], node: ScriptNode): boolean {
  return body.at(-1) === placed && (!node.lead.includes(placed) || node.branches.length === 0);
}

/** The last of several guards that together cover all cases: that is how one writes “otherwise”. */
function closes(placed: Placed, body: readonly Placed[], { valuations }: Paths): boolean {
  let cells = valuations.all;
  for (const above of body.slice(0, body.indexOf(placed))) {
    if (above.line.kind === 'guard') cells &= valuations.guard(above).passed;
    cells = valuations.recorded(above, cells);
  }
  return (cells & valuations.guard(placed).passed) === 0n;
}

function byItself(never: boolean, ranges: string): Text {
  const within = {
    zh: ranges && `按声明的范围（${ranges}），`,
    en: ranges && ` within the declared range (${ranges})`,
  };
  return never
    ? {
        zh: `${within.zh}这个条件永远不成立，这里永远不会跳转。请检查数值，或删去这一行。`,
        en: `This condition never holds${within.en}, so the jump is never taken. Check the values, or delete the line.`,
      }
    : {
        zh: `${within.zh}这个条件总是成立，到这里一定会跳转。请检查数值，或改成“→ 目标”。`,
        en: `This condition always holds${within.en}, so the jump is always taken. Check the values, or write a plain jump.`,
      };
}

function byOthers(never: boolean): Text {
  return never
    ? {
        zh: '前面的条件已经排除了这种情况，走到这里时它永远不成立。请检查条件，或删去这一行。',
        en: 'Conditions before this one leave no such case, so it never holds here. Check them, or delete the line.',
      }
    : {
        zh: '前面的条件已经排除了其他情况，走到这里时它总是成立，下面的内容走不到。请检查条件，或改成“→ 目标”。',
        en: 'Conditions before this one leave no other case, so it always holds here and nothing below is reached. Check them, or write a plain jump.',
      };
}

function rangesOf(placed: Placed, { graph, valuations }: Paths): string {
  const ranges = [...valuations.asked(placed)].flatMap((name) => graph.script.declaration(name)?.range?.value ?? []);
  return ranges.join('；');
}

/** Nobody looks at more places than these. */
const mostDeciding = 8;

/** The guards that decide: the nearest of those above in the same lines, or else those on the shortest way here. */
function deciding(placed: Placed, body: readonly Placed[], points: readonly Point[], paths: Paths): readonly Related[] {
  const names = paths.valuations.asked(placed);
  const shares = (other: Placed): boolean =>
    other !== placed && [...paths.valuations.asked(other)].some((name) => names.has(foldName(name)));
  const above: Placed[] = [];
  for (let index = body.indexOf(placed) - 1; index >= 0 && above.length < mostDeciding; index--) {
    const other = body[index];
    if (other && shares(other)) above.unshift(other);
  }
  const { script } = paths.graph;
  const message = { zh: '这里已经作了判断', en: 'This decides it' };
  if (above.length > 0) return above.map((other) => ({ ...lineSpan(other), message }));
  const point = points.find(({ index }) => paths.isReached(index));
  const way = point ? paths.witness(point) : [];
  const before = new Map(way.flatMap((each) => (each.placed && shares(each.placed) ? [[each.placed, each]] : [])));
  return [...before].slice(-mostDeciding).map(([other, { visit }]) => ({
    ...lineSpan(other),
    message,
    ...(visit.script === script ? {} : { uri: visit.script.uri }),
  }));
}

import type { Span } from '../../base/span.ts';
import { shift } from '../../base/span.ts';
import type { Text } from '../../base/text.ts';
import type { Point } from '../../flow/graph.ts';
import type { Script } from '../../model/script.ts';
import { isLine, type Placed, type ScriptNode } from '../../syntax/tree.ts';
import type { Related } from '../finding.ts';

/** The nodes that a way leads through, by name; the lines above the first heading have none. */
export function namesOn(way: readonly Point[]): readonly string[] {
  const names: string[] = [];
  let node: ScriptNode | undefined;
  for (const { visit } of way) {
    const name = visit.node.heading?.line.name.text;
    if (visit.node !== node && name !== undefined && name !== '') names.push(name);
    node = visit.node;
  }
  return names;
}

/** A way as a sentence tells it: the nodes, each with the reply, or the condition that holds, by which it is left. */
export function wayText(way: readonly Point[]): Text {
  const told: { readonly name: Text; readonly by: Text[] }[] = [];
  let node: ScriptNode | undefined;
  let replied = false;
  let isLong = false;
  for (let index = way.length - 1; index >= 0; index--) {
    const point = way[index] as Point;
    const { visit, placed } = point;
    if (visit.node !== node) {
      isLong = told.length === mostSteps;
      if (isLong) break;
      told.push({ name: nodeName(visit.node), by: [] });
      node = visit.node;
      replied = false;
    }
    const by = told.at(-1)?.by;
    if (!by || !placed) continue;
    if (isLine(placed, 'branch') && !replied) {
      by.unshift({ zh: placed.line.category.text, en: placed.line.category.text });
      replied = true;
    } else if (isLine(placed, 'guard') && isTaken(point, way[index + 1])) {
      const { text } = placed.line.condition;
      by.unshift({ zh: `若 ${text}`, en: `if ${text}` });
    }
  }
  const shown = told.reverse();
  const left = (by: readonly Text[]): Text =>
    by.length === 0
      ? { zh: '', en: '' }
      : { zh: `（${by.map(({ zh }) => zh).join('，')}）`, en: ` (${by.map(({ en }) => en).join(', ')})` };
  return {
    zh: `${isLong ? '… → ' : ''}${shown.map(({ name, by }) => name.zh + left(by).zh).join(' → ')}`,
    en: `${isLong ? '… -> ' : ''}${shown.map(({ name, by }) => name.en + left(by).en).join(' -> ')}`,
  };
}

/** Whether a way goes on from a guarded jump by that jump. */
function isTaken({ edges }: Point, next: Point | undefined): boolean {
  return edges.some(({ kind, to }) => kind === 'taken' && to === next);
}

/** More steps than these nobody reads; the last ones count most. */
const mostSteps = 12;

/** The lines of a way that decide where it leads, as places to look at. */
export function stepsOn(way: readonly Point[], script: Script): readonly Related[] {
  const steps: Related[] = [];
  for (let index = way.length - 2; index >= 0 && steps.length < mostSteps; index--) {
    const [point, next] = [way[index] as Point, way[index + 1] as Point];
    // Where control runs off the end of a node, its last line shows it.
    const placed = point.placed ?? (point.kind === 'exit' ? way[index - 1]?.placed : undefined);
    const message = placed && stepName(point, placed, next);
    if (!message) continue;
    const elsewhere = point.visit.script === script ? {} : { uri: point.visit.script.uri };
    steps.push({ ...stepSpan(placed), ...elsewhere, message });
  }
  return steps.reverse();
}

function stepName(point: Point, placed: Placed, next: Point): Text | undefined {
  if (point.kind === 'exit') {
    if (next.kind !== 'entry') return undefined;
    const { zh, en } = nodeName(next.visit.node);
    return { zh: `说完接着走到${zh}`, en: `This runs on into ${en}` };
  }
  if (point.kind !== 'line') return undefined;
  if (isLine(placed, 'branch')) {
    const { text } = placed.line.category;
    return { zh: `客户的回应是“${text}”`, en: `The reply is “${text}”` };
  }
  if (isLine(placed, 'jump')) return { zh: '从这里跳转', en: 'The jump' };
  if (isLine(placed, 'insertion')) return { zh: '这里插入另一节', en: 'Another node is inserted here' };
  if (!isLine(placed, 'guard')) return undefined;
  return isTaken(point, next) ? { zh: '条件成立', en: 'The condition holds' } : undefined;
}

/** What of a line decides where a way leads. What is said does not: as long as somebody types there, ways are told as they are. */
function stepSpan(placed: Placed): Span {
  const { start, line } = placed;
  if (isLine(placed, 'branch')) return branchSpan(placed);
  return 'speech' in line ? shift(line.head, start) : lineSpan(placed);
}

/** A line without the blanks around it. */
export function lineSpan({ start, end, line }: Placed): Span {
  return { start: start + line.head.start, end };
}

/** What stands for a node in a finding: its name, or its first line. */
export function nodeSpan({ heading, span, lines }: ScriptNode): Span {
  if (heading) return shift(heading.line.name.text === '' ? heading.line.head : heading.line.name, heading.start);
  const first = lines.find(({ start }) => start === span.start);
  return first ? lineSpan(first) : span;
}

/** What stands for a reply branch in a finding. */
export function branchSpan({ start, line }: Placed): Span {
  const category = line.kind === 'branch' ? line.category : undefined;
  return shift(category && category.text !== '' ? category : line.head, start);
}

/** The name of a node in a message. */
export function nodeName({ heading }: ScriptNode): Text {
  const name = heading?.line.name.text ?? '';
  return name === '' ? { zh: '开头', en: 'the beginning' } : { zh: `【${name}】`, en: `[${name}]` };
}

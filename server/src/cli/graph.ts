import { type Chart, chartOf } from '../flow/chart.ts';
import { pathsOf } from '../flow/paths.ts';
import { drawingOf } from '../handover/drawing.ts';
import { formatMermaid } from '../handover/mermaid.ts';
import type { Pack } from '../packs/pack.ts';
import { writeOut } from './check.ts';
import { formatDot } from './formats/dot.ts';
import { complain, type GraphOptions, UsageError } from './options.ts';
import { nameOf, openProject } from './project.ts';

/** `huashu graph`: the flow of one script. */
export async function runGraph(options: GraphOptions, bundled: readonly Pack[]): Promise<number> {
  const { scripts, snapshot, unreadable } = await openProject(options, bundled);
  for (const text of unreadable) complain(text, options.language);
  if (unreadable.length > 0) return 2;
  const [script, ...more] = scripts;
  if (!script || more.length > 0 || (!options.stdin && options.paths.length !== 1))
    throw new UsageError('graph 需要一份话术：huashu graph 文件。', 'graph takes one script: huashu graph FILE.');
  const chart = chartOf(pathsOf(script, snapshot));
  const fileOf = (uri: string): string => (options.stdin && uri === script.uri ? options.stdinFilename : nameOf(uri));
  await writeOut(formatted(chart, options, fileOf), options.output);
  return 0;
}

function formatted(chart: Chart, { format, language }: GraphOptions, fileOf: (uri: string) => string): string {
  switch (format) {
    case 'mermaid':
      return formatMermaid(drawingOf(chart, language));
    case 'dot':
      return formatDot(drawingOf(chart, language));
    case 'json':
      return formatJson(chart, fileOf);
    default:
      return format satisfies never;
  }
}

function formatJson({ nodes, ends, edges }: Chart, fileOf: (uri: string) => string): string {
  const listed = nodes.map(({ id, script, node, start, anytime, reached }) => ({
    id,
    name: node.heading?.line.name.text ?? null,
    path: fileOf(script.uri),
    line: script.text.positionAt(node.span.start).line,
    start,
    anytime,
    reached,
  }));
  const ending = ends.map(({ id, kind, outcome }) => ({ id, kind, outcome: outcome ?? null }));
  const leading = edges.map(({ from, to, kind, reply, condition }) => ({
    from,
    to,
    kind,
    reply: reply ?? null,
    condition: condition ?? null,
  }));
  return `${JSON.stringify({ version: 1, nodes: listed, ends: ending, edges: leading }, null, 2)}\n`;
}

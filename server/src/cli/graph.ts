import { inLanguage, type Language, type Text } from '../base/text.ts';
import { endName } from '../features/ends.ts';
import { type Chart, type ChartEdge, type ChartEnd, type ChartNode, chartOf } from '../flow/chart.ts';
import { pathsOf } from '../flow/paths.ts';
import type { Pack } from '../packs/pack.ts';
import { writeOut } from './check.ts';
import { formatDot } from './formats/dot.ts';
import { formatMermaid } from './formats/mermaid.ts';
import { complain, type GraphOptions, UsageError } from './options.ts';
import { nameOf, openProject } from './project.ts';

/** A chart with its labels in one language, ready to be drawn. */
export interface Drawing {
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly shape: Shape;
    readonly reached: boolean;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly label: string;
    readonly dashed: boolean;
  }[];
}

export type Shape = 'start' | 'node' | 'anytime' | 'end';

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

function drawingOf({ nodes, ends, edges }: Chart, language: Language): Drawing {
  const say = (text: Text): string => inLanguage(text, language);
  return {
    nodes: [
      ...nodes.map((each) => ({
        id: each.id,
        label: nameIn(each, nodes) ?? say({ zh: '（开头）', en: '(beginning)' }),
        shape: each.anytime ? ('anytime' as const) : each.start ? ('start' as const) : ('node' as const),
        reached: each.reached,
      })),
      ...ends.map((each) => ({ id: each.id, label: say(labelOfEnd(each)), shape: 'end' as const, reached: true })),
    ],
    edges: edges.map((edge) => ({
      from: edge.from,
      to: edge.to,
      label: say(labelOf(edge)),
      dashed: edge.kind === 'insertion' || edge.kind === 'repeat',
    })),
  };
}

/** A node of another file is called as a target names it: `公共/告知渠道`. */
function nameIn({ script, node }: ChartNode, [first]: readonly ChartNode[]): string | undefined {
  const name = node.heading?.line.name.text;
  if (script === first?.script || name === undefined) return name;
  const file = decodeURIComponent(script.uri.slice(script.uri.lastIndexOf('/') + 1)).replace(/\.(huashu|话术)$/, '');
  return `${file}/${name}`;
}

function labelOfEnd(end: ChartEnd): Text {
  const { zh, en } = endName(end);
  return end.kind === 'outcome' ? { zh: `结束：${zh}`, en: `End: ${en}` } : { zh, en };
}

function labelOf({ kind, reply, condition }: ChartEdge): Text {
  const word: Text | undefined =
    kind === 'insertion' ? { zh: '插入', en: 'insert' } : kind === 'repeat' ? { zh: '重复', en: 'repeat' } : undefined;
  const parts = (language: 'zh' | 'en'): string[] =>
    [reply, condition, word?.[language]].filter((part) => part !== undefined);
  return { zh: parts('zh').join('：'), en: parts('en').join(': ') };
}

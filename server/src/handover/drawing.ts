import { inLanguage, type Language, type Text } from '../base/text.ts';
import type { Chart, ChartEdge, ChartEnd, ChartNode } from '../flow/chart.ts';
import { endName } from '../flow/ends.ts';
import { nodeName } from '../flow/names.ts';

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

export function drawingOf({ nodes, ends, edges }: Chart, language: Language): Drawing {
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

function nameIn(each: ChartNode, [first]: readonly ChartNode[]): string | undefined {
  return each.node.heading && nodeName(each, first?.script ?? each.script);
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

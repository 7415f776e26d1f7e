import type { Drawing, Shape } from '../../handover/drawing.ts';

const shapes: { readonly [shape in Shape]: string } = {
  start: 'shape=box, style="rounded,bold"',
  node: 'shape=box, style=rounded',
  anytime: 'shape=hexagon',
  end: 'shape=oval',
};

const unreached = 'shape=box, style="rounded,dashed"';

/** The graph language of Graphviz. */
export function formatDot({ nodes, edges }: Drawing): string {
  return `${[
    'digraph huashu {',
    ...nodes.map(
      ({ id, label, shape, reached }) => `  ${id} [label=${quoted(label)}, ${reached ? shapes[shape] : unreached}];`,
    ),
    ...edges.map(({ from, to, label, dashed }) => {
      const attributes = [label === '' ? '' : `label=${quoted(label)}`, dashed ? 'style=dashed' : ''];
      const list = attributes.filter((each) => each !== '').join(', ');
      return `  ${from} -> ${to}${list === '' ? '' : ` [${list}]`};`;
    }),
    '}',
  ].join('\n')}\n`;
}

/** A string in which nothing is an escape: in labels even `\N` and `\l` would be. */
function quoted(label: string): string {
  const line = label.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return `"${line.replace(/[\\"]/g, '\\$&')}"`;
}

import type { Drawing, Shape } from './drawing.ts';

const brackets: { readonly [shape in Shape]: readonly [string, string] } = {
  start: ['[', ']'],
  node: ['[', ']'],
  anytime: ['{{', '}}'],
  end: ['([', '])'],
};

/** A Mermaid flowchart, as GitHub, GitLab and many editors draw it. */
export function formatMermaid({ nodes, edges }: Drawing): string {
  const lines = [
    'flowchart TD',
    ...nodes.map(({ id, label, shape }) => `  ${id}${brackets[shape][0]}"${escaped(label)}"${brackets[shape][1]}`),
    ...edges.map(
      ({ from, to, label, dashed }) =>
        `  ${from} ${dashed ? '-.->' : '-->'}${label === '' ? '' : `|"${escaped(label)}"|`} ${to}`,
    ),
  ];
  const first = nodes.filter(({ shape }) => shape === 'start').map(({ id }) => id);
  if (first.length > 0) lines.push('  classDef start stroke-width:3px', `  class ${first.join(',')} start`);
  const lost = nodes.filter(({ reached }) => !reached).map(({ id }) => id);
  if (lost.length > 0) lines.push('  classDef unreached stroke-dasharray:4 4', `  class ${lost.join(',')} unreached`);
  return `${lines.join('\n')}\n`;
}

/**
 * Whatever could mean something to Mermaid becomes a character code: quotes and brackets, but also what begins a list or
 * is bold in Markdown. A label is never empty.
 */
function escaped(label: string): string {
  const line = label.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return line.replace(/[!-+\--/:-@[-`{-~]/g, (char) => `#${char.charCodeAt(0)};`) || ' ';
}

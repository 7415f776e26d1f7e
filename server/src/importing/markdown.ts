import { type Block, longestSource, tidied } from './block.ts';

/** The blocks of Markdown, as far as scripts are written in it: headings, lists, emphasis, quotations and tables. */
export function blocksOfMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  let rows: string[][] = [];
  const endTable = (): void => {
    if (rows.length > 0) blocks.push({ kind: 'table', rows });
    rows = [];
  };
  for (const written of source.slice(0, longestSource).split(/\r\n?|\n/)) {
    const line = written.replace(/^\s*(?:>\s?)+/, '').trimEnd();
    if (/^\s*\|.*\|\s*$/.test(line)) {
      if (!/^[\s|:-]+$/.test(line)) rows.push(cellsOf(line));
      continue;
    }
    endTable();
    if (/^\s*(?:```|~~~)/.test(line) || /^\s*(?:[-*_]\s*){3,}$/.test(line)) continue;
    const heading = /^\s{0,3}(#{1,6})\s+(.*)$/.exec(line);
    if (heading) {
      const text = plain((heading[2] ?? '').replace(/\s#+$/, ''));
      blocks.push({ kind: 'paragraph', text, level: heading[1]?.length ?? 1 });
      continue;
    }
    const item = /^\s*[-*+]\s+(.*)$/.exec(line);
    const content = item?.[1] ?? line;
    const bold = /^\s*(\*\*|__)(.{1,200}?)\1/.exec(content);
    const text = plain(content);
    blocks.push({
      kind: 'paragraph',
      text,
      ...(item && { item: { ordered: false, number: 0 } }),
      ...(bold && { bold: Math.min(plain(bold[2] ?? '').length, text.length) }),
    });
  }
  endTable();
  return blocks;
}

function cellsOf(line: string): string[] {
  return line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) =>
      cell
        .split(/<br\s*\/?>/i)
        .map(plain)
        .join('\n'),
    );
}

/** A text without the marks of emphasis, links and escapes. */
function plain(text: string): string {
  return tidied(
    text
      .replace(/!?\[([^[\]]{0,200})\]\([^()\s]{0,500}\)/g, '$1')
      .replace(/(\*\*|__)(?=\S)([^*_]{1,500})\1/g, '$2')
      .replace(/(?<![\w*])\*(?=[^\s*])([^*]{1,500})\*(?![\w*])/g, '$1')
      .replace(/`([^`]{1,500})`/g, '$1')
      .replace(/\\([\\`*_{}[\]()#+.!|>~-])/g, '$1'),
  );
}

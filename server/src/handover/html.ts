import { type Block, type Document, type Inline, isWide, type Piece, type Table, widestPicture } from './document.ts';

/** A document as one page that needs nothing from elsewhere and runs nothing; printed, it fills sheets of A4. */
export function htmlOf({ language, title, subtitle, blocks }: Document): string {
  const contents = blocks.flatMap((block) =>
    block.kind === 'heading' && block.level === 1 ? [{ text: block.text, id: idOf(block, blocks) }] : [],
  );
  const links = contents.map(({ text, id }) => `<li><a href="#${id}">${escaped(text)}</a></li>`);
  return [
    '<!DOCTYPE html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<h1>${escaped(title)}</h1>`,
    ...(subtitle === undefined ? [] : [`<p class="subtitle">${escaped(subtitle)}</p>`]),
    ...(links.length > 1 ? [`<nav><ol>${links.join('')}</ol></nav>`] : []),
    ...blocks.map((block) => htmlOfBlock(block, blocks)),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** What stands on the page, without a style of its own: what is about a line of the script says so by `data-line`. */
export function insideOf({ title, subtitle, blocks }: Document): string {
  return [
    `<h1>${escaped(title)}</h1>`,
    ...(subtitle === undefined ? [] : [`<p class="subtitle">${escaped(subtitle)}</p>`]),
    ...blocks.map((block) => htmlOfBlock(block, blocks, (line) => (line === undefined ? '' : ` data-line="${line}"`))),
  ].join('\n');
}

function htmlOfBlock(
  block: Block,
  blocks: readonly Block[],
  placed: (line: number | undefined) => string = () => '',
): string {
  switch (block.kind) {
    case 'heading': {
      const tag = `h${block.level + 1}`;
      const note = block.note === undefined ? '' : ` <span class="quiet">${escaped(block.note)}</span>`;
      return `<${tag} id="${idOf(block, blocks)}"${placed(block.line)}>${escaped(block.text)}${note}</${tag}>`;
    }
    case 'paragraph':
      return `<p${classed(block.tone)}>${inlineHtml(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map(({ text, line }) => `<li${placed(line)}>${inlineHtml(text)}</li>`).join('')}</ul>`;
    case 'table':
      return tableHtml(block);
    case 'picture':
      // As a picture it keeps its style sheet to itself.
      return `<figure${isWide(block) ? ' class="wide"' : ''}><img style="width: ${Math.min(100, (100 * block.width) / widestPicture).toFixed(1)}%" alt="${escaped(block.about)}" src="data:image/svg+xml,${encodeURIComponent(block.svg.replace(/\p{Surrogate}/gu, '\ufffd'))}"></figure>`;
    default:
      return block satisfies never;
  }
}

function idOf(block: Block & { readonly kind: 'heading' }, blocks: readonly Block[]): string {
  return escaped(block.id ?? `h${blocks.indexOf(block)}`);
}

function tableHtml({ titles, widths, rows, rowsAre }: Table): string {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const columns = widths.map((width) => `<col style="width: ${((100 * width) / whole).toFixed(1)}%">`);
  const head = titles
    ? `<thead><tr>${titles.map((each) => `<th scope="col">${escaped(each)}</th>`).join('')}</tr></thead>`
    : '';
  const body = rows.map(({ cells, tone }) => {
    const written = cells.map((cell, index) => {
      const text = cell.map(inlineHtml).join('<br>');
      return index === 0 && !titles ? `<th scope="row">${text}</th>` : `<td>${text}</td>`;
    });
    return `<tr${classed(tone)}>${written.join('')}</tr>`;
  });
  return `<table${classed(rowsAre)}><colgroup>${columns.join('')}</colgroup>${head}<tbody>${body.join('\n')}</tbody></table>`;
}

function inlineHtml(text: Inline): string {
  return text
    .map((piece) => (piece === '\n' ? '<br>' : typeof piece === 'string' ? escaped(piece) : pieceHtml(piece)))
    .join('');
}

const tags = { strong: 'strong', code: 'code', new: 'ins', gone: 'del' } as const;

function pieceHtml({ text, look, tone, to, id }: Piece): string {
  const plain =
    look === 'quiet' || tone
      ? `<span${classed(look === 'quiet' ? 'quiet' : tone)}>${escaped(text)}</span>`
      : escaped(text);
  const shown = look && look !== 'quiet' ? `<${tags[look]}>${plain}</${tags[look]}>` : plain;
  if (id !== undefined) return `<span id="${escaped(id)}">${shown}</span>`;
  return to === undefined ? shown : `<a href="#${escaped(to)}">${shown}</a>`;
}

function classed(tone: string | undefined): string {
  return tone === undefined ? '' : ` class="${tone}"`;
}

/** Text as HTML shows it, in an attribute as well; what an author wrote never becomes markup. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

const style = `
@page { size: A4; margin: 18mm 16mm 20mm; }
@page wide { size: A4 landscape; margin: 14mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 20px 60px; max-width: 900px; color: #1b1f24; background: #fff;
  font: 15px/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 4px; font-size: 1.7em; line-height: 1.3; }
h2 { margin: 2em 0 0.6em; padding-bottom: 4px; border-bottom: 2px solid #123a3f; font-size: 1.25em; line-height: 1.4; break-after: avoid; }
h3 { margin: 1.6em 0 0.5em; font-size: 1.08em; line-height: 1.4; break-after: avoid; }
h2 .quiet, h3 .quiet { font-weight: normal; font-size: 0.85em; }
p { margin: 0.35em 0; }
.subtitle, span.quiet, p.quiet { color: #57606a; }
nav ol { margin: 1em 0; padding: 0.6em 1em 0.6em 2.4em; background: #f3f6f6; border-radius: 6px; columns: 2; }
a { color: #0b5c66; }
table { width: 100%; margin: 0.6em 0 1em; border-collapse: collapse; table-layout: fixed; font-size: 0.93em; line-height: 1.6; }
th, td { padding: 5px 8px; border: 1px solid #c9d1d3; text-align: left; vertical-align: top; }
th { background: #eef3f3; font-weight: 600; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
table.tall { break-inside: avoid; }
table.tall td, table.tall th { height: 3.2em; vertical-align: middle; }
code { font: 0.9em ui-monospace, Consolas, monospace; }
ins { text-decoration: none; background: #dff3e3; }
del { background: #fbe3e1; }
span.bad, p.bad { color: #a40e26; }
span.warning, p.warning { color: #7d4e00; }
span.good, p.good { color: #116329; }
.note { padding: 2px 10px; border-left: 3px solid #c9d1d3; color: #57606a; }
table.dense { font-size: 0.86em; line-height: 1.45; }
table.dense td { padding: 2px 6px; }
tr.bad { background: #fdf1f0; }
tr.warning { background: #fdf8ec; }
ul { margin: 0.4em 0; padding-left: 1.4em; }
figure { margin: 1em 0; }
img { max-width: 100%; height: auto; border: 1px solid #e1e6e7; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; print-color-adjust: exact; }
  nav { display: none; }
  figure.wide, h2:has(+ figure.wide) { page: wide; }
  figure { break-inside: avoid; }
  img { max-height: 245mm; object-fit: contain; }
  figure.wide img { max-height: 160mm; }
  a { color: inherit; text-decoration: none; }
}
`;

import type { Language } from '../base/text.ts';
import { type Severity, severities } from '../packs/pack.ts';
import type { Card, Mark, Row } from './cards.ts';
import type { Layout, Spot } from './layout.ts';
import { fitted, folded, widthOf } from './textWidth.ts';

/** A drawing of a card or of a line between two, as SVG. Everything that an author wrote is escaped. */
export type Svg = string;

const width = 224;
const padding = 10;
const heights = { head: 28, note: 16, row: 20, foot: 8 } as const;

/** The room that a card needs. */
export function sizeOf(card: Card): { readonly width: number; readonly height: number } {
  return { width, height: rowTop(card, card.rows.length) + heights.foot };
}

/** Where a row begins, from the top of its card. */
function rowTop(card: Card, index: number): number {
  return heights.head + heights.note * notesOf(card).length + heights.row * index + (card.rows.length > 0 ? 4 : 0);
}

function notesOf({ steps, known }: Card): readonly { readonly text: string; readonly kind: string }[] {
  return [
    ...(steps.length > 0 ? [{ text: steps.join('、'), kind: 'step' }] : []),
    ...(known === '' ? [] : [{ text: known, kind: 'known' }]),
  ];
}

/** A card, wherever it lies; `named` says which rows have to name where they lead, because no line shows it. */
export function drawCard(card: Card, named: (row: Row) => string | undefined, words: Words): Svg {
  const { height } = sizeOf(card);
  const { findings, below, reached, start, anytime } = card;
  const counts = countsOf(findings.map(({ severity }) => severity));
  const badges = counts.map(([severity, count], index) => badge(severity, count, badgesLeft(counts, index)));
  const left = padding + (start || anytime ? 16 : 0);
  const room = (badgesLeft(counts, 0) - left - 4) / 13;
  const inside = [
    start ? `<path class="begin" d="M${padding} 9l9 5l-9 5z"/>` : '',
    anytime ? `<path class="clock" d="M${padding} 14a5 5 0 1 0 10 0a5 5 0 1 0 -10 0m5 -3v3h2.5"/>` : '',
    text('name', left, 19, 13, fitted(card.name, room)),
    ...badges,
    ...notesOf(card).map(({ text: note, kind }, index) =>
      text(kind, padding, heights.head + heights.note * index + 10, 11, fitted(note, (width - 2 * padding) / 11)),
    ),
    card.rows.length > 0 ? `<path class="rule" d="M0 ${rowTop(card, 0) - 2}h${width}"/>` : '',
    ...card.rows.map((row, index) => drawRow(row, rowTop(card, index), named(row))),
  ];
  const parts = [
    `<title>${escaped([card.name, ...notesOf(card).map(({ text: note }) => note)].join('\n'))}</title>`,
    card.folded ? `<rect class="under" x="5" y="5" width="${width}" height="${height}" rx="6"/>` : '',
    `<g class="faded"><rect class="card" width="${width}" height="${height}" rx="6"/><g class="near">${inside.join('')}</g>${drawAfar(card, height)}</g>`,
    reached ? '' : text('unreached', width - 2, -4, 11, words.unreached, 'end'),
    below === 0 ? '' : foldMark(height, below, card.folded),
  ];
  const classes = ['node', card.tone, reached ? '' : 'lost'].filter((each) => each !== '').join(' ');
  return `<g class="${classes}">${parts.join('')}</g>`;
}

/** The name alone, as large as there is room, for a view from afar. */
function drawAfar({ name, findings }: Card, height: number): Svg {
  const lines = folded(name, (width - 16) / sizeAfar, Math.max(1, Math.floor((height - 8) / (sizeAfar + 4))));
  const top = (height - lines.length * (sizeAfar + 4)) / 2 + sizeAfar - 2;
  const [worst] = severities.filter((severity) => findings.some((each) => each.severity === severity));
  return [
    '<g class="afar">',
    worst ? `<g class="badge ${worst}"><circle cx="${width - 4}" cy="4" r="14"/></g>` : '',
    ...lines.map((line, index) => text('name', width / 2, top + index * (sizeAfar + 4), sizeAfar, line, 'middle')),
    '</g>',
  ].join('');
}

const sizeAfar = 26;

/** What a drawing says in words of its own. */
export interface Words {
  readonly unreached: string;
  readonly again: string;
}

export const wordsIn: { readonly [language in Language]: Words } = {
  'zh-CN': { unreached: '走不到', again: '重复' },
  en: { unreached: 'never reached', again: 'again' },
};

function drawRow({ label, mark, end, card }: Row, top: number, named: string | undefined): Svg {
  const middle = top + heights.row / 2;
  const target = end !== undefined ? `■ ${end}` : named === undefined ? '' : `→ ${named}`;
  const from = padding + 14;
  const room = (width - padding - from) / 12;
  // Both get what they need or, where that is too much, at least half.
  const shownTarget = fitted(target, Math.max(room / 2 - 0.5, room - widthOf(label) - 1));
  const shownLabel = fitted(label, room - (target === '' ? 0 : widthOf(shownTarget) + 1));
  return [
    drawMark(mark, padding + 4, middle),
    text('reply', from, middle + 4, 12, shownLabel),
    text(end === undefined ? 'to' : 'end', width - padding, middle + 4, 12, shownTarget, 'end', card),
    end === undefined && named === undefined ? `<circle class="port" cx="${width}" cy="${middle}" r="3"/>` : '',
  ].join('');
}

/** Who replies, by shape: the customer a disc, a third party a diamond; a refusal a cross. */
function drawMark(mark: Mark | undefined, x: number, y: number): Svg {
  switch (mark) {
    case 'customer':
      return `<circle class="mark" cx="${x}" cy="${y}" r="3"/>`;
    case 'third-party':
      return `<path class="mark third-party" d="M${x} ${y - 4.5}l4.5 4.5l-4.5 4.5l-4.5 -4.5z"/>`;
    case 'refusal':
      return `<path class="mark refusal" d="M${x - 3.5} ${y - 3.5}l7 7m0 -7l-7 7"/>`;
    case undefined:
      return `<path class="mark none" d="M${x - 4} ${y}h7m-3 -3l3 3l-3 3"/>`;
    default:
      return mark satisfies never;
  }
}

/** In the order of severity, those of which there are any. */
function countsOf(found: readonly Severity[]): readonly (readonly [Severity, number])[] {
  return severities
    .map((severity) => [severity, found.filter((each) => each === severity).length] as const)
    .filter(([, count]) => count > 0);
}

function badgesLeft(counts: readonly (readonly [Severity, number])[], index: number): number {
  let left = width - padding;
  for (const [, count] of counts.slice(index)) left -= 15 + 7 * String(count).length;
  return left;
}

/** Told apart by shape: errors are discs, warnings triangles, all others squares. */
function badge(severity: Severity, count: number, x: number): Svg {
  const shape =
    severity === 'error'
      ? `<circle cx="${x + 6}" cy="14" r="5"/>`
      : severity === 'warning'
        ? `<path d="M${x + 6} 8.5l6 10.5h-12z"/>`
        : `<rect x="${x + 2}" y="10" width="8" height="8" rx="2"/>`;
  return `<g class="badge ${severity}">${shape}${text('count', x + 13, 18, 11, String(count))}</g>`;
}

function foldMark(height: number, below: number, isFolded: boolean): Svg {
  const shown = `${isFolded ? '+' : '−'}${below}`;
  const room = 14 + 7 * shown.length;
  const left = width - 14 - room;
  return `<g class="fold"><rect x="${left}" y="${height - 7}" width="${room}" height="14" rx="7"/>${text('count', left + room / 2, height + 4, 10, shown, 'middle')}</g>`;
}

/** A line from a row to the card that it leads to. */
export function drawLine(from: Card, index: number, to: Card, layout: Layout): Svg {
  const [start, end] = [layout.place(from.id), layout.place(to.id)];
  const route = layout.route({ from: from.id, to: to.id });
  const first = { x: start.x + width, y: start.y + rowTop(from, index) + heights.row / 2 };
  const last = { x: end.x - 1, y: end.y + heights.head / 2 };
  // Through the columns in between it goes level, so that it stays between their cards.
  const between = (route ?? []).flatMap(({ x, y }) =>
    x - width / 2 > first.x + 1 && x + width / 2 < last.x - 1
      ? [
          { x: x - width / 2, y },
          { x: x + width / 2, y },
        ]
      : [],
  );
  const row = from.rows[index];
  const classes = ['line', row?.tone ?? 'plain', route ? '' : 'far', from.reached ? '' : 'lost'];
  const d = smooth([first, ...between, { x: last.x - 6, y: last.y }]);
  return `<g class="${classes.filter((each) => each !== '').join(' ')}"><path class="way" d="${d}"/><path class="head" d="M${round(last.x - 8)} ${round(last.y - 4)}l8 4l-8 4z"/></g>`;
}

/** A curve through some places that is level at each of them. */
function smooth(places: readonly Spot[]): string {
  const [first, ...others] = places;
  if (!first) return '';
  let before = first;
  let d = `M${round(first.x)} ${round(first.y)}`;
  for (const place of others) {
    const back = place.x <= before.x;
    const bend = back ? 60 + Math.min(120, Math.abs(place.y - before.y) / 4) : (place.x - before.x) / 2;
    d += `C${round(before.x + bend)} ${round(before.y)} ${round(place.x - bend)} ${round(place.y)} ${round(place.x)} ${round(place.y)}`;
    before = place;
  }
  return d;
}

/** @param to the card that one gets to by it */
function text(
  kind: string,
  x: number,
  y: number,
  size: number,
  shown: string,
  anchor?: 'end' | 'middle',
  to?: string,
): Svg {
  if (shown === '') return '';
  const aligned = anchor ? ` text-anchor="${anchor}"` : '';
  const leading = to === undefined ? '' : ` data-to="${escaped(to)}"`;
  return `<text class="${kind}"${leading} x="${round(x)}" y="${round(y)}" font-size="${size}"${aligned}>${escaped(shown)}</text>`;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A text as it stands in SVG, which knows no control characters. */
export function escaped(shown: string): string {
  return shown
    .replace(
      /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    )
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

import type { Range } from 'vscode-languageserver-types';
import { inLanguage, type Language } from '../base/text.ts';
import { toRange } from '../features/convert.ts';
import type { Context, Feature } from '../features/feature.ts';
import type { Script } from '../model/script.ts';
import { severityNames } from '../packs/labels.ts';
import { type Severity, severities } from '../packs/pack.ts';
import type { Finding } from '../rules/finding.ts';
import { type Card, cardsOf, type Row } from './cards.ts';
import { drawCard, drawLine, escaped, round, type Svg, sizeOf, wordsIn } from './drawing.ts';
import { type Band, type Layout, layOut } from './layout.ts';
import { fonts, paperStyle, style } from './style.ts';
import { wayOnMap } from './wayOnMap.ts';

export interface MapParams {
  readonly uri: string;
  /** The cards whose sub-conversations are folded away. */
  readonly folded?: readonly string[];
}

/** The conversation of a script, ready to be shown: a view puts the drawings where they belong and knows what belongs together. */
export interface FlowMap {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** How the drawings look, as a style sheet; their colours are variables `--map-…`. */
  readonly style: string;
  readonly cards: readonly MapCard[];
  readonly lines: readonly MapLine[];
  readonly findings: readonly MapFinding[];
}

export interface MapCard {
  readonly id: string;
  readonly name: string;
  /** All that stands on the card, in words. */
  readonly label: string;
  readonly uri: string;
  readonly range: Range;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How many cards belong to its sub-conversation; they are not among the cards where it is folded. */
  readonly below: number;
  readonly folded: boolean;
  /** Its sub-conversation is a part of the whole, and not most of it: it is folded along with the others of that kind. */
  readonly aside: boolean;
  readonly svg: Svg;
}

export interface MapLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly svg: Svg;
}

/** A finding, and what of the map is its path. */
export interface MapFinding {
  readonly severity: Severity;
  readonly text: string;
  readonly uri: string;
  readonly range: Range;
  readonly cards: readonly string[];
  readonly lines: readonly string[];
}

/** `huashu/map`: nothing where there is no such script. */
export const map: Feature<MapParams, FlowMap | null> = {
  method: 'huashu/map',
  capability: {},
  looksAtFindings: true,
  run(context, { uri, folded = [] }) {
    const script = context.snapshot.script(uri);
    return script ? flowMap(script, context, new Set(folded)) : null;
  },
};

/** `huashu/mapPicture`: the same as one SVG file, in the colours of paper. */
export const mapPicture: Feature<MapParams, string | null> = {
  method: 'huashu/mapPicture',
  capability: {},
  looksAtFindings: true,
  run(context, { uri, folded = [] }) {
    const script = context.snapshot.script(uri);
    return script ? svgOf(flowMap(script, context, new Set(folded))) : null;
  },
};

export function flowMap(script: Script, context: Context, folded: ReadonlySet<string> = new Set()): FlowMap {
  return laidOut(script, context, { folded }).map;
}

interface How {
  readonly folded?: ReadonlySet<string>;
  /** It is printed, where nobody folds anything; nothing is wider than this. */
  readonly paper?: { readonly widest?: number };
}

function laidOut(
  script: Script,
  context: Context,
  { folded = new Set(), paper }: How,
): { readonly map: FlowMap; readonly bands: readonly Band[] } {
  const { language } = context;
  const findings = context.findings(script).filter(({ suppressed }) => !suppressed);
  const all = cardsOf(script, context, findings, folded);
  const cards = paper ? all.map((card) => ({ ...card, below: 0 })) : all;
  const byId = new Map(cards.map((card) => [card.id, card]));
  const links = cards.flatMap(({ id, rows }) =>
    rows.flatMap(({ card }) => (card === undefined || card === id ? [] : [{ from: id, to: card }])),
  );
  const boxes = cards.map((card) => ({ id: card.id, ...sizeOf(card) }));
  const layout = layOut(boxes, links, paper?.widest);
  const lines = cards.flatMap((from) =>
    from.rows.flatMap(({ card }, index): MapLine[] => {
      const to = card === undefined || card === from.id ? undefined : byId.get(card);
      return to
        ? [{ id: `${from.id} ${index}`, from: from.id, to: to.id, svg: drawLine(from, index, to, layout) }]
        : [];
    }),
  );
  const title = script.tree.frontMatter.title?.value ?? '';
  const map: FlowMap = {
    title,
    width: layout.width,
    height: layout.height,
    style,
    cards: cards.map((card) => mapCard(card, byId, layout, language)),
    lines,
    findings: findings.map((finding) => mapFinding(finding, script, cards, language)),
  };
  return { map, bands: layout.bands };
}

function mapCard(card: Card, byId: ReadonlyMap<string, Card>, layout: Layout, language: Language): MapCard {
  const { id, script, node, below, folded } = card;
  const place = layout.place(id);
  /** A row whose line is not drawn, or leads back to its own card, says where it leads. */
  const named = ({ card: to }: Row): string | undefined =>
    to === undefined || layout.route({ from: id, to })
      ? undefined
      : to === id
        ? wordsIn[language].again
        : byId.get(to)?.name;
  return {
    id,
    name: card.name,
    label: labelOf(card, byId, language),
    uri: script.uri,
    range: toRange(script, node.span),
    ...place,
    ...sizeOf(card),
    below,
    folded,
    aside: below > 0 && below <= mostAside,
    svg: drawCard(card, named, wordsIn[language]),
  };
}

/** A sub-conversation of more cards than these is what the conversation is about. */
const mostAside = 12;

/** A card as it is read aloud. */
function labelOf(card: Card, byId: ReadonlyMap<string, Card>, language: Language): string {
  const zh = language === 'zh-CN';
  const { name, steps, known, findings, rows, reached, start, below, folded } = card;
  const counted = severities.flatMap((severity) => {
    const count = findings.filter((each) => each.severity === severity).length;
    const word = inLanguage(severityNames[severity], language);
    return count === 0 ? [] : [zh ? `${count} 个${word}` : `${count} ${word}${count > 1 ? 's' : ''}`];
  });
  const leads = rows.map(({ label, card: to, end }) => {
    const target = end ?? byId.get(to ?? '')?.name ?? '';
    return label === '' ? target : `${label} → ${target}`;
  });
  const parts = [
    name,
    start ? (zh ? '从这里开始' : 'begins here') : '',
    reached ? '' : wordsIn[language].unreached,
    ...steps,
    known,
    ...counted,
    leads.length === 0 ? '' : `${zh ? '去向' : 'leads to'} ${leads.join(zh ? '、' : ', ')}`,
    folded ? (zh ? `已折叠 ${below} 个节点` : `${below} nodes folded away`) : '',
  ];
  return parts.filter((part) => part !== '').join(zh ? '；' : '; ');
}

function mapFinding(finding: Finding, script: Script, cards: readonly Card[], language: Language): MapFinding {
  const way = wayOnMap(finding, script, cards);
  return {
    severity: finding.severity,
    text: inLanguage(finding.message, language),
    uri: script.uri,
    range: toRange(script, finding),
    cards: way.cards.map(({ id }) => id),
    lines: way.rows.map(({ card, index }) => `${card.id} ${index}`),
  };
}

/** Around a drawing. */
const margin = 24;

/** A map as a picture that stands for itself. */
export function svgOf(map: FlowMap): string {
  return pictureOf(map, { top: 0, bottom: map.height }).svg;
}

/** A picture as a file of its own, and its size. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** As wide and as high as a page of A4 holds so that it can be read: four columns. */
const page = { width: 1170, height: 1700 };

/** A map on pages that can be read, and, where it takes several and is not all too large, as a whole in front of them. */
export function picturesOf(script: Script, context: Context): readonly Picture[] {
  const { map, bands } = laidOut(script, context, { paper: { widest: page.width } });
  const pages: Band[] = [];
  for (const { top, bottom } of bands) {
    const last = pages.at(-1);
    if (last && bottom - last.top <= page.height) pages[pages.length - 1] = { top: last.top, bottom };
    else pages.push({ top, bottom });
  }
  const pictures = pages.map((each) => pictureOf(map, each));
  if (pictures.length < 2) return pictures;
  const { map: whole } = laidOut(script, context, { paper: {} });
  return whole.width > mostAtOnce ? pictures : [pictureOf(whole, { top: 0, bottom: whole.height }), ...pictures];
}

/** What is wider than this cannot be made out on a page. */
const mostAtOnce = 4 * page.width;

/** What lies between two heights of a map. */
function pictureOf({ title, cards, lines }: FlowMap, { top, bottom }: Band): Picture {
  const shown = cards.filter(({ y }) => y >= top - 1 && y <= bottom);
  const ids = new Set(shown.map(({ id }) => id));
  const right = Math.max(0, ...shown.map(({ x, width }) => x + width));
  const [width, height] = [Math.ceil(right) + 2 * margin, Math.ceil(bottom - top) + 2 * margin];
  const [left, above] = [-margin, Math.floor(top) - margin];
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${above} ${width} ${height}" font-family="${fonts}">`,
    `<title>${escaped(title)}</title>`,
    `<style>${paperStyle}</style>`,
    `<rect x="${left}" y="${above}" width="${width}" height="${height}" fill="white"/>`,
    ...lines.flatMap((line) => (ids.has(line.from) && ids.has(line.to) ? [line.svg] : [])),
    ...shown.map(({ x, y, svg: drawing }) => `<g transform="translate(${round(x)} ${round(y)})">${drawing}</g>`),
    '</svg>\n',
  ].join('\n');
  return { svg, width, height };
}

import type { FromMap, MapState, ToMap } from '../src/mapMessages.ts';
import type { FlowMap, MapCard, MapFinding, MapLine, Place, Span } from '../src/protocol.ts';
import { button, drawn, element, parsed, setAttributes, svgElement, toolbar } from './elements.ts';
import { frameOf, textOf } from './frame.ts';
import { icons } from './icons.ts';
import { pixelsOf } from './picture.ts';
import { createStage } from './stage.ts';

const frame = frameOf<ToMap, FromMap, MapState>();
const remembered = frame.remembered();

let uri = remembered?.uri ?? '';
let map: FlowMap = { title: '', width: 0, height: 0, style: '', cards: [], lines: [], findings: [] };
let folded = new Set(remembered?.folded);
let selected = remembered?.selected;
/** Whether there has been a map in this window. */
let isShown = false;
/** By which card one came to a card, so that one can go back. */
const cameFrom = new Map<string, string>();

const style = new CSSStyleSheet();
document.adoptedStyleSheets = [style];
const world = svgElement('g', { role: 'presentation' });
const lines = svgElement('g', { 'aria-hidden': 'true' });
const cards = svgElement('g', { role: 'presentation' });
world.append(lines, cards);
const window_ = svgElement('svg', { class: 'stage', role: 'listbox', 'aria-label': textOf('map') });
window_.append(world);
const stage = createStage(window_, world, () => {
  // From afar one reads names, if anything.
  document.body.classList.toggle('far-off', stage.view.zoom < 0.45);
  if (waiting.cards.length + waiting.lines.length > 0) drawInSight();
  remember();
});

const search = element('input', { type: 'search', placeholder: textOf('search'), 'aria-label': textOf('search') });
const hits = element('span', { class: 'hits', role: 'status' });
const findings = element('select', { 'aria-label': textOf('finding'), title: textOf('finding') });
const notice = element('p', { class: 'notice', role: 'status' });
document.body.append(
  toolbar(
    textOf('map'),
    element('span', { class: 'search' }, search, hits),
    findings,
    element(
      'span',
      { class: 'buttons' },
      button(textOf('zoomOut'), icons.less, () => stage.zoomBy(1 / 1.25)),
      button(textOf('zoomIn'), icons.more, () => stage.zoomBy(1.25)),
      button(textOf('whole'), icons.whole, showAll),
      button(textOf('fold'), icons.fold, () => fold(new Set(map.cards.flatMap(({ id, aside }) => (aside ? id : []))))),
      button(textOf('unfold'), icons.unfold, () => fold(new Set())),
      button(textOf('saveSvg'), 'SVG', () => frame.tell({ kind: 'save', format: 'svg' })),
      button(textOf('savePng'), 'PNG', () => frame.tell({ kind: 'save', format: 'png' })),
    ),
  ),
  element('main', {}, element('h1', { class: 'aloud' }, textOf('map')), window_, notice),
  element(
    'footer',
    { title: textOf('keys') },
    ...(['thirdParty', 'refusals', 'unreached', 'path'] as const).map((kind) =>
      element('span', { class: `key ${kind}` }, drawn(icons[kind]), textOf(kind)),
    ),
    element('span', { class: 'aloud', id: 'keys' }, textOf('keys')),
  ),
);
window_.setAttribute('aria-describedby', 'keys');

frame.begin((message) => {
  switch (message.kind) {
    case 'map':
      uri = message.uri;
      show(message.map);
      return;
    case 'cursor':
      follow(message.uri, message.at);
      return;
    case 'picture':
      void pixelsOf(message.svg).then((png) => frame.tell({ kind: 'pixels', png }));
      return;
    default:
      message satisfies never;
  }
});

/** What is on the page of a card or of a line: its element stays, whatever is drawn in it. */
interface Shown {
  readonly element: SVGGElement;
  /** What is drawn in it; nothing yet where it has not been in sight. */
  svg: string;
}
const shownCards = new Map<string, Shown>();
const shownLines = new Map<string, Shown>();

function show(next: FlowMap | null): void {
  notice.textContent = next === null ? textOf('gone') : next.cards.length === 0 ? textOf('nothing') : '';
  if (!next) return;
  if (next.style !== map.style) style.replaceSync(next.style);
  map = next;
  const isFirst = !isShown && map.cards.length > 0;
  if (isFirst) begin();
  put(map.lines, lines, shownLines, {});
  put(map.cards, cards, shownCards, { role: 'option' });
  for (const [index, { id, label, x, y }] of map.cards.entries()) {
    const card = shownCards.get(id)?.element;
    if (!card) continue;
    setAttributes(card, {
      transform: `translate(${x} ${y})`,
      'aria-label': label,
      'aria-posinset': String(index + 1),
      'aria-setsize': String(map.cards.length),
    });
  }
  listFindings();
  mark();
  drawInSight();
  if (isFirst && document.hasFocus()) shownCards.get(map.cards[0]?.id ?? '')?.element.focus({ preventScroll: true });
}

/** The beginning as it lies, or everything where that can be read; or what one has looked at before. */
function begin(): void {
  isShown = true;
  if (remembered) {
    stage.look(remembered.zoom, remembered.x, remembered.y);
    return;
  }
  showAll();
  const [first] = map.cards;
  if (stage.view.zoom > 0.7 || !first) return;
  stage.look(0.85, first.x, first.y);
  stage.reveal(first, true);
  stage.look(0.85, first.x - 28, stage.view.y);
}

function showAll(): void {
  stage.fit({ x: 0, y: 0, width: map.width, height: map.height });
}

/** Sees to an element for each card or line, in their order; those that were there before stay. */
function put(
  wanted: readonly { readonly id: string }[],
  parent: SVGGElement,
  shown: Map<string, Shown>,
  attributes: { readonly [name: string]: string },
): void {
  const ids = new Set(wanted.map(({ id }) => id));
  for (const [id, { element: gone }] of shown) {
    if (ids.has(id)) continue;
    gone.remove();
    shown.delete(id);
  }
  let there = parent.firstElementChild;
  for (const { id } of wanted) {
    const known = shown.get(id) ?? { element: svgElement('g', { ...attributes, 'data-id': id }), svg: '' };
    shown.set(id, known);
    if (known.element === there) there = there.nextElementSibling;
    else parent.insertBefore(known.element, there);
  }
}

/** Cards and lines that are not drawn as they are now, because they are out of sight. */
let waiting: { readonly cards: readonly MapCard[]; readonly lines: readonly MapLine[] } = { cards: [], lines: [] };
/** Grows with everything that makes what waits another thing. */
let round = 0;

/** Draws what is in sight. Everything else is drawn little by little, so that nobody waits for it. */
function drawInSight(): void {
  const near = new Set(map.cards.filter((card) => card.id === selected || stage.sees(card)).map(({ id }) => id));
  draw(
    map.cards.filter(({ id }) => near.has(id)),
    map.lines.filter(({ from, to }) => near.has(from) || near.has(to)),
  );
  waiting = {
    cards: map.cards.filter(({ id, svg }) => shownCards.get(id)?.svg !== svg),
    lines: map.lines.filter(({ id, svg }) => shownLines.get(id)?.svg !== svg),
  };
  drawLater();
}

/** So many cards are drawn at once, or four times as many lines, while one might want to do something else. */
const portion = 16;

function drawLater(): void {
  const mine = ++round;
  const { cards: first, lines: then } = waiting;
  if (first.length + then.length === 0) return;
  const draws = (): void => {
    if (mine !== round) return;
    const linesNow = first.length > 0 ? 0 : 4 * portion;
    draw(first.slice(0, portion), then.slice(0, linesNow));
    waiting = { cards: first.slice(portion), lines: then.slice(linesNow) };
    drawLater();
  };
  // Behind the next picture of the screen.
  requestAnimationFrame(() => setTimeout(draws));
}

/** Draws cards and lines; what is drawn already as it should be stays. */
function draw(wantedCards: readonly MapCard[], wantedLines: readonly MapLine[]): void {
  fill(wantedCards, shownCards);
  fill(wantedLines, shownLines);
  for (const card of wantedCards) markCard(card);
  for (const line of wantedLines) markLine(line);
}

function fill(wanted: readonly { readonly id: string; readonly svg: string }[], all: Map<string, Shown>): void {
  const fresh = wanted.flatMap(({ id, svg }) => {
    const shown = all.get(id);
    return shown && shown.svg !== svg ? [{ shown, svg }] : [];
  });
  for (const [index, drawing] of parsed(fresh.map(({ svg }) => svg)).entries()) {
    const { shown, svg } = fresh[index] ?? {};
    if (!shown || svg === undefined) continue;
    shown.element.setAttribute('class', drawing.getAttribute('class') ?? '');
    shown.element.replaceChildren(...drawing.childNodes);
    shown.svg = svg;
  }
}

/** What of the map is set off: the path of a finding, what was searched for, and which card one gets to by the Tab key. */
let marks: { readonly onPath: ReadonlySet<string>; readonly found: ReadonlySet<string>; readonly tab?: string } = {
  onPath: new Set(),
  found: new Set(),
};

/** Shows what is selected, found and on the path. */
function mark(): void {
  const finding = map.findings[findings.selectedIndex - 1];
  const onPath = new Set([...(finding?.cards ?? []), ...(finding?.lines ?? [])]);
  const found = new Set(matches().map(({ id }) => id));
  window_.classList.toggle('tracing', onPath.size > 0);
  window_.classList.toggle('searching', search.value.trim() !== '');
  const tab = map.cards.some(({ id }) => id === selected) ? selected : map.cards[0]?.id;
  marks = { onPath, found, ...(tab !== undefined && { tab }) };
  for (const card of map.cards) markCard(card);
  for (const line of map.lines) markLine(line);
  hits.textContent = search.value.trim() === '' ? '' : found.size === 0 ? textOf('noMatch') : String(found.size);
  remember();
}

function markCard({ id }: MapCard): void {
  const card = shownCards.get(id)?.element;
  if (!card) return;
  card.classList.toggle('selected', id === selected);
  card.classList.toggle('on-path', marks.onPath.has(id));
  card.classList.toggle('found', marks.found.has(id));
  setAttributes(card, { 'aria-selected': String(id === selected), tabindex: id === marks.tab ? '0' : '-1' });
}

function markLine({ id, from, to }: MapLine): void {
  const line = shownLines.get(id)?.element;
  line?.classList.toggle('on-path', marks.onPath.has(id));
  line?.classList.toggle('beside', from === selected || to === selected);
}

function remember(): void {
  if (uri !== '')
    frame.remember({ uri, folded: [...folded], ...stage.view, ...(selected !== undefined && { selected }) });
}

function listFindings(): void {
  const chosen = findings.selectedIndex - 1;
  const before = findings.options[chosen + 1]?.text;
  findings.replaceChildren(
    element('option', {}, `${textOf('noFinding')} (${map.findings.length})`),
    ...map.findings.map(({ severity, text }) => element('option', {}, `${signs[severity]} ${text}`)),
  );
  const again = [...findings.options].findIndex(({ text }, index) => index > 0 && text === before);
  findings.selectedIndex = chosen < 0 ? 0 : Math.max(0, again);
  findings.hidden = map.findings.length === 0;
}

const signs: { readonly [severity in MapFinding['severity']]: string } = {
  error: '●',
  warning: '▲',
  info: '■',
  hint: '■',
};

/** The cursor of an editor stands somewhere. */
function follow(where: string, at: Span['start']): void {
  const finding = map.findings.findIndex((each) => isIn(each, where, at));
  findings.selectedIndex = finding + 1;
  const card = map.cards.find((each) => isIn(each, where, at));
  if (card) select(card);
  else mark();
}

function isIn({ uri: file, range: { start, end } }: Place, where: string, { line, character }: Span['start']): boolean {
  const isBehind = line > start.line || (line === start.line && character >= start.character);
  const isBefore = line < end.line || (line === end.line && character <= end.character);
  return file === where && isBehind && isBefore;
}

function select(card: MapCard): void {
  selected = card.id;
  mark();
  stage.reveal(card);
}

/** Selects a card and shows its node in the editor; the keys stay here unless they are to go there. */
function choose(card: MapCard, goes = false): void {
  if (selected !== undefined && selected !== card.id) cameFrom.set(card.id, selected);
  findings.selectedIndex = 0;
  select(card);
  if (!goes) focusSelected();
  const { start } = card.range;
  frame.tell({ kind: 'open', place: { uri: card.uri, range: { start, end: start } }, focus: goes });
}

function focusSelected(): void {
  shownCards.get(selected ?? '')?.element.focus({ preventScroll: true });
}

function cardOf(id: string | undefined): MapCard | undefined {
  return map.cards.find((card) => card.id === id);
}

function fold(wanted: ReadonlySet<string>): void {
  folded = new Set(wanted);
  remember();
  frame.tell({ kind: 'fold', folded: [...folded] });
}

function toggle({ id, below }: MapCard): void {
  if (below === 0) return;
  const wanted = new Set(folded);
  if (!wanted.delete(id)) wanted.add(id);
  fold(wanted);
}

window_.addEventListener('click', ({ target }) => {
  const at = target as Element;
  const card = cardOf(at.closest<SVGElement>('[role=option]')?.dataset.id);
  if (!card) return;
  const to = cardOf(at.closest<SVGElement>('[data-to]')?.dataset.to);
  if (at.closest('.fold')) toggle(card);
  else choose(to ?? card);
});
window_.addEventListener('dblclick', ({ target }) => {
  const card = cardOf((target as Element).closest<SVGElement>('[role=option]')?.dataset.id);
  if (card) choose(card, true);
});

window_.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const card = cardOf(selected) ?? map.cards[0];
  if (!card) return;
  const to = keyMoves[event.key]?.(card);
  if (to) choose(to);
  else if (event.key === 'Enter') choose(card, true);
  else if (event.key === ' ') toggle(card);
  else if (event.key === '+' || event.key === '=') stage.zoomBy(1.25);
  else if (event.key === '-') stage.zoomBy(1 / 1.25);
  else if (event.key === '0') showAll();
  else if (event.key === '/') search.focus();
  else if (event.key === 'Escape') {
    findings.selectedIndex = 0;
    search.value = '';
    mark();
  } else if (!(event.key in keyMoves)) return;
  event.preventDefault();
});

const keyMoves: { readonly [key: string]: (card: MapCard) => MapCard | undefined } = {
  ArrowRight: ({ id }) => cardOf(map.lines.find(({ from }) => from === id)?.to),
  ArrowLeft: ({ id }) => cardOf(cameFrom.get(id) ?? map.lines.find(({ to }) => to === id)?.from),
  ArrowDown: (card) => nextInColumn(card, 1),
  ArrowUp: (card) => nextInColumn(card, -1),
  Home: () => map.cards[0],
  End: () => map.cards.at(-1),
};

/** The next card below or above; in its own column, where there is one. */
function nextInColumn(card: MapCard, direction: 1 | -1): MapCard | undefined {
  const beyond = map.cards.filter(({ y }) => (y - card.y) * direction > 0);
  const column = beyond.filter(({ x }) => Math.abs(x - card.x) < card.width / 2);
  const [nearest] = (column.length > 0 ? column : beyond).sort((a, b) => distance(a, card) - distance(b, card));
  return nearest;
}

function distance(a: MapCard, b: MapCard): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The cards on which the words stand; those that are called so come first. */
function matches(): readonly MapCard[] {
  const wanted = search.value.trim().toLowerCase();
  if (wanted === '') return [];
  const isCalledSo = ({ name }: MapCard): boolean => name.toLowerCase().includes(wanted);
  const found = map.cards.filter(({ label }) => label.toLowerCase().includes(wanted));
  return [...found.filter(isCalledSo), ...found.filter((card) => !isCalledSo(card))];
}

search.addEventListener('input', () => {
  mark();
  const [first] = matches();
  if (first) stage.reveal(first, true);
});
search.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    search.value = '';
    mark();
    focusSelected();
  }
  if (event.key !== 'Enter') return;
  const found = matches();
  const at = found.findIndex(({ id }) => id === selected);
  const next = found.at(event.shiftKey ? (at < 0 ? 0 : at) - 1 : (at + 1) % found.length);
  if (!next) return;
  choose(next);
  stage.reveal(next, true);
  search.focus();
});

findings.addEventListener('change', () => {
  const finding = map.findings[findings.selectedIndex - 1];
  mark();
  if (!finding) return;
  const on = finding.cards.flatMap((id) => cardOf(id) ?? []);
  const last = cardOf(finding.cards.at(-1));
  if (last) {
    selected = last.id;
    mark();
  }
  if (on.length > 0) {
    const [left, top] = [Math.min(...on.map(({ x }) => x)), Math.min(...on.map(({ y }) => y))];
    const right = Math.max(...on.map(({ x, width }) => x + width));
    const bottom = Math.max(...on.map(({ y, height }) => y + height));
    const box = { x: left, y: top, width: right - left, height: bottom - top };
    const room = Math.min(window_.clientWidth / box.width, window_.clientHeight / box.height);
    // A path that is too long to be read as a whole is shown at its end.
    if (room > 0.5) stage.fit(box);
    else if (last) stage.reveal(last, true);
  }
  frame.tell({ kind: 'open', place: finding, focus: false });
});

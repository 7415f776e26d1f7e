import type { FromMap, MapState, ToMap } from '../src/mapMessages.ts';
import type { FlowMap, MapCard, MapFinding, Place, Span } from '../src/protocol.ts';
import { button, drawn, element, parsed, svgElement, toolbar } from './elements.ts';
import { frameOf, onMessage, textOf } from './frame.ts';
import { icons } from './icons.ts';
import { pixelsOf } from './picture.ts';
import { createStage } from './stage.ts';

const frame = frameOf<FromMap, MapState>();
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

onMessage<ToMap>((message) => {
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
frame.tell({ kind: 'show', folded: [...folded] });

/** A drawing that is on the page, and what it was made from. */
interface Shown {
  readonly svg: string;
  readonly element: SVGGElement;
}
const shownCards = new Map<string, Shown>();
const shownLines = new Map<string, Shown>();

function show(next: FlowMap | null): void {
  notice.textContent = next === null ? textOf('gone') : next.cards.length === 0 ? textOf('nothing') : '';
  if (!next) return;
  map = next;
  style.replaceSync(map.style);
  const hasFocus = cards.contains(document.activeElement);
  put(map.lines, lines, shownLines, (made, { id }) => {
    made.dataset.id = id;
  });
  put(map.cards, cards, shownCards, (made, { id }) => {
    made.dataset.id = id;
    made.setAttribute('role', 'option');
  });
  for (const [index, { id, label }] of map.cards.entries()) {
    const card = shownCards.get(id)?.element;
    card?.setAttribute('aria-label', label);
    card?.setAttribute('aria-posinset', String(index + 1));
    card?.setAttribute('aria-setsize', String(map.cards.length));
  }
  listFindings();
  mark();
  if (hasFocus) focusSelected();
  if (isShown || map.cards.length === 0) return;
  isShown = true;
  if (remembered) stage.look(remembered.zoom, remembered.x, remembered.y);
  else begin();
}

/** The beginning as it lies, or everything where that can be read. */
function begin(): void {
  showAll();
  const first = map.cards[0];
  if (document.hasFocus()) shownCards.get(first?.id ?? '')?.element.focus({ preventScroll: true });
  if (stage.view.zoom > 0.7 || !first) return;
  stage.look(0.85, first.x, first.y);
  stage.reveal(first, true);
  stage.look(0.85, first.x - 28, stage.view.y);
}

function showAll(): void {
  stage.fit({ x: 0, y: 0, width: map.width, height: map.height });
}

/** Puts drawings on the page; those that are the same as before stay. */
function put<T extends { readonly id: string; readonly svg: string }>(
  wanted: readonly T[],
  parent: SVGGElement,
  shown: Map<string, Shown>,
  prepare: (made: SVGGElement, of: T) => void,
): void {
  const fresh = wanted.filter(({ id, svg }) => shown.get(id)?.svg !== svg);
  const made = parsed(fresh.map(({ svg }) => svg));
  for (const [index, each] of fresh.entries()) {
    const drawing = made[index];
    if (!drawing) continue;
    prepare(drawing, each);
    const before = shown.get(each.id)?.element;
    if (before) before.replaceWith(drawing);
    shown.set(each.id, { svg: each.svg, element: drawing });
  }
  const ids = new Set(wanted.map(({ id }) => id));
  for (const [id, { element: gone }] of shown) {
    if (ids.has(id)) continue;
    gone.remove();
    shown.delete(id);
  }
  for (const [index, { id }] of wanted.entries()) {
    const drawing = shown.get(id)?.element;
    const there = parent.children[index];
    if (drawing && drawing !== there) parent.insertBefore(drawing, there ?? null);
  }
}

/** Shows what is selected, found and on the path. */
function mark(): void {
  const finding = map.findings[findings.selectedIndex - 1];
  const onPath = new Set([...(finding?.cards ?? []), ...(finding?.lines ?? [])]);
  const found = new Set(matches().map(({ id }) => id));
  window_.classList.toggle('tracing', onPath.size > 0);
  window_.classList.toggle('searching', search.value.trim() !== '');
  const tab = map.cards.some(({ id }) => id === selected) ? selected : map.cards[0]?.id;
  for (const { id } of map.cards) {
    const card = shownCards.get(id)?.element;
    if (!card) continue;
    card.classList.toggle('selected', id === selected);
    card.classList.toggle('on-path', onPath.has(id));
    card.classList.toggle('found', found.has(id));
    card.setAttribute('aria-selected', String(id === selected));
    card.setAttribute('tabindex', id === tab ? '0' : '-1');
  }
  for (const { id, from, to } of map.lines) {
    const line = shownLines.get(id)?.element;
    line?.classList.toggle('on-path', onPath.has(id));
    line?.classList.toggle('beside', from === selected || to === selected);
  }
  hits.textContent = search.value.trim() === '' ? '' : found.size === 0 ? textOf('noMatch') : String(found.size);
  remember();
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
  frame.tell({ kind: 'show', folded: [...folded] });
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

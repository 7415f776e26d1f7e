import { inLanguage, type Language } from '../base/text.ts';
import type { Context } from '../features/feature.ts';
import { knownHint } from '../features/known.ts';
import { type Chart, type ChartEdge, chartOf } from '../flow/chart.ts';
import { endName } from '../flow/ends.ts';
import { nodeName } from '../flow/names.ts';
import { isOneWay } from '../flow/openings.ts';
import { pathsOf } from '../flow/paths.ts';
import type { Script } from '../model/script.ts';
import { stepsOf } from '../model/template.ts';
import type { PackSet } from '../packs/packSet.ts';
import { dayOf } from '../rules/check.ts';
import type { Finding } from '../rules/finding.ts';
import { type Home, namedIn } from '../rules/flow/branchReplies.ts';
import { knowledgeIn } from '../rules/flow/knowledge.ts';
import type { Branch } from '../syntax/line.ts';
import type { Placed, ScriptNode } from '../syntax/tree.ts';
import { type Folds, foldsOf } from './folds.ts';
import { type Tone, toneOf, tonesOf, type Way } from './tones.ts';

/** A node of the conversation as the map shows it. */
export interface Card {
  /** Its name, with its file where that is another one, and a number from the second of one name on; it stays while one edits. */
  readonly id: string;
  readonly name: string;
  readonly script: Script;
  readonly node: ScriptNode;
  readonly start: boolean;
  readonly anytime: boolean;
  readonly reached: boolean;
  readonly tone: Tone;
  /** The standard steps that it performs, but for the one that it is named after. */
  readonly steps: readonly string[];
  /** What is known where it begins, in a line. */
  readonly known: string;
  readonly findings: readonly Finding[];
  readonly rows: readonly Row[];
  /** How many nodes one comes to only through it, and whether they are folded away. */
  readonly below: number;
  readonly folded: boolean;
}

/** One way on from a node: a reply, a condition, or that it simply goes on. */
export interface Row {
  readonly label: string;
  /** Whose reply it is, or that it refuses; missing where nobody replies. */
  readonly mark?: Mark;
  readonly tone: Tone;
  /** Where it leads: to a card, or to an end by its name. */
  readonly card?: string;
  readonly end?: string;
  readonly line?: Placed;
}

export type Mark = 'customer' | 'third-party' | 'refusal';

/** The conversation of a script as cards, without the nodes that are folded away. */
export function cardsOf(
  script: Script,
  { snapshot, language }: Context,
  found: readonly Finding[],
  folded: ReadonlySet<string>,
): readonly Card[] {
  const packs = snapshot.packs(script).set;
  const paths = pathsOf(script, snapshot);
  const chart = chartOf(paths);
  const ids = idsOf(chart, script);
  const idOf = (id: string): string => ids.get(id) ?? id;
  const toneOfReply = ownTones(chart, packs, dayOf(script, snapshot));
  const wayOf = (edge: ChartEdge): Way => ({ from: idOf(edge.from), to: idOf(edge.to), tone: toneOfReply(edge) });
  const beginning = new Set(paths.graph.entries.map(({ opening }) => opening.node));
  const starts = chart.nodes.filter(({ node, anytime }) => anytime || beginning.has(node)).map(({ id }) => idOf(id));
  const between = chart.edges.filter(({ to }) => ids.has(to)).map(wayOf);
  const tones = tonesOf(starts, between);
  const folds = foldsOf(starts, between, folded);
  // What the map begins with comes first, and other places hang on it.
  const nodes = [...chart.nodes].sort(
    (a, b) => Number(b.start) - Number(a.start) || Number(b.anytime) - Number(a.anytime),
  );
  const rows = rowsBy(chart, wayOf, tones, folds, language);
  const known = isOneWay(script) ? undefined : knowledgeIn(script, snapshot);
  const findings = findingsByNode(script, found);
  return nodes.flatMap(({ id: chartId, node, script: home, start, anytime, reached }): Card[] => {
    const id = idOf(chartId);
    if (folds.holder(id) !== undefined) return [];
    const name = nodeName({ script: home, node }, script);
    const steps = node.heading ? stepsOf(node.heading.line, packs).map((step) => inLanguage(step.name, language)) : [];
    return [
      {
        id,
        name: name === '' ? inLanguage({ zh: '（开头）', en: '(beginning)' }, language) : name,
        script: home,
        node,
        start,
        anytime,
        reached,
        tone: tones.get(id) ?? 'plain',
        steps: steps.filter((step) => step !== node.heading?.line.name.text),
        known: known && !anytime ? knownHint(known(node), language) : '',
        findings: home === script ? (findings.get(node) ?? []) : [],
        rows: rows.get(id) ?? [],
        below: folds.count(id),
        folded: folded.has(id) && folds.count(id) > 0,
      },
    ];
  });
}

function idsOf({ nodes }: Chart, home: Script): ReadonlyMap<string, string> {
  const met = new Map<string, number>();
  return new Map(
    nodes.map(({ id, script, node }) => {
      const name = nodeName({ script, node }, home);
      const count = (met.get(name) ?? 0) + 1;
      met.set(name, count);
      return [id, count === 1 ? name : `${name} #${count}`];
    }),
  );
}

/** What a reply says of the path below it. */
function ownTones({ nodes }: Chart, packs: PackSet, day: string): (edge: ChartEdge) => Tone {
  const homes = new Map(nodes.map((each) => [each.id, each]));
  return ({ branch, from }) => {
    const home = homes.get(from);
    const mark = branch && home && markOf(branch.line, home, packs, day);
    return mark === undefined || mark === 'customer' ? 'plain' : mark;
  };
}

/** Whose reply a branch is, or that it refuses. */
export function markOf(branch: Branch, home: Home, packs: PackSet, day: string): Mark {
  const reply = namedIn(branch, home, packs, day);
  const { listener } = reply?.sets ?? {};
  if (branch.speaker === 'third-party' || listener === 'third-party' || listener === 'minor') return 'third-party';
  return reply?.refusal ? 'refusal' : 'customer';
}

/** The rows of each card; what leads out of a sub-conversation that is folded away are rows of the card that holds it. */
function rowsBy(
  { nodes, ends, edges }: Chart,
  wayOf: (edge: ChartEdge) => Way,
  tones: ReadonlyMap<string, Tone>,
  folds: Folds,
  language: Language,
): ReadonlyMap<string, readonly Row[]> {
  const known = new Set(nodes.map(({ id }) => id));
  const endNames = new Map(ends.map((end) => [end.id, inLanguage(endName(end), language)]));
  const rows = new Map<string, Row[]>();
  const place = ({ branch, line }: ChartEdge): number => (branch ?? line)?.index ?? Number.MAX_SAFE_INTEGER;
  // The lines of a branch stand in their order below it.
  const inOrder = [...edges].sort((a, b) => place(a) - place(b) || (a.line?.index ?? 0) - (b.line?.index ?? 0));
  for (const edge of inOrder) {
    const way = wayOf(edge);
    const holder = folds.holder(way.from);
    const to = known.has(edge.to) ? { card: folds.holder(way.to) ?? way.to } : { end: endNames.get(edge.to) ?? '' };
    const from = holder ?? way.from;
    // What stays within what is folded away.
    if (to.card === from && (holder !== undefined || way.to !== from)) continue;
    const { line } = edge;
    const row: Row = {
      label: holder === undefined ? labelOf(edge, language) : '',
      ...(holder === undefined && edge.branch && { mark: way.tone === 'plain' ? 'customer' : way.tone }),
      tone: toneOf(way, tones),
      ...to,
      ...(line && { line }),
    };
    const before = rows.get(from) ?? [];
    if (holder !== undefined && before.some(({ card, end }) => card === row.card && end === row.end)) continue;
    rows.set(from, [...before, row]);
  }
  return rows;
}

function labelOf({ kind, reply, condition }: ChartEdge, language: Language): string {
  const zh = language === 'zh-CN';
  const word = kind === 'insertion' ? (zh ? '插入' : 'Insert') : '';
  const when = condition === undefined ? '' : zh ? `若 ${condition}` : `If ${condition}`;
  const parts = [reply, when, word].filter((part) => part !== undefined && part !== '');
  return parts.length > 0 ? parts.join(zh ? '，' : ', ') : kind === 'next' ? (zh ? '接着' : 'Goes on') : '';
}

/** Findings, in the order of the text, by the node that they stand in. */
function findingsByNode(
  { tree: { nodes } }: Script,
  findings: readonly Finding[],
): ReadonlyMap<ScriptNode, readonly Finding[]> {
  const found = new Map<ScriptNode, Finding[]>();
  let at = 0;
  for (const finding of findings) {
    while (at + 1 < nodes.length && (nodes[at + 1]?.span.start ?? 0) <= finding.start) at++;
    const node = nodes[at];
    if (!node || finding.start < node.span.start || finding.start > node.span.end) continue;
    found.set(node, [...(found.get(node) ?? []), finding]);
  }
  return found;
}

import type { Script } from '../model/script.ts';
import type { Finding } from '../rules/finding.ts';
import type { Card, Row } from './cards.ts';

/** A part of a map: cards, and rows of them by their position. */
export interface Way {
  readonly cards: readonly Card[];
  readonly rows: readonly { readonly card: Card; readonly index: number }[];
}

/** The path of a finding, as far as it is on the map; of one without a path the card that it stands on. */
export function wayOnMap(finding: Finding, script: Script, cards: readonly Card[]): Way {
  const { path = [] } = finding;
  const onWay: Card[] = [];
  const rows: { card: Card; index: number }[] = [];
  for (const name of path) {
    const before = onWay.at(-1);
    const named = cards.filter(({ node }) => node.heading?.line.name.text === name);
    const leading = before ? rowsTo(before, named, finding, script) : [];
    const [row] = leading;
    // Where control comes back from an insertion no row leads on.
    const next = named.find(({ id }) => id === row?.card) ?? named[0];
    if (before && row) rows.push({ card: before, index: before.rows.indexOf(row) });
    if (next && next !== before) onWay.push(next);
  }
  const own = cards.find((card) => card.findings.includes(finding));
  if (own && !onWay.includes(own)) onWay.push(own);
  return { cards: [...new Set(onWay)], rows };
}

/** The rows by which a card leads to one of these, that of a line on the path first. */
function rowsTo({ rows, script: home }: Card, named: readonly Card[], { related }: Finding, script: Script): Row[] {
  const isOnPath = ({ line }: Row): boolean =>
    related.some(({ start, uri = script.uri }) => line && uri === home.uri && line.start <= start && start <= line.end);
  return rows
    .filter(({ card }) => named.some(({ id }) => id === card))
    .sort((a, b) => Number(isOnPath(b)) - Number(isOnPath(a)));
}

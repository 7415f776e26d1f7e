import { chartOf } from '../flow/chart.ts';
import { pathsOf } from '../flow/paths.ts';
import { headerOf, wordsOf } from '../handover/header.ts';
import { lineAt, type Script } from '../model/script.ts';
import { check } from '../rules/check.ts';
import type { Finding } from '../rules/finding.ts';
import type { FrontMatterKey } from '../syntax/vocabulary.ts';
import type { Change, Difference, FindingDifference, NodeDifference, Side } from './changes.ts';
import { type NodePair, nodeDifference, pairsOfNodes, replyKey, withMoves } from './nodes.ts';
import { endDifferences, wayDifferences } from './ways.ts';

export function differenceOf(before: Side, after: Side): Difference {
  const nodes = pairsOfNodes(before.script, after.script);
  const told = nodes.map((pair) => nodeDifference(pair, before, after));
  const all = withMoves(told.flatMap((each) => each ?? []));
  const charts = {
    before: chartOf(pathsOf(before.script, before.snapshot)),
    after: chartOf(pathsOf(after.script, after.snapshot)),
  };
  return {
    header: headerDifference(before.script, after.script),
    nodes: all,
    ways: wayDifferences(charts, nodes, before, after),
    ends: endDifferences(charts, before, after),
    findings: findingDifferences(before, after, nodes, all),
  };
}

/** Whether there is nothing to tell. */
export function isSame({ header, nodes, ways, ends, findings }: Difference): boolean {
  return [header, nodes, ways, ends, findings].every((list) => list.length === 0);
}

function headerDifference(before: Script, after: Script): Difference['header'] {
  const [old, now] = [before, after].map(({ tree }) => headerOf(tree, wordsOf(after.tree))) as [
    ReturnType<typeof headerOf>,
    ReturnType<typeof headerOf>,
  ];
  const entries = keyed(
    old.entries.map(({ key, value }) => [key, value] as const),
    now.entries.map(({ key, value }) => [key, value] as const),
  ).map(({ name, ...rest }) => ({ key: name as FrontMatterKey, name, ...rest }));
  const inWords = ({ type, range, values, sample, note }: (typeof now.variables)[number]): string =>
    [type, range, values, sample, note].filter((field) => field !== '').join(' · ');
  const variables = keyed(
    old.variables.map((each) => [each.name, inWords(each)] as const),
    now.variables.map((each) => [each.name, inWords(each)] as const),
  ).map((change) => ({ key: 'variable' as const, ...change }));
  return [...entries, ...variables];
}

function keyed(
  before: readonly (readonly [string, string])[],
  after: readonly (readonly [string, string])[],
): Change<string, { readonly name: string }>[] {
  const [old, now] = [new Map(before), new Map(after)];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((name): Change<string, { readonly name: string }>[] => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was === is) return [];
    if (was === undefined) return [{ kind: 'new', name, ...(is !== undefined && { after: is }) }];
    return is === undefined
      ? [{ kind: 'gone', name, before: was }]
      : [{ kind: 'changed', name, before: was, after: is }];
  });
}

/**
 * Findings are known by rule and words, as in a baseline: lines around them come and go. What has other words is the same one still if it
 * stands where the old one stood: in the line that became this one, at the same node, or at the same reply.
 */
function findingDifferences(
  before: Side,
  after: Side,
  pairs: readonly NodePair[],
  told: readonly NodeDifference[],
): FindingDifference[] {
  const [was, is] = [before, after].map(({ script, snapshot }) => byWords(script, check(script, snapshot))) as [
    ReadonlyMap<string, Finding>,
    ReadonlyMap<string, Finding>,
  ];
  const placeBefore = places('before', before, pairs, told);
  const placeAfter = places('after', after, pairs, told);
  const left = [...was].filter(([key]) => !is.has(key)).map(([, finding]) => finding);
  /** What was said of the same place. */
  const takeOld = (finding: Finding): Finding | undefined => {
    const place = placeAfter(finding);
    const at = left.findIndex((old) => old.rule === finding.rule && place !== undefined && placeBefore(old) === place);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const found: FindingDifference[] = [];
  for (const [key, finding] of is) {
    const old = was.get(key) ?? takeOld(finding);
    if (finding.suppressed) {
      if (old && !old.suppressed) found.push({ kind: 'excused', finding });
    } else if (!old) found.push({ kind: 'new', finding });
    else if (old.suppressed) found.push({ kind: 'counting', finding });
  }
  for (const finding of left) if (!finding.suppressed) found.push({ kind: 'gone', finding });
  return found;
}

/** Names the place of a finding, by the same name on both sides where one has become the other. */
function places(
  side: 'before' | 'after',
  world: Side,
  pairs: readonly NodePair[],
  told: readonly NodeDifference[],
): (finding: Finding) => string | undefined {
  const names = new Map<number, string>();
  for (const [number, { [side]: node }] of pairs.entries()) {
    if (node?.heading) names.set(node.heading.index, `${number}`);
    for (const { branch } of node?.branches ?? []) names.set(branch.index, `${number} ${replyKey(branch, world)}`);
  }
  for (const [number, { lines }] of told.entries()) {
    for (const [index, line] of lines.entries()) {
      const placed = line[side];
      if (line.kind === 'changed' && placed) names.set(placed.index, `line ${number} ${index}`);
    }
  }
  return ({ start }) => names.get(lineAt(world.script, start).index);
}

function byWords({ source }: Script, findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const counts = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const key = JSON.stringify([finding.rule, source.slice(finding.start, finding.end)]);
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      return [`${key}${count}`, finding];
    }),
  );
}

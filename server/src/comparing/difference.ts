import { chartOf } from '../flow/chart.ts';
import { pathsOf } from '../flow/paths.ts';
import { headerOf, wordsOf } from '../handover/header.ts';
import type { Script } from '../model/script.ts';
import { check } from '../rules/check.ts';
import type { Finding } from '../rules/finding.ts';
import type { FrontMatterKey } from '../syntax/vocabulary.ts';
import type { Change, Difference, FindingDifference, Side } from './changes.ts';
import { nodeDifference, pairsOfNodes, withMoves } from './nodes.ts';
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
    findings: findingDifferences(before, after),
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

/** Findings are known by rule and words, as in a baseline: lines around them come and go. */
function findingDifferences(before: Side, after: Side): FindingDifference[] {
  const [was, is] = [before, after].map(({ script, snapshot }) => byWords(script, check(script, snapshot))) as [
    ReadonlyMap<string, Finding>,
    ReadonlyMap<string, Finding>,
  ];
  const found: FindingDifference[] = [];
  for (const [key, finding] of is) {
    const old = was.get(key);
    if (finding.suppressed) {
      if (old && !old.suppressed) found.push({ kind: 'excused', finding });
    } else if (!old) found.push({ kind: 'new', finding });
    else if (old.suppressed) found.push({ kind: 'counting', finding });
  }
  for (const [key, finding] of was) if (!is.has(key) && !finding.suppressed) found.push({ kind: 'gone', finding });
  return found;
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

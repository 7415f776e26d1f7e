import { visitsOf } from '../flow/openings.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';

/** All that the findings of a script follow from: texts, packs, levels and the day. */
export type Grounds = readonly unknown[];

/** As long as every one of them is the same, so are the findings, whatever else happens in the workspace. */
export function groundsOf(script: Script, snapshot: Snapshot): Grounds {
  const { set, missing } = snapshot.packs(script);
  const { asOf, rules } = snapshot.config(script);
  return [
    // Not the scripts themselves: what was worked out of them need not be kept as long as findings are.
    ...[...conversationOf(script, snapshot)].flatMap(({ uri, written }) => [uri, written]),
    ...visitsOf(script, snapshot).map(({ node, role }) => `${role} ${script.tree.nodes.indexOf(node)}`),
    set,
    asOf,
    snapshot.settings.today,
    rules.size === 0 ? '' : JSON.stringify([...rules]),
    missing.length === 0 ? '' : JSON.stringify(missing),
  ];
}

export function sameGrounds(some: Grounds, others: Grounds): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}

/** Whether nothing differs but the script itself, which was another one before. */
export function sameAround(before: Script, some: Grounds, now: Script, others: Grounds): boolean {
  const isSame = (each: unknown, other: unknown): boolean =>
    each === other || (each === before.written && other === now.written);
  return some.length === others.length && some.every((each, index) => isSame(each, others[index]));
}

/** A script, and those that a conversation beginning in it can come to. */
function conversationOf(script: Script, snapshot: Snapshot): ReadonlySet<Script> {
  const found = new Set([script]);
  for (const each of found) {
    for (const reference of each.outward) {
      const other = snapshot.named(each, reference);
      if (other) found.add(other);
    }
  }
  return found;
}

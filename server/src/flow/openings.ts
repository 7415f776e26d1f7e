import { Memo } from '../base/memo.ts';
import { foldName } from '../base/names.ts';
import type { Script, TargetReference } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { ScriptNode } from '../syntax/tree.ts';
import { anytime } from '../syntax/vocabulary.ts';

/** A node where a conversation, or a visit from another file, begins. */
export interface Opening {
  readonly script: Script;
  readonly node: ScriptNode;
  readonly role: 'passing' | 'inserted';
  /** Whether there is somewhere to go back to. */
  readonly inside: boolean;
}

/**
 * Where control enters a script: at its first node, and at the nodes that other files name. On one-way channels every node is
 * a message of its own. A file in which nothing ends the conversation and something returns, or whose first node is inserted
 * elsewhere, is a collection of nodes for other files: there is no conversation that begins at its first node.
 */
export function openingsOf(script: Script, snapshot: Snapshot): readonly Opening[] {
  const nodes = script.tree.nodes.filter((node) => !isAnytime(node));
  if (isOneWay(script)) return nodes.map((node) => ({ script, node, role: 'passing', inside: false }));
  const [first] = nodes;
  const named = visitsOf(script, snapshot);
  const inserted = named.some(({ node, role }) => node === first && role === 'inserted');
  if (isCollection(script))
    return [...named, ...nodes.map((node): Opening => ({ script, node, role: 'inserted', inside: true }))];
  return [...(first && !inserted ? [{ script, node: first, role: 'passing', inside: false } as const] : []), ...named];
}

/** Whether messages go one way: nobody replies, and nothing runs on into the next node. */
export function isOneWay({ tree }: Script): boolean {
  const channel = tree.frontMatter.channel?.value;
  return channel === 'sms' || channel === 'letter';
}

const anytimeNames = new Set([...anytime.zh, ...anytime.en].map(foldName));

export function isAnytime({ heading }: ScriptNode): boolean {
  const name = heading?.line.name.text;
  return name !== undefined && isAnytimeName(name);
}

export function isAnytimeName(name: string): boolean {
  // Asked for every jump: a name that is much longer needs no folding.
  return name.length <= 10 && anytimeNames.has(foldName(name));
}

function isCollection({ targets, tree }: Script): boolean {
  const uses = (id: TargetReference['builtin']): boolean => targets.some(({ builtin }) => builtin === id);
  const outcome = (): boolean => tree.nodes.some(({ lines }) => lines.some(({ line }) => line.kind === 'outcome'));
  return uses('return') && !uses('end') && !uses('transfer') && !outcome();
}

/** The nodes of a script that other scripts name. */
export function visitsOf(script: Script, snapshot: Snapshot): readonly Opening[] {
  const openings = new Map<string, Opening>();
  for (const { uri, reference } of namedFrom(snapshot.origin).get(script.uri) ?? []) {
    const from = snapshot.script(uri);
    const resolution = from && snapshot.resolve(from, reference);
    if (resolution?.kind !== 'node') continue;
    const { span, node } = resolution.symbol;
    const role = reference.placed.line.kind === 'insertion' ? 'inserted' : 'passing';
    openings.set(`${role} ${span.start}`, { script, node, role, inside: true });
  }
  return [...openings.values()];
}

/** Where a script names another one. */
interface Naming {
  readonly uri: string;
  readonly reference: TargetReference;
}

const known = new Memo<Snapshot, ReadonlyMap<string, readonly Naming[]>>();

/** Where others name each script; whether it has such a node is another question. */
function namedFrom(snapshot: Snapshot): ReadonlyMap<string, readonly Naming[]> {
  const before = known.get(snapshot);
  if (before) return before;
  const found = new Map<string, Naming[]>();
  for (const from of snapshot.scripts) {
    for (const reference of from.outward) {
      const script = snapshot.named(from, reference);
      if (!script || script === from) continue;
      const naming = { uri: from.uri, reference };
      const namings = found.get(script.uri);
      if (namings) namings.push(naming);
      else found.set(script.uri, [naming]);
    }
  }
  known.set(snapshot, found);
  return found;
}

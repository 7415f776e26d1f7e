import { Memo } from '../../base/memo.ts';
import { completed } from '../../base/steps.ts';
import { following, type Paths, pathsBefore, pathsOf } from '../../flow/paths.ts';
import type { Track } from '../../flow/tracks.ts';
import type { Script } from '../../model/script.ts';
import type { Snapshot } from '../../model/workspace.ts';
import type { Knowledge } from '../../packs/pack.ts';
import type { ScriptNode } from '../../syntax/tree.ts';
import { type Happenings, happeningsOf } from './happenings.ts';

/** Whether something is so where a node begins: on every path that leads there, on none, or on some. */
export interface Known {
  readonly of: Knowledge;
  readonly state: 'yes' | 'no' | 'depends';
}

const remembered = new Memo<Paths, (node: ScriptNode) => readonly Known[]>();

/** What is known at each node of a script; nothing at a node that no path reaches. It is worked out when somebody looks. */
export function knowledgeIn(script: Script, snapshot: Snapshot): (node: ScriptNode) => readonly Known[] {
  const before = pathsBefore(script, snapshot);
  if (!before) return knowledgeOn(pathsOf(script, snapshot), script, snapshot);
  const known = knowledgeOn(before, script, snapshot);
  return (node) => {
    const index = script.tree.nodes.indexOf(node);
    // A node of another script is known by itself.
    if (index < 0) return knowledgeOn(pathsOf(script, snapshot), script, snapshot)(node);
    return known(before.graph.script.tree.nodes[index] as ScriptNode);
  };
}

/** @param script one whose packs and day are those of the paths */
function knowledgeOn(paths: Paths, script: Script, snapshot: Snapshot): (node: ScriptNode) => readonly Known[] {
  const known = remembered.get(paths) ?? learn(paths, script, snapshot);
  remembered.set(paths, known);
  return known;
}

/** That something is known. */
export function knowledgeTrack({ since, until }: Knowledge, happenings: Happenings): Track {
  const begins = happenings.of(since);
  const ends = happenings.of(until).with(happenings.undoing(since)).without(begins);
  return { initially: false, sets: begins, clears: ends };
}

function learn(paths: Paths, script: Script, snapshot: Snapshot): (node: ScriptNode) => readonly Known[] {
  const packs = snapshot.packs(script).set;
  const day = snapshot.config(script).asOf ?? snapshot.settings.today;
  const happenings = completed(happeningsOf(paths, packs, day));
  const tracks = packs.knowledge.flatMap((of): Track[] => {
    const known = knowledgeTrack(of, happenings);
    return [
      { ...known, onVisit: true },
      { initially: true, onVisit: true, sets: known.clears, clears: known.sets },
    ];
  });
  const all = following(paths, tracks);
  return (node) => {
    const points = paths.graph.into(node).filter(({ index }) => paths.isReached(index));
    if (points.length === 0) return [];
    const may = (track: number): boolean => points.some(({ index }) => all.may(index, track));
    return packs.knowledge.map((of, index): Known => {
      const [so, not] = [may(2 * index), may(2 * index + 1)];
      return { of, state: so && not ? 'depends' : so ? 'yes' : 'no' };
    });
  };
}

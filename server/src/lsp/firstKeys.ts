import type { Position } from 'vscode-languageserver';
import { edited } from '../base/source.ts';
import type { Steps } from '../base/steps.ts';
import { type Script, scriptOf } from '../model/script.ts';
import { trialKeys } from '../model/trialKeys.ts';
import { type Snapshot, withScript } from '../model/workspace.ts';
import { inTurns } from './turns.ts';

/** In a script that has fewer lines nobody notices how long a key takes. */
const fewest = 1000;

/** So many keys are tried out: with a third of them half of what they spare is spared. */
const tried = 60;

/** What trying out keys asks of the server around it. */
export interface Surroundings {
  snapshot(): Snapshot;
  /** Grows with every change of a document. */
  changes(): number;
  /** The lines of a script in which something is wrong, by their numbers. */
  found(uri: string): readonly number[];
  /** Works out what is found in a text that is tried out, as it would be told. */
  trying(script: Script, snapshot: Snapshot): Steps<unknown>;
  /** What the editor asks at the cursor behind a key. */
  asking(script: Script, snapshot: Snapshot, position: Position): Promise<void>;
  /** Lets everything through that is more urgent. */
  letThrough(): Promise<void>;
}

/**
 * Keys that are tried out behind the first findings of a long script that are told. Code that has never run is several times as slow as it
 * gets, and without this it would run for the first time while somebody types.
 */
export interface FirstKeys {
  /** Tries them out in some lines, in turns, until something happens, and forgets what comes of them; once is enough. */
  tryOut(uri: string): Promise<void>;
}

export function firstKeysOf(around: Surroundings): FirstKeys {
  let isDone = false;
  return {
    async tryOut(uri) {
      const snapshot = around.snapshot();
      const script = snapshot.script(uri);
      if (isDone || !script) return;
      const before = around.changes();
      const isOver = (): boolean => isDone || around.snapshot() !== snapshot;
      const areTried = await tryIn(script, snapshot, around, isOver);
      // Where other packs have come into force meanwhile it begins again behind the next findings; whoever types needs it no more.
      if (areTried || around.changes() !== before) isDone = true;
    },
  };
}

/** Answers whether all were tried out. */
async function tryIn(
  script: Script,
  snapshot: Snapshot,
  { found, trying, asking, letThrough }: Surroundings,
  isOver: () => boolean,
): Promise<boolean> {
  const { uri, written, text, tree } = script;
  if (tree.lineCount < fewest) return false;
  for (const { span, typed, leads } of trialKeys(script, found(uri), tried)) {
    await letThrough();
    if (isOver()) return false;
    const later = scriptOf(uri, text.version, edited(written, span, typed), script, { before: written, ...span });
    const world = withScript(snapshot, later);
    if (leads) await asking(later, world, later.text.positionAt(span.start + typed.length));
    await inTurns(trying(later, world), letThrough, isOver);
  }
  return true;
}

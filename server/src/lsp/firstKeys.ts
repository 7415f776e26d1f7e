import { edited } from '../base/source.ts';
import type { Steps } from '../base/steps.ts';
import { type Script, scriptOf } from '../model/script.ts';
import { type Snapshot, withScript } from '../model/workspace.ts';
import { inTurns } from './turns.ts';

/** In a script that has fewer lines nobody notices how long a key takes. */
const fewest = 1000;

/** So many keys are tried out: with a third of them half of what they spare is spared. */
const tried = 60;

/** What trying out keys asks of the server around it. */
export interface Surroundings {
  /** Works out what is found in a text that is tried out, as it would be told. */
  trying(script: Script, snapshot: Snapshot): Steps<unknown>;
  /** Lets everything through that is more urgent. */
  letThrough(): Promise<void>;
  /** Whether this is for nothing by now. */
  isOver(): boolean;
}

/**
 * Tries out a key in some lines of a long script, and forgets what comes of it. Code that has never run is several times as slow as it
 * gets, and without this it would run for the first time while somebody types. Answers whether all were tried out.
 */
export async function tryFirstKeys(script: Script, snapshot: Snapshot, around: Surroundings): Promise<boolean> {
  const { uri, written, text, tree } = script;
  if (tree.lineCount < fewest) return false;
  const spoken = tree.lines.filter(({ line }) => line.kind === 'utterance' && line.speech.text !== '');
  for (let index = 0; index < tried; index++) {
    const placed = spoken[Math.floor((spoken.length * index) / tried)];
    if (!placed) return false;
    await around.letThrough();
    if (around.isOver()) return false;
    // In the middle of what is said: there a line is most likely to come to say something else.
    const { start, end, line } = placed;
    const at = Math.round((start + line.head.end + end) / 2);
    const span = { start: at, end: at };
    const later = scriptOf(uri, text.version, edited(written, span, '的'), script, { before: written, ...span });
    await inTurns(around.trying(later, withScript(snapshot, later)), around.letThrough, around.isOver);
  }
  return true;
}

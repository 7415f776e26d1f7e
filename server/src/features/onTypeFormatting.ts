import type { DocumentOnTypeFormattingParams, TextEdit } from 'vscode-languageserver-protocol';
import type { Edit } from '../base/edit.ts';
import type { Script } from '../model/script.ts';
import { printLines } from '../syntax/print.ts';
import type { Placed } from '../syntax/tree.ts';
import { toTextEdit } from './convert.ts';
import type { Feature } from './feature.ts';

/**
 * After a line end, the canonical layout of the line above. Only then: behind `：` or `】` the next word is already being composed
 * in an input method, which an edit beside it would disturb, and on the line above nobody is writing any more. As in a list, Enter
 * on a line that has nothing but its opening takes the opening away; before a speech it moves the line down, and within one it lets the
 * rest be a line of the same speaker.
 */
export const onTypeFormatting: Feature<DocumentOnTypeFormattingParams, TextEdit[] | null> = {
  method: 'textDocument/onTypeFormatting',
  capability: { documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' } },
  run({ snapshot }, { textDocument, position, ch }) {
    const script = snapshot.script(textDocument.uri);
    const above = script?.tree.line(position.line - 1);
    const here = script?.tree.line(position.line);
    if (!script || !above || !here || ch !== '\n') return null;
    return [...editsFor(script, above, here)].map((edit) => toTextEdit(script, edit));
  },
};

function* editsFor(script: Script, above: Placed, here: Placed): Generator<Edit> {
  if (here.line.kind === 'blank' && isOpeningOnly(script, above)) {
    yield { start: above.start, end: here.start, newText: '' };
    return;
  }
  const opening = openingFor(script, above, here);
  if (opening !== undefined && isOpeningOnly(script, above)) yield { start: above.start, end: above.end, newText: '' };
  else yield* printLines(script.tree, [above]);
  if (opening !== undefined) yield { start: here.start, end: here.start + here.line.head.start, newText: opening };
}

/** Whether a line is a role or keyword with its colon, and nothing behind it. */
function isOpeningOnly({ written }: Script, { line, start, end }: Placed): boolean {
  if (['heading', 'unknown', 'remark', 'front-matter'].includes(line.kind)) return false;
  return /^\s*[：:]\s*$/.test(written.slice(start + line.head.end, end));
}

/** What a line needs in front that was the end of the speech above; nothing where it is a line of its own. */
function openingFor({ written }: Script, above: Placed, here: Placed): string | undefined {
  const { line, start } = above;
  const isSpeech = line.kind === 'utterance' || line.kind === 'guidance';
  if (!isSpeech || here.line.kind !== 'unknown' || here.line.word) return undefined;
  return written.slice(start + line.head.start, start + line.speech.start);
}

import { applyEdits } from '../../server/src/base/edit.ts';
import { Refusal } from '../../server/src/features/feature.ts';
import { prepareRename } from '../../server/src/features/prepareRename.ts';
import { rename } from '../../server/src/features/rename.ts';
import { fixture } from '../fixture.ts';

/** The texts of all files after what is at the cursor gets a new name, by the ends of their URIs; or why it cannot have it. */
export function renamed(text: string, newName: string): string | { readonly [name: string]: string } {
  const { script, cursor, context } = fixture(text);
  const answer = rename.run(context, {
    textDocument: { uri: script.uri },
    position: script.text.positionAt(cursor),
    newName,
  });
  if (answer instanceof Refusal) return answer.text.zh;
  if (answer === null) return 'null';
  return Object.fromEntries(
    Object.entries(answer.changes ?? {}).map(([uri, edits]) => {
      const file = context.snapshot.script(uri)!;
      const spans = edits.map(({ range, newText }) => ({
        start: file.text.offsetAt(range.start),
        end: file.text.offsetAt(range.end),
        newText,
      }));
      return [decodeURIComponent(uri.slice('file:///w/'.length)), applyEdits(file.source, spans)];
    }),
  );
}

/** The text that would be renamed at the cursor, or why it cannot be. */
export function prepared(text: string): string | undefined {
  const { script, cursor, context } = fixture(text);
  const position = script.text.positionAt(cursor);
  const answer = prepareRename.run(context, { textDocument: { uri: script.uri }, position });
  return answer instanceof Refusal ? answer.text.zh : answer?.placeholder;
}

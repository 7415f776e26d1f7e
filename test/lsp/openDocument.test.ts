import assert from 'node:assert/strict';
import { type Range, TextDocument } from 'vscode-languageserver-textdocument';
import { OpenDocument } from '../../server/src/lsp/openDocument.ts';
import { randomOf } from '../chance.ts';

suite('documents of the editor', () => {
  const signs = ['a', '好', '😀', '\n', '\r\n', '\r', '\n\r', '：'];

  // Short texts are one piece, of long ones many pieces come and are put together again.
  for (const length of [12, 6000])
    test(`are those of the library, whatever is typed wherever in ${length} units`, () => {
      const random = randomOf(length);
      const word = (most: number): string =>
        Array.from({ length: random(most) }, () => signs[random(signs.length)]).join('');
      for (let round = 0; round < (length < 100 ? 300 : 6); round++) {
        const first = word(length);
        const ours = new OpenDocument('file:///a', 'huashu', 0, first);
        const theirs = TextDocument.create('file:///a', 'huashu', 0, first);
        for (let version = 1; version < (length < 100 ? 8 : 300); version++) {
          const place = (): number => random(theirs.getText().length + 1);
          const at = place();
          const isFar = random(8) === 0;
          const range: Range = {
            start: theirs.positionAt(at),
            end: theirs.positionAt(isFar ? place() : at + random(4)),
          };
          const text = word(random(9) === 0 ? 2000 : 4);
          const change = random(40) === 0 ? { text: first } : { range, text };
          const before = theirs.getText();
          TextDocument.update(theirs, [change], version);
          ours.update([change], version, (each) => each);
          const { length } = theirs.getText();
          // Where nobody has asked for the whole text, it is still in pieces.
          const [from, to] = [random(length + 1), random(length + 1)].sort((a, b) => a - b);
          assert.equal(ours.written.slice(from!, to), theirs.getText().slice(from, to));
          assert.equal(ours.written.length, length);
          assert.equal(ours.lineCount, theirs.lineCount);
          for (const offset of [0, length, place(), place()])
            assert.deepEqual(ours.positionAt(offset), theirs.positionAt(offset));
          for (const line of [-1, 0, theirs.lineCount - 1, theirs.lineCount, random(theirs.lineCount)]) {
            const position = { line, character: random(9) - 1 };
            assert.equal(ours.offsetAt(position), theirs.offsetAt(position));
            assert.equal(ours.getEOLCharacters(line), theirs.getEOLCharacters(line));
            const range = ours.getLineRange(line);
            assert.equal(ours.getText(range), theirs.getText(theirs.getLineRange(line)));
          }
          assert.equal(ours.version, version);
          const { before: was, start, end } = ours.takeReplaced()!;
          assert.equal(ours.takeReplaced(), undefined);
          if (random(3) > 0) continue;
          const [above, below] = [before.slice(0, start), before.slice(end)];
          assert.equal(was.toString(), before);
          assert.ok(ours.getText().startsWith(above) && ours.getText().slice(above.length).endsWith(below));
          assert.equal(ours.getText(), theirs.getText());
        }
      }
    }).timeout(30_000);

  test('have nothing of what was typed where a change is none', () => {
    const document = new OpenDocument('file:///a', 'huashu', 0, '好');
    assert.throws(() => document.update([{} as never], 1, (each) => each));
    assert.deepEqual([document.getText(), document.version], ['好', 0]);
  });
});

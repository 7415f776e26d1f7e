import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ScriptText } from '../../server/src/model/scriptText.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { randomFrom } from '../bench/random.ts';

const pieces = ['【节】', '坐席：您好。', '\n', '\r\n', '\r', '\n\n', '', '---', 'a', '𠮷', '客户（其他） → 结束'];

suite('the document of a script', () => {
  test('counts as any other document does', () => {
    const random = randomFrom(23);
    for (let round = 0; round < 300; round++) {
      const source = Array.from({ length: random.below(20) }, () => random.of(pieces)).join('');
      const ours = new ScriptText('file:///a.huashu', 3, parse(source));
      const theirs = TextDocument.create('file:///a.huashu', 'huashu', 3, source);
      assert.equal(ours.lineCount, theirs.lineCount);
      assert.equal(ours.getText(), source);
      for (let offset = -2; offset < source.length + 3; offset++)
        assert.deepEqual(ours.positionAt(offset), theirs.positionAt(offset), JSON.stringify({ source, offset }));
      for (let line = -1; line < ours.lineCount + 2; line++) {
        assert.deepEqual(ours.getLineRange(line), theirs.getLineRange(line), JSON.stringify({ source, line }));
        assert.equal(ours.getEOLCharacters(line), theirs.getEOLCharacters(line), JSON.stringify({ source, line }));
        for (let character = -1; character < 12; character++) {
          const [start, end] = [
            { line, character },
            { line: line + 1, character: 2 },
          ];
          assert.equal(ours.offsetAt(start), theirs.offsetAt(start), JSON.stringify({ source, start }));
          assert.equal(ours.getText({ start, end }), theirs.getText({ start, end }));
        }
      }
    }
  });
});

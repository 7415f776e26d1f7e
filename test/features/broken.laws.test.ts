import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentSymbol, Position, Range } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { documentSymbols } from '../../server/src/features/documentSymbols.ts';
import { onTypeFormatting } from '../../server/src/features/onTypeFormatting.ts';
import { tokensOf } from '../../server/src/features/tokens.ts';
import { fixture } from '../fixture.ts';

const samples = join(import.meta.dirname, '../../samples');

/** Characters that make lines of other lines. */
const noise = ['', '【', '】', '（', '）', '：', '→', '{', '}', '／', '“', '\r', ' ', '、', '，'];

suite('broken scripts', () => {
  for (const name of readdirSync(samples).filter((each) => each.endsWith('.huashu')))
    test(`${name}: tokens lie in lines, in order, and never overlap; every entry of the outline lies in the one above it`, () => {
      const source = readFileSync(join(samples, name), 'utf8');
      for (let cut = 0, turn = 0; cut < source.length; cut += 61, turn++) {
        const broken = source.slice(0, cut) + noise[turn % noise.length] + source.slice(cut + (turn % 5));
        const { script, snapshot, context } = fixture(broken);
        const tokens = tokensOf(script, snapshot, { start: 0, end: broken.length });
        let end = 0;
        for (const each of tokens) {
          const about = `${each.type} “${script.source.slice(each.start, each.end)}” at ${each.start} of a cut at ${cut}`;
          assert.ok(each.start >= end, `${about} overlaps`);
          assert.ok(each.end > each.start && each.end <= script.source.length, `${about} is no text`);
          const [first, last] = [each.start, each.end].map((offset) => script.text.positionAt(offset).line);
          assert.equal(first, last, `${about} runs over a line end`);
          end = each.end;
        }
        checkOutline(documentSymbols.run(context, { textDocument: { uri: script.uri } }), cut);
        const middle = cut / 2;
        const part = tokensOf(script, snapshot, { start: middle, end: cut });
        assert.deepEqual(
          part,
          tokens.filter((each) => each.start < cut && each.end > middle),
        );
      }
    });
});

suite('Enter anywhere in a script', () => {
  for (const name of readdirSync(samples).filter((each) => each.endsWith('.huashu')))
    test(`${name}: nothing that was written is lost`, () => {
      const source = readFileSync(join(samples, name), 'utf8');
      for (let cut = 0; cut < source.length; cut += 37) {
        const { script, context } = fixture(`${source.slice(0, cut)}\n${source.slice(cut)}`);
        const textDocument = { uri: script.uri };
        const options = { tabSize: 4, insertSpaces: true };
        const position = script.text.positionAt(cut + 1);
        const edits = onTypeFormatting.run(context, { textDocument, position, ch: '\n', options }) ?? [];
        const after = TextDocument.applyEdits(script.text, edits);
        // Opening words may come in; a line that is nothing else may go.
        const opening = /^\s*[^：:\n]{1,8}[：:]\s*$/.test(source.slice(source.lastIndexOf('\n', cut - 1) + 1, cut));
        assert.ok(opening || isWithin(wordsOf(source), wordsOf(after)), `Enter at ${cut}: ${JSON.stringify(edits)}`);
      }
    });
});

function wordsOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

/** Whether all characters of a text are there, in their order. */
function isWithin(text: string, longer: string): boolean {
  let at = 0;
  for (const char of longer) if (char === text[at]) at++;
  return at === text.length;
}

/** What VS Code asks of an outline, or it shows none at all. */
function checkOutline(symbols: readonly DocumentSymbol[], cut: number, around?: Range): void {
  for (const { name, range, selectionRange, children } of symbols) {
    const about = `“${name}” of a cut at ${cut}`;
    assert.notEqual(name.trim(), '', about);
    assert.ok(holds(range, selectionRange), `${about}: its name lies outside`);
    assert.ok(!around || holds(around, range), `${about} lies outside`);
    checkOutline(children ?? [], cut, range);
  }
}

function holds(outer: Range, inner: Range): boolean {
  return !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

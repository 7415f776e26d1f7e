import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inlineCompletion } from '../../server/src/features/inlineCompletion.ts';
import { isLine } from '../../server/src/syntax/tree.ts';
import { fixture } from '../fixture.ts';
import { itemsAt } from './completionFixture.ts';

const samples = join(import.meta.dirname, '../../samples');

suite('what a new line shows, behind every line of the samples', () => {
  for (const name of readdirSync(samples).filter((each) => each.endsWith('.huashu')))
    test(`${name}: it is read as what it looks like, changes no other line and repeats no reply`, () => {
      const source = readFileSync(join(samples, name), 'utf8').replace(/\r\n/g, '\n');
      for (let end = source.indexOf('\n'); end >= 0; end = source.indexOf('\n', end + 1)) {
        const { script, context } = fixture(`${source.slice(0, end)}\n${source.slice(end)}`);
        const position = script.text.positionAt(end + 1);
        const params = { textDocument: { uri: script.uri }, position, context: { triggerKind: 2 } } as const;
        const [item] = inlineCompletion.run(context, params) ?? [];
        if (!item) continue;
        const text = String(item.insertText);
        assertFirst(text, `${source.slice(0, end)}\n$0${source.slice(end)}`);
        const about = `“${text}” in line ${position.line + 1}`;
        const { script: after } = fixture(`${source.slice(0, end)}\n${text}${source.slice(end)}`);
        const written = after.tree.lines[position.line]!;
        assert.notEqual(written.line.kind, 'unknown', about);
        const others = (lines: typeof after.tree.lines): string =>
          lines.flatMap(({ index, line }) => (index === position.line ? [] : [line.kind])).join(' ');
        assert.equal(others(after.tree.lines), others(script.tree.lines), about);
        // What is open is finished by its author.
        if (item.command) continue;
        assert.deepEqual(
          written.line.flaws.filter(({ kind }) => kind !== 'missing-text'),
          [],
          about,
        );
        if (!isLine(written, 'branch')) continue;
        const node = after.tree.nodes.find(({ branches }) => branches.some(({ branch }) => branch === written));
        const same = node?.branches.filter(({ branch }) => branch.line.category.text === written.line.category.text);
        assert.equal(same?.length, 1, `${about} is there already`);
      }
    });
});

/** What Tab takes, Enter takes from the list; a node that Tab only begins the list writes as a whole. */
function assertFirst(text: string, script: string): void {
  const [first] = itemsAt(script);
  const written = first?.textEdit?.newText ?? '';
  assert.equal(first?.label, text);
  if (/^[【[]/.test(text)) assert.ok(written.trimStart().includes(`${text}\n`), written);
  else assert.equal(written, text);
}

/** The word that a line opens with: its speaker or keyword, or a bracket or arrow. */
function openingOf(text: string): string {
  return /^[【→]|^[^：:（(]*/.exec(text.trim().replaceAll('第三方', '客户'))![0];
}

test('what is shown where a node breaks off begins mostly as the line that its author wrote', () => {
  let [shown, right] = [0, 0];
  for (const name of readdirSync(samples).filter((each) => each.endsWith('.huashu'))) {
    const source = readFileSync(join(samples, name), 'utf8');
    for (const { heading, lines, span } of fixture(source).script.tree.nodes) {
      const written = [...(heading ? [heading] : []), ...lines].filter(({ line }) => line.kind !== 'blank');
      for (const [index, { start, end, line }] of written.entries()) {
        const above = written[index - 1];
        if (!above || line.kind === 'remark') continue;
        const { script, context } = fixture(`${source.slice(0, above.end)}\n\n\n${source.slice(span.end)}`);
        const position = script.text.positionAt(above.end + 1);
        const params = { textDocument: { uri: script.uri }, position, context: { triggerKind: 2 } } as const;
        const [item] = inlineCompletion.run(context, params) ?? [];
        if (!item) continue;
        shown++;
        if (openingOf(String(item.insertText)) === openingOf(source.slice(start, end))) right++;
      }
    }
  }
  assert.ok(shown > 300, `Only ${shown} lines have anything shown below them.`);
  assert.ok(right / shown >= 0.75, `Only ${right} of ${shown} are right.`);
});

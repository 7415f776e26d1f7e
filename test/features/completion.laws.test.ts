import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { completion } from '../../server/src/features/completion.ts';
import type { Context } from '../../server/src/features/feature.ts';
import type { Script } from '../../server/src/model/script.ts';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { check } from '../../server/src/rules/check.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import { today } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';

const samples = join(import.meta.dirname, '../../samples');
const files = readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(huashu|话术)$/.test(name),
);

const workspace = createWorkspace({ bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today });

function open(name: string, text: string): { readonly script: Script; readonly context: Context } {
  const uri = `file:///w/${encodeURIComponent(name)}`;
  workspace.set(uri, 1, text);
  const snapshot = workspace.snapshot();
  const found = new Map<Script, readonly Finding[]>();
  const findings = (script: Script): readonly Finding[] => {
    const known = found.get(script) ?? check(script, snapshot);
    found.set(script, known);
    return known;
  };
  return { script: snapshot.script(uri)!, context: { snapshot, language: 'zh-CN', findings } };
}

function ask({ script, context }: ReturnType<typeof open>, offset: number): number {
  const start = performance.now();
  const { items } = completion.run(context, {
    textDocument: { uri: script.uri },
    position: script.text.positionAt(offset),
  });
  const time = performance.now() - start;
  for (const { textEdit, filterText } of items) {
    assert.ok(textEdit && 'range' in textEdit);
    const { range } = textEdit;
    const from = script.text.offsetAt(range.start);
    assert.ok(from <= offset && offset <= script.text.offsetAt(range.end), 'the range holds the cursor');
    assert.equal(range.start.line, range.end.line, 'and is of one line');
    const typed = script.source.slice(from, offset);
    if (typed.trim() !== '') assert.equal(filterText, typed);
  }
  return time;
}

suite('completion everywhere', function () {
  this.timeout(60_000);

  for (const name of files)
    test(`${name}: at every offset, and while it is being written`, () => {
      const text = readFileSync(join(samples, name), 'utf8');
      const whole = open(name, text);
      for (let offset = 0; offset <= text.length; offset++) ask(whole, offset);
      for (let end = 0; end < text.length; end += 37) ask(open(name, text.slice(0, end)), end);
    });

  test('is quick in a script of a thousand lines', () => {
    const [longest = ''] = files
      .map((name) => readFileSync(join(samples, name), 'utf8'))
      .toSorted((a, b) => b.length - a.length);
    const body = longest.slice(longest.indexOf('\n【'));
    const head = longest.slice(0, longest.indexOf('\n【'));
    let text = head;
    for (let copy = 0; text.split('\n').length < 1000; copy++) text += body.replace(/【([^】]+)】/g, `【$1${copy}】`);
    const whole = open('long.huashu', text);
    const times: number[] = [];
    for (let offset = 0; offset <= text.length; offset += 7)
      times.push(Math.min(ask(whole, offset), ask(whole, offset)));
    times.sort((a, b) => a - b);
    const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
    if (process.env.SHOW)
      console.log(
        `median ${at(0.5).toFixed(2)}, p95 ${at(0.95).toFixed(2)}, p99 ${at(0.99).toFixed(2)} ms of ${times.length}`,
      );
    assert.ok(at(0.95) < 20, `p95 ${at(0.95)} ms`);
    const fresh: number[] = [];
    for (let round = 0; round < 10; round++) {
      const at = text.indexOf('\n\n【', text.length / 2) + 1;
      const edited = open('long.huashu', `${text.slice(0, at)}${'q'.repeat(round + 1)}${text.slice(at)}`);
      fresh.push(ask(edited, at + round + 1));
    }
    fresh.sort((a, b) => a - b);
    if (process.env.SHOW) console.log(`after a change: median ${fresh[5]!.toFixed(1)} ms`);
    assert.ok(fresh[5]! < 50, `after a change ${fresh[5]} ms`);
  });
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Script } from '../server/src/model/script.ts';
import { createWorkspace } from '../server/src/model/workspace.ts';
import { wordingCategories } from '../server/src/packs/pack.ts';
import { check } from '../server/src/rules/check.ts';
import type { VariableDeclaration } from '../server/src/syntax/frontMatter.ts';
import { parse } from '../server/src/syntax/parse.ts';
import { isLine } from '../server/src/syntax/tree.ts';
import { builtinVariables } from '../server/src/syntax/vocabulary.ts';
import { today, uriOf } from './fixture.ts';
import { bundledPacks } from './packs.ts';

const folder = join(import.meta.dirname, '../samples');
const sources = new Map(
  readdirSync(folder)
    .filter((name) => /\.(huashu|话术)$/.test(name))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
);
const negative = '违规示例.huashu';

const workspace = createWorkspace({ bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today });
for (const [name, source] of sources) workspace.set(uriOf(name), 1, source);
const snapshot = workspace.snapshot();

function sample(name: string): Script {
  const script = snapshot.script(uriOf(name));
  assert.ok(script, `${name} is missing`);
  return script;
}

/** The findings of a sample as `line: category “text”`, lines counted from 1. */
function found(name: string): string[] {
  const script = sample(name);
  return check(script, snapshot).map(
    ({ start, end, category }) =>
      `${script.text.positionAt(start).line + 1}: ${category} “${script.source.slice(start, end)}”`,
  );
}

/** What a variable stands for in a preview. */
function sampleOf(declared: VariableDeclaration | undefined, name: string): string {
  const builtin = builtinVariables.find(({ zh }) => zh[0] === name)?.sample;
  const value = declared?.sample?.value ?? builtin;
  assert.ok(value, `{${name}} has no sample`);
  return value;
}

suite('samples', () => {
  for (const name of sources.keys()) {
    if (name === negative) continue;
    test(`${name} is clean`, () => assert.deepEqual(found(name), []));
  }

  test('the negative examples hold a violation of each category, below the remark that names it, and nowhere else', () => {
    const { tree } = sample(negative);
    const announced = tree.lines.flatMap((placed) => {
      const category = isLine(placed, 'remark') && /^类别：.+（([a-z-]+)）。/.exec(placed.line.text.text)?.[1];
      return category ? [`${placed.index + 2}: ${category}`] : [];
    });
    assert.deepEqual(announced.map((line) => line.replace(/^\d+: /, '')).sort(), [...wordingCategories].sort());
    // A line can break other rules as well: 你弟弟欠着钱，你说说他 tells a relative of the debt and presses them.
    const places = found(negative).map((line) => line.replace(/ “.*$/s, ''));
    assert.deepEqual(
      announced.filter((place) => !places.includes(place)),
      [],
    );
    const lines = new Set(announced.map((place) => place.replace(/:.*$/, '')));
    assert.deepEqual(
      places.filter((place) => !lines.has(place.replace(/:.*$/, ''))),
      [],
    );
  });

  test('the negative examples say so before anything else', () => {
    assert.match(sources.get(negative) ?? '', /^---\n# 反面示例：.*不得对客户使用/);
  });

  test('a message is signed, can be refused, and is not too long', () => {
    const { tree, declaration } = sample('短信M1.huashu');
    const messages = tree.lines.filter((placed) => isLine(placed, 'utterance')).map(({ line }) => line);
    assert.equal(messages.length, tree.nodes.length);
    for (const { speech } of messages) {
      const sent = speech.text.replace(/\{(.+?)\}/g, (_, name: string) => sampleOf(declaration(name), name));
      assert.match(sent, /^【.+?】/);
      assert.match(sent, /拒收请回复R。$/);
      assert.ok([...sent].length <= 140, `${[...sent].length}: ${sent}`);
    }
  });

  for (const [name, source] of sources) {
    test(`any beginning of ${name} is read, and quickly`, () => {
      let slowest = 0;
      // Every length would take a minute; a prime step meets every kind of place.
      const step = source.length < 2000 ? 7 : 31;
      for (let length = 0; length <= source.length; length += step) {
        const started = performance.now();
        const { lines } = parse(source.slice(0, length));
        slowest = Math.max(slowest, performance.now() - started);
        assert.ok(lines.length > 0);
      }
      assert.ok(slowest < 200, `${slowest.toFixed()} ms`);
    });
  }
});

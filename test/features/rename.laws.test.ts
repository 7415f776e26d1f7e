import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { applyEdits } from '../../server/src/base/edit.ts';
import { Refusal } from '../../server/src/features/feature.ts';
import { rename } from '../../server/src/features/rename.ts';
import type { Script } from '../../server/src/model/script.ts';
import type { Snapshot } from '../../server/src/model/workspace.ts';
import { check } from '../../server/src/rules/check.ts';
import { fixture } from '../fixture.ts';

const samples = readdirSync('samples').filter((name) => /\.(huashu|话术)$/.test(name));
const texts = new Map(samples.map((name) => [name, readFileSync(`samples/${name}`, 'utf8')]));

const open = (files: ReadonlyMap<string, string>): Snapshot =>
  fixture([...files].map(([name, text]) => `//- ${name}\n${text}`).join('\n')).snapshot;

/** The findings of all files by rule and line; what they say may name what was renamed. */
function findings(snapshot: Snapshot): string[] {
  return snapshot.scripts.flatMap((script) =>
    check(script, snapshot).map(({ rule, start }) => `${nameOf(script)} ${script.text.positionAt(start).line} ${rule}`),
  );
}

function nameOf({ uri }: Script): string {
  return decodeURIComponent(uri.slice('file:///w/'.length));
}

/** The nodes and roles of a script, by an offset in their names. Variables are left out: to rules, their names mean something. */
function namesIn({ nodes, tree }: Script): number[] {
  const roles = tree.frontMatter.declaredRoles.map(({ nameSpan }) => nameSpan.start);
  return [...nodes.map(({ span }) => span.start), ...roles];
}

/** All texts with one name replaced, or nothing where that name is built in. */
function renamed(before: Snapshot, script: Script, offset: number, newName: string): Map<string, string> | undefined {
  const params = { textDocument: { uri: script.uri }, position: script.text.positionAt(offset), newName };
  const answer = rename.run({ snapshot: before, language: 'zh-CN', findings: () => [] }, params);
  if (answer instanceof Refusal && /随时|Anytime/.test(answer.text.zh)) return undefined;
  assert.ok(answer !== null && !(answer instanceof Refusal), script.source.slice(offset, offset + 10));
  return new Map(
    before.scripts.map((each) => {
      const edits = (answer.changes?.[each.uri] ?? []).map(({ range, newText }) => ({
        start: each.text.offsetAt(range.start),
        end: each.text.offsetAt(range.end),
        newText,
      }));
      return [nameOf(each), applyEdits(each.source, edits)];
    }),
  );
}

suite('new names change nothing but the names', () => {
  for (const name of samples) {
    test(name, () => {
      let now = open(texts);
      const expected = findings(now);
      const find = (): Script => now.scripts.find((each) => nameOf(each) === name)!;
      const count = namesIn(find()).length;
      for (let i = 0; i < count; i++) {
        const script = find();
        const after = renamed(now, script, namesIn(script)[i]!, `无人用过的名字${i}`);
        if (after) now = open(after);
      }
      assert.ok(find().source.includes('无人用过的名字'));
      assert.deepEqual(findings(now), expected);
    });
  }
});

import assert from 'node:assert/strict';
import { completed } from '../../server/src/base/steps.ts';
import { firstKeysOf, type Surroundings } from '../../server/src/lsp/firstKeys.ts';
import { createChecker } from '../../server/src/rules/checker.ts';
import { fixture } from '../fixture.ts';

/** A call in so many parts that lead on to each other. */
function call(parts: number): string {
  const part = (index: number): string =>
    `【节${index}】\n坐席：这是第${index}件事，您看可以吗？\n坐席：我们会派人去您单位闹。\n客户（愿意还款）：可以 → 节${(index + 1) % parts}\n客户（其他） → 结束\n`;
  return Array.from({ length: parts }, (_, index) => part(index)).join('\n');
}

/** What is tried out in a script, and the server around it. */
function trying(text: string) {
  const { script, snapshot } = fixture(text);
  const checker = createChecker();
  checker.check(script, snapshot);
  const tried: string[] = [];
  const asked: string[] = [];
  let changes = 0;
  let now = snapshot;
  const around: Surroundings = {
    snapshot: () => now,
    changes: () => changes,
    found: () =>
      script.tree.lines.flatMap(({ line, index }) => (line.kind === 'utterance' && index % 7 === 2 ? [index] : [])),
    *trying(later, world) {
      tried.push(later.source);
      yield* checker.trying(later, world);
    },
    asking(later, _world, position) {
      asked.push(later.source.split('\n')[position.line]!.slice(0, position.character));
      return Promise.resolve();
    },
    letThrough: () => Promise.resolve(),
  };
  const keys = firstKeysOf(around);
  return {
    script,
    snapshot,
    checker,
    tried,
    asked,
    tryOut: () => keys.tryOut(script.uri),
    /** Somebody types. */
    change() {
      changes++;
      now = { ...snapshot };
    },
    around,
  };
}

suite('first keys', () => {
  test('are tried out in a long script, once, in words, in all that is said, and in where it leads', async () => {
    const { script, snapshot, checker, tried, asked, tryOut } = trying(call(250));
    await tryOut();
    assert.equal(tried.length, 60);
    const changed = tried.map((text) => {
      const [was, is] = [script.source.split('\n'), text.split('\n')];
      return is.find((line, index) => line !== was[index])!;
    });
    assert.ok(changed.some((line) => line === '坐席：的'));
    assert.ok(changed.some((line) => /^坐席：.+的.+/.test(line)));
    assert.ok(changed.some((line) => line.startsWith('客户（愿意还款）：可以 → 节')));
    assert.ok(asked.length > 0 && asked.every((line) => /→ 节\d+$/.test(line)));
    // What comes of it is forgotten.
    assert.equal(checker.check(script, snapshot), completed(checker.checking(script, snapshot)));
    await tryOut();
    assert.equal(tried.length, 60);
  });

  test('are not worth it in a short script', async () => {
    const { tried, tryOut } = trying(call(20));
    await tryOut();
    assert.equal(tried.length, 0);
  });

  test('end when somebody types, and need not begin again', async () => {
    const all = trying(call(250));
    const before = all.around.letThrough;
    let turns = 0;
    Object.assign(all.around, {
      letThrough: () => {
        if (++turns === 5) all.change();
        return before();
      },
    });
    await all.tryOut();
    assert.ok(all.tried.length < 10);
    const { length } = all.tried;
    await all.tryOut();
    assert.equal(all.tried.length, length);
  });
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphOf } from '../../server/src/flow/graph.ts';
import type { Net } from '../../server/src/flow/net.ts';
import { type Replaced, spliced } from '../../server/src/flow/splice.ts';
import type { Script } from '../../server/src/model/script.ts';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { scriptOfLines } from '../bench/generate.ts';
import { today, uriOf } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';
import { randomFrom, smallScript } from './scripts.ts';

const root = join(import.meta.dirname, '../../samples');
const samples = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.huashu'))
  .sort()
  .map((name) => readFileSync(join(root, name), 'utf8'));

/** Lines that somebody writes among others, and what they are while they are being written. */
const lines = [
  '',
  '# 备注',
  '坐',
  '坐席：',
  '坐席：您好。',
  '提示：慢慢说',
  '客户（',
  '客户（愿意',
  '客户（愿意）：好 → 甲',
  '客户（其他） → 重复',
  '客户（没钱） → 乙',
  '若：天数 大于 1 → 丙',
  '记录：天数 = 客户所述',
  '插入：乙',
  '→ 甲',
  '→ 没有',
  '→ 返回',
  '结束：完成',
  '→ 结束',
  '【新】',
  '【甲】',
  '【',
  '【随时】',
  '用例：正常',
];

/** The lines in which two states of a script differ. */
function replacedIn({ tree: before }: Script, { tree: now }: Script): Replaced {
  const most = Math.min(before.lines.length, now.lines.length);
  let first = 0;
  while (first < most && before.lines[first]?.line === now.lines[first]?.line) first++;
  let last = 0;
  while (last < most - first && before.lines.at(-1 - last)?.line === now.lines.at(-1 - last)?.line) last++;
  return { first, was: before.lines.length - last, is: now.lines.length - last };
}

suite('a graph in which some nodes are drawn anew', () => {
  test('is the graph of the script as it is now, number by number', () => {
    const settings = { bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today };
    let [kept, anew] = [0, 0];
    // Where a conversation begins everything is drawn anew.
    const small = (seed: number): string => smallScript(seed).replace(/---\n(?=【)/, '---\n【起】\n坐席：您好。\n');
    const scripts = [
      ...samples,
      ...Array.from({ length: 12 }, (_, seed) => scriptOfLines(150, seed)),
      ...Array.from({ length: 400 }, (_, seed) => small(seed)),
    ];
    for (const [seed, start] of scripts.entries()) {
      const random = randomFrom(seed);
      const below = (count: number): number => Math.floor(random() * count);
      const workspace = createWorkspace(settings);
      const uri = uriOf('main.huashu');
      const text = start.split('\n');
      let script = workspace.set(uri, 0, start);
      let graph = graphOf(script, workspace.snapshot());
      for (let step = 1; step < 24; step++) {
        const at = Math.max(
          start.startsWith('---') ? start.split('\n---\n')[0]!.split('\n').length + 1 : 1,
          below(text.length + 1),
        );
        const action = below(4);
        const line = lines[below(lines.length)] ?? '';
        if (action === 0) text.splice(at, 1 + below(2));
        else if (action === 1) text[at] = line;
        else text.splice(at, 0, line);
        const now = workspace.set(uri, step, text.join('\n'));
        const snapshot = workspace.snapshot();
        const expected = graphOf(now, snapshot);
        const replaced = replacedIn(script, now);
        const isAround = now.tree.frontMatter === script.tree.frontMatter && now.tree.scenarios.length === 0;
        const made = isAround ? spliced(graph, now, snapshot, replaced) : undefined;
        if (made) {
          for (const part of Object.keys(expected.net) as (keyof Net)[])
            if (made.isSame && !['lines', 'visitBranches'].includes(part))
              assert.deepEqual(made.graph.net[part], graph.net[part], `${part}, step ${step} of script ${seed}`);
          for (const [part, list] of Object.entries(expected.net))
            assert.deepEqual(made.graph.net[part as keyof Net], list, `${part}, step ${step} of script ${seed}`);
          assert.deepEqual(
            made.graph.entries.map(({ opening }) => opening),
            expected.entries.map(({ opening }) => opening),
          );
          for (const [before, after] of made.now.entries()) {
            if (after < 0) continue;
            assert.equal(made.graph.lineOf(after)?.line, graph.lineOf(before)?.line);
          }
          kept++;
        } else anew++;
        script = now;
        // What has been put together is put together again.
        graph = made?.graph ?? expected;
      }
    }
    assert.ok(kept > 1000, `${kept} put together, ${anew} drawn anew`);
  }).timeout(60_000);
});

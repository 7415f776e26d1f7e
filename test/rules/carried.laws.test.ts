import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { carry, type Earlier } from '../../server/src/rules/carried.ts';
import { check, judge, lookAt } from '../../server/src/rules/check.ts';
import { createChecker } from '../../server/src/rules/checker.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import { randomOf } from '../chance.ts';
import { today, uriOf } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';

const root = join(import.meta.dirname, '..');
const scriptsIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.huashu'))
    .sort()
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));

/** What authors type in a script: words that break rules, words that do something, words that do nothing, and signs. */
const words = ['的', '了', '您', '好', '吧', '，', '。', ' ', '请', '1', 'a', 'ok ', '—'];
const others = [
  '吗？',
  '->',
  '\n',
  '{工号}',
  '{',
  '\ufffd',
  '您的账单已经逾期',
  '我们会上门找您',
  '本次通话会录音',
  '可以分期',
  '不是本人',
];
const typed = (random: (below: number) => number): string =>
  random(6) > 0 ? (words[random(words.length)] as string) : (others[random(others.length)] as string);

const settings = { bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today };
const uri = uriOf('main.huashu');

/** Mostly in what somebody says, sometimes anywhere. */
function place(source: string, random: (below: number) => number): number {
  const lines = [...source.matchAll(/^(?:坐席|催收员|客服|提示).*?[：:](.+)$/gm)];
  const line = random(10) === 0 ? undefined : lines[random(lines.length)];
  return line ? line.index + line[0].length - random((line[1] ?? '').length) : random(source.length);
}

/** A finding with everything that an editor shows of it. */
const shown = ({ fixes, ...rest }: Finding): unknown => ({ ...rest, fixes: fixes() });

suite('findings of a script that is being written', () => {
  test('what is carried over from the state before is what a check finds', () => {
    const random = randomOf(3);
    let [carried, anew] = [0, 0];
    const scripts = [
      ...scriptsIn('../samples'),
      ...scriptsIn('quality/flow/unseen').filter((_, index) => index % 12 === 0),
    ];
    for (const start of scripts) {
      const workspace = createWorkspace(settings);
      let source = start;
      let earlier: Earlier | undefined;
      // Authors stay at a place for a while.
      let at = place(source, random);
      for (let step = 0; step < 10; step++) {
        const script = workspace.set(uri, step, source);
        const snapshot = workspace.snapshot();
        const expected = check(script, snapshot);
        const fixes = ({ rule, start: from, end, message }: Finding) =>
          expected
            .find((e) => e.rule === rule && e.start === from && e.end === end && e.message.zh === message.zh)
            ?.fixes() ?? [];
        const found = earlier && carry(earlier, script, snapshot, fixes);
        if (found && earlier) {
          carried++;
          assert.deepEqual(judge(found, script, snapshot).findings.map(shown), expected.map(shown), source);
          earlier = { script, found, followed: earlier.followed };
        } else {
          anew++;
          const all = lookAt(script, snapshot);
          earlier = all.flow && { script, found: all, followed: { script, flow: all.flow } };
        }
        if (random(2) === 0) at = place(source, random);
        const text = typed(random);
        const gone = random(4) === 0 ? 1 + random(3) : 0;
        source = source.slice(0, at) + text + source.slice(at + gone);
        at = Math.min(source.length, at + text.length);
      }
    }
    assert.ok(carried > 50 && anew > 50, `${carried} carried, ${anew} anew`);
  }).timeout(60_000);

  test('a checker answers the same, when others name the script too, and when packs and settings change', () => {
    const random = randomOf(8);
    const workspace = createWorkspace(settings);
    const checker = createChecker();
    const other = uriOf('公共.huashu');
    const source = scriptsIn('../samples').find((text) => text.includes('逾期')) ?? '';
    let text = `${source}\n【另一处】\n插入：公共/告知\n→ 结束\n`;
    for (let step = 0; step < 40; step++) {
      workspace.set(uri, step, text);
      if (step % 7 === 3)
        workspace.set(other, step, `【告知】\n坐席：${'好'.repeat(step)}。\n${step % 2 ? '→ main/另一处\n' : ''}`);
      if (step % 11 === 5) workspace.configure({ ...settings, today: step % 2 ? '2026-01-01' : today });
      const snapshot = workspace.snapshot();
      for (const script of snapshot.scripts)
        assert.deepEqual(checker.check(script, snapshot).map(shown), check(script, snapshot).map(shown));
      const at = random(text.length);
      text = text.slice(0, at) + typed(random) + text.slice(at);
    }
  }).timeout(60_000);
});

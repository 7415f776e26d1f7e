import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { completed } from '../../server/src/base/steps.ts';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { carrying, type Earlier } from '../../server/src/rules/carried.ts';
import { check, judge, lookAt } from '../../server/src/rules/check.ts';
import { createChecker } from '../../server/src/rules/checker.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import { reshaping } from '../../server/src/rules/reshaped.ts';
import type { Placed } from '../../server/src/syntax/tree.ts';
import { scriptOfLines } from '../bench/generate.ts';
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
    let [carried, followed, reshaped, anew] = [0, 0, 0, 0];
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
        const stayed = earlier && completed(carrying(earlier, script, snapshot, fixes));
        const next = stayed ?? (earlier && completed(reshaping(earlier, script, snapshot, fixes)));
        if (next && earlier) {
          if (!stayed) reshaped++;
          else if (next.followed === earlier.followed) carried++;
          else followed++;
          assert.deepEqual(judge(next.found, script, snapshot).findings.map(shown), expected.map(shown), source);
          earlier = { script, ...next };
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
    const counts = `${carried} carried, ${followed} followed anew, ${reshaped} reshaped, ${anew} anew`;
    assert.ok(carried > 50 && followed > 15 && reshaped > 15 && anew > 30, counts);
  }).timeout(60_000);

  test('a checker answers the same as a check, whatever the author does', () => {
    const random = randomOf(21);
    const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
    const lines = [
      '坐席：您好，这里是某某银行信用卡中心，本次通话会录音。',
      '坐席：请问您是本人吗？',
      '坐席：您的账单已经逾期30天，应还5000元。',
      '坐席：我们会联系您的家人和单位同事。',
      '坐席：可以为您办理分期。',
      '坐席：您可以拨打95XXX投诉。',
      '提示：语气放缓，不要打断。',
      '客户（是本人）：我是',
      '客户（非本人） → 结束',
      '客户（没钱）：我失业了',
      '客户（要求停止联系）：别打了 → 转人工',
      '客户（其他） → 重复',
      '若：逾期天数 大于 30 → 转人工',
      '记录：逾期天数 = 客户所述天数',
      '→ 返回',
      '→ 结束',
      '结束：完成',
      '豁免：endless-loop，原因：演示',
      '豁免：contact-third-party，原因：演示，审批：合规部',
      '# 备注',
      '',
      '【随时】',
      '【另一节】',
    ];
    const samples = scriptsIn('../samples').filter((text) => text.length < 6000);
    for (let round = 0; round < 10; round++) {
      const workspace = createWorkspace(settings);
      const checker = createChecker();
      const text = pick(samples).split('\n');
      for (let step = 0; step < 24; step++) {
        const at = random(text.length);
        const headings = text.filter((line) => line.startsWith('【')).map((line) => line.slice(1).split('】')[0]);
        const action = random(7);
        if (action === 0) text.splice(at, 0, pick(lines));
        else if (action === 1) text.splice(at, 1);
        else if (action === 2) text[at] = (text[at] ?? '').replace(/→.*/, `→ ${pick(headings)}`);
        else if (action === 3) text.splice(at, 0, `插入：${pick(headings)}`);
        else {
          // Mostly what is said, in place of something else that is said.
          const said = text.flatMap((line, index) => (line.startsWith('坐席：') ? [index] : []));
          text[pick(said) ?? 0] = pick(lines.slice(0, 6));
        }
        const script = workspace.set(uri, step, text.join('\n'));
        const snapshot = workspace.snapshot();
        const found = checker.check(script, snapshot);
        const expected = check(script, snapshot);
        assert.deepEqual(
          found.map(({ fixes: _, ...rest }) => rest),
          expected.map(({ fixes: _, ...rest }) => rest),
          text.join('\n'),
        );
        if (step % 8 === 7) assert.deepEqual(found.map(shown), expected.map(shown), text.join('\n'));
      }
    }
  }).timeout(60_000);

  test('nor does it differ where lines make little sense: nodes that nobody comes to, jumps to nowhere, headings half renamed', () => {
    const lines = [
      '坐席：您看今天方便吗？',
      '坐席：没什么。',
      '坐席：请您报一下证件后四位。',
      '坐席：您的信用卡账单逾期了，请尽快还款。',
      '坐席：我们会派人去您单位闹。',
      '坐席：',
      '客户（是本人）：是我 → 乙',
      '客户（肯定） → 乙',
      '客户（其他） → 丙',
      '客户（有困难）：没钱 → 丁',
      '客户（愿意还款）：好',
      '客户：好的',
      '→ 乙',
      '→ 丙',
      '提示：小心',
      '',
      '乱写',
      '结束：完成',
    ];
    const plain = ({ fixes: _, ...rest }: Finding): unknown => rest;
    for (const seed of [1, 2, 3]) {
      const random = randomOf(seed);
      const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
      const workspace = createWorkspace(settings);
      const checker = createChecker();
      const text = ['甲', '乙', '丙', '丁', '戊'].flatMap((name) => [
        `【${name}】`,
        ...Array.from({ length: 2 + random(6) }, () => pick(lines)),
      ]);
      for (let step = 0; step < 150; step++) {
        const at = 1 + random(text.length - 1);
        const line = text[at] as string;
        const place = random(line.length + 1);
        const turn = random(6);
        if (turn === 0) text.splice(at, 0, pick(lines));
        else if (turn === 1 && text.length > 20 && !line.startsWith('【')) text.splice(at, 1);
        else if (turn === 2 && !line.startsWith('【')) text[at] = pick(lines);
        else if (turn < 5) text[at] = line.slice(0, place) + pick(['？', '吗', '的', '（', '其']) + line.slice(place);
        else text[at] = line.slice(0, place) + line.slice(place + 1);
        const script = workspace.set(uriOf('小事'), step, text.join('\n'));
        const snapshot = workspace.snapshot();
        const found = checker.check(script, snapshot);
        assert.deepEqual(found.map(plain), check(script, snapshot).map(plain), `${seed}, ${step}\n${script.source}`);
      }
    }
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

  test('lines that come and go, and what they are while they are being written, change no finding elsewhere', () => {
    const random = randomOf(34);
    const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
    const written = [
      '坐席：我们会上门找您家人。',
      '坐席：可以为您办理分期，请问您是{客户称呼}吗？',
      '坐席：您还欠{没有的}元。',
      '坐席 → 节3',
      '提示：不要打断',
      '客户（没听清）：什么 → 节12',
      '客户（其他） → 重复',
      '客户（情绪激动）：别打了',
      '若：逾期天数 大于 30 → 节5',
      '若：逾期天数 大于 300 → 节5',
      '记录：逾期天数 = 客户所述',
      '插入：节7',
      '→ 节2',
      '→ 没有这一节',
      '→ 返回',
      '结束：完成',
      '豁免：contact-third-party，原因：演示，审批：合规部',
      '【新的一节】 确认身份',
      '【节4】',
      '# 备注',
      '用例：一',
    ];
    let [reshaped, stayed, anew] = [0, 0, 0];
    for (let round = 0; round < 8; round++) {
      const workspace = createWorkspace(settings);
      let source = scriptOfLines(80 + 10 * round, round);
      let earlier: Earlier | undefined;
      let version = 0;
      const state = (): void => {
        const script = workspace.set(uri, ++version, source);
        const snapshot = workspace.snapshot();
        const fresh = lookAt(script, snapshot);
        const expected = judge(fresh, script, snapshot).findings;
        const fixes = ({ rule, start: from, end, message }: Finding) =>
          expected
            .find((e) => e.rule === rule && e.start === from && e.end === end && e.message.zh === message.zh)
            ?.fixes() ?? [];
        const moved = earlier && completed(carrying(earlier, script, snapshot, fixes));
        const next = moved ?? (earlier && completed(reshaping(earlier, script, snapshot, fixes)));
        if (next && earlier) {
          // Where the flow stays, what happens in it is the same object.
          if (!moved) {
            if (next.followed.flow.happenings === earlier.followed.flow.happenings) stayed++;
            else reshaped++;
          }
          const found = judge(next.found, script, snapshot).findings;
          const withFixes = version % 16 === 0;
          const plain = ({ fixes: _, ...rest }: Finding): unknown => rest;
          assert.deepEqual(found.map(withFixes ? shown : plain), expected.map(withFixes ? shown : plain), source);
          const { flow, script: same } = next.followed;
          for (const placed of script.tree.lines)
            assert.deepEqual(flow.known(same.tree.lines[placed.index] as Placed), fresh.flow?.known(placed));
          earlier = { script, ...next };
        } else {
          anew++;
          earlier = fresh.flow && { script, found: fresh, followed: { script, flow: fresh.flow } };
        }
      };
      state();
      for (let line = 0; line < 7; line++) {
        const ends = [...source.matchAll(/\n/g)].map(({ index }) => index).filter((at) => at > source.indexOf('【'));
        let at = pick(ends);
        // Character by character, mostly, as somebody types.
        const typed = `\n${pick(written)}`;
        const jump = random(3) === 0 ? typed.length : 1;
        for (let from = 0; from < typed.length; from += jump) {
          const next = typed.slice(from, from + jump);
          source = source.slice(0, at) + next + source.slice(at);
          at += next.length;
          state();
        }
        if (random(3) > 0) continue;
        const begin = pick(ends.slice(0, -3)) + 1;
        source = source.slice(0, begin) + source.slice(source.indexOf('\n', begin) + 1);
        state();
      }
    }
    assert.ok(
      reshaped > 90 && stayed > 90 && anew > 20,
      `${reshaped} reshaped, ${stayed} with the same flow, ${anew} anew`,
    );
  }).timeout(60_000);
});

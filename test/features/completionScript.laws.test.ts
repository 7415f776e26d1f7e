import assert from 'node:assert/strict';
import type { CompletionItem } from 'vscode-languageserver-protocol';
import { findingsOf } from '../fixture.ts';
import { accepted, itemsAt, stopsOf } from './completionFixture.ts';

/** A script that is written by taking the first step that is offered until none is missing, and the keys that each took. */
function written(start: string): {
  readonly text: string;
  readonly taken: readonly { readonly label: string; readonly keys: number }[];
} {
  let text = start;
  const taken: { label: string; keys: number }[] = [];
  for (let round = 0; round < 40; round++) {
    const next = itemsAt(text).find(isMissingStep);
    if (!next) break;
    // Ctrl and Space, Enter, and a Tab for every place up to the last.
    taken.push({ label: next.label, keys: 3 + stopsOf(next) });
    text = accepted(text, next);
  }
  return { text: text.replace('$0', ''), taken };
}

const isMissingStep = ({ detail }: CompletionItem): boolean => detail?.startsWith('还缺') ?? false;

suite('a script by completion alone', () => {
  const eight = [
    '确认身份',
    '说明目的',
    '了解原因',
    '提醒逾期费用',
    '探讨还款计划',
    '提供其他还款途径',
    '建立沟通渠道',
  ];

  for (const channel of ['电话', '智能外呼', '在线', '上门', '短信', '信函'])
    for (const more of ['', '阶段: M1', '阶段: M0', '阶段: M4+', '委托方: 某某银行'])
      test(`${channel} ${more}`.trim(), () => {
        const { text, taken } = written(`---\n渠道: ${channel}\n${more}\n---\n$0`);
        assert.deepEqual(
          findingsOf(text).map(({ rule, start, message }) => `${rule} in line ${lineOf(text, start)}: ${message.zh}`),
          [],
          text,
        );
        if (channel === '短信' || channel === '信函') assert.ok(taken.length > 0);
        else
          for (const name of eight)
            assert.ok(
              taken.some(({ label }) => label === `【${name}】`),
              name,
            );
        assert.ok(Math.max(...taken.map(({ keys }) => keys)) < 40);
      });

  test('from an empty file, with front matter and the optional step about the law', () => {
    const empty = '$0';
    const [head] = itemsAt(empty);
    assert.match(head?.label ?? '', /^话术头/);
    const { text, taken } = written(accepted(empty, head!));
    assert.deepEqual(
      findingsOf(text).map(({ rule, message }) => `${rule}: ${message.zh}`),
      [],
    );
    const law = itemsAt(`${text}$0`).find(({ label }) => label === '【强调法律责任】');
    const whole = accepted(`${text}$0`, law!).replace('$0', '');
    assert.match(whole, /客户（拒绝）：都不要 → 强调法律责任/);
    assert.deepEqual(
      findingsOf(whole).map(({ rule, message }) => `${rule}: ${message.zh}`),
      [],
    );
    const keys = [['话术头', 3 + stopsOf(head!)], ...taken.map(({ label, keys: each }) => [label, each])];
    // The issue counts key presses: fewer than forty a step.
    console.log(`      ${keys.map((each) => each.join(' ')).join(', ')} key presses`);
  });
});

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

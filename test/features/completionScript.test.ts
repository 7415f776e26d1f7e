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
  for (const channel of ['电话', '智能外呼', '在线', '上门', '短信', '信函'])
    for (const head of ['', '阶段: M1\n', '委托方: 某某银行\n', '阶段: M0\n', '阶段: M3\n'])
      test(`${channel} ${head}`, () => {
        const { text, taken } = written(`---\n渠道: ${channel}\n${head}---\n$0`);
        const findings = findingsOf(text);
        if (process.env.SHOW) console.log(text, taken.map(({ label, keys }) => `${label} ${keys}`).join('\n'));
        assert.deepEqual(
          findings.map(
            ({ rule, severity, message, start }) =>
              `${severity} ${rule}: ${text.slice(0, start).split('\n').length} ${message.zh}`,
          ),
          [],
        );
      });
});

import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/edit.ts';
import type { Facts } from '../../server/src/packs/pack.ts';
import { packSetOf } from '../../server/src/packs/packSet.ts';
import { checkUtterance } from '../../server/src/rules/check.ts';
import type { Channel } from '../../server/src/syntax/vocabulary.ts';
import { bundledPacks } from '../packs.ts';

const packs = packSetOf(bundledPacks.filter(({ id }) => id === 'cn-credit-card'));

/** A line after the first fix of what is first found in it. */
function mended(text: string, channel: Channel, facts: Facts = {}): string {
  const [found] = checkUtterance(
    { text, variables: [], speaker: 'agent', channel, steps: [], facts },
    packs,
    '2026-11-23',
  );
  assert.ok(found, `nothing is found in ${text}`);
  const [fix] = found.fixes();
  assert.ok(fix, `${found.rule} offers nothing for ${text}`);
  return applyEdits(text, fix.edits);
}

suite('the edges of a message', () => {
  test('other words leave the signature and the way to opt out where they are', () => {
    const after = mended('【海棠银行】再不还钱就打断你的腿，回T退订。', 'sms');
    assert.match(after, /^【海棠银行】[^【】]+。回T退订。$/);
    assert.match(mended('【海棠银行】再不还钱就打断你的腿。退订回复TD', 'sms'), /^【海棠银行】[^【】]+。退订回复TD$/);
    assert.match(mended('再不还钱就打断你的腿。【海棠银行】', 'sms'), /^[^【】]+。【海棠银行】$/);
  });

  test('a name that is itself what is wrong gives way to one’s own', () => {
    const after = mended('【市公安局经侦支队】你名下信用卡逾期，速来说明情况。', 'sms');
    assert.match(after, /^【\{机构\}】[^【】]+$/);
  });

  test('brackets inside a sentence are no edge', () => {
    assert.doesNotMatch(mended('再不点开【还款】就打断你的腿。', 'sms'), /【/);
  });
});

suite('other words suit who listens', () => {
  test('somebody else is not told what is meant for the customer', () => {
    const text = '让你爸妈先垫上。';
    assert.match(mended(text, 'phone', { listener: 'debtor' }), /您/);
    assert.doesNotMatch(mended(text, 'phone', { listener: 'third-party' }), /您自己|还款|账单/);
    // All that was said goes, not the sentence alone.
    const later = mended('您说不认识就不认识啊？把您家人的电话报给我。', 'phone', { listener: 'third-party' });
    assert.doesNotMatch(later, /不认识|证件/);
  });

  test('nothing is written to somebody else', () => {
    const facts: Facts = { listener: 'third-party' };
    assert.equal(mended('【海棠银行】您朋友的信用卡逾期了，请转告他。回T退订', 'sms', facts), '');
  });
});

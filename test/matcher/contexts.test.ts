import assert from 'node:assert/strict';
import { type CompiledContext, type CueReach, inContext, isInside } from '../../server/src/matcher/contexts.ts';
import { fold } from '../../server/src/matcher/fold.ts';
import { Program } from '../../server/src/matcher/program.ts';
import { Reading } from '../../server/src/matcher/reading.ts';
import { type CompiledWording, type Found, standsWhere } from '../../server/src/matcher/wordings.ts';

const program = (pattern: string): Program => new Program(pattern, new Map());

function found(wording: CompiledWording, reading: Reading): Found[] {
  const all: Found[] = [];
  standsWhere(wording, reading, (each) => all.push(each) === 0);
  return all;
}

function context(
  reach: CueReach,
  cues: string[],
  except: string[] = [],
  voiding: string[] = [],
  turns: string[] = [],
): CompiledContext {
  const [made, excepted, voided, turned] = [cues, except, voiding, turns].map((all) => all.map(program));
  return { reach, cues: made!, except: excepted!, void: voided!, turns: turned! };
}

/** Whether the first place of a wording stands in the context. */
function holds(wording: string | readonly string[], source: string, circumstances: CompiledContext): boolean {
  const reading = new Reading(fold(source));
  const all = [wording].flat().map(program);
  const [place] = found({ all, within: 'sentence' }, reading);
  assert.ok(place, `${wording} is not in ${source}`);
  return inContext(circumstances, reading, place);
}

suite('contexts', () => {
  test('speech turns away from what was said, and to what comes', () => {
    const kind = context('sentence', ['理解您'], [], [], ['，(但|不过)']);
    const isLifted = (source: string): boolean => holds('上门', source, kind);
    assert.ok(isLifted('我理解您的难处，我们不急着上门。'));
    assert.ok(!isLifted('我理解您的难处，但我们明天上门。'));
    assert.ok(!isLifted('我理解您的难处，这样，不过我们明天上门。'));
    assert.ok(isLifted('我们说过要上门，但我理解您的难处。'));
    assert.ok(isLifted('不急，但我理解您，所以不会上门。'));
  });

  const negated = context('clause-before', ['不会', '没有'], ['会不会', '不会放过'], ['难道']);

  test('a cue before the match', () => assert.ok(holds('上门', '我们不会上门。', negated)));
  test('a cue in a gap of the match', () => assert.ok(holds('我们{0-4}上门', '我们不会上门。', negated)));
  test('a cue behind the match is none', () => assert.ok(!holds('上门', '上门不会提前说。', negated)));
  test('a cue in the clause before is none', () => assert.ok(!holds('上门', '不会打电话，直接上门。', negated)));
  test('a cue in the sentence before is none', () => assert.ok(!holds('上门', '不会。直接上门。', negated)));
  test('a false cue is none', () => assert.ok(!holds('上门', '会不会上门看您。', negated)));
  test('a voiding word in the sentence', () => assert.ok(!holds('上门', '难道，不会上门吗？', negated)));
  test('the pattern’s own words are no cue', () => assert.ok(!holds('没有{0-2}好果子', '没有你的好果子', negated)));
  test('a cue that the pattern’s words only begin is one', () =>
    assert.ok(holds('我们没{0-2}上门', '我们没有上门', negated)));
  test('of a wording in several parts every part is its own', () =>
    assert.ok(!holds(['没有', '好果子'], '没有你的好果子', negated)));
  test('pinyin cues', () => assert.ok(holds('上门', '我们bu会上门', negated)));

  const reaches: readonly (readonly [CueReach, readonly string[]])[] = [
    ['clause-before', ['请问甲乙']],
    ['clause', ['请问甲乙', '甲乙请问']],
    ['sentence-before', ['请问甲乙', '请问，甲乙']],
    ['sentence', ['请问甲乙', '甲乙请问', '请问，甲乙', '甲乙，请问']],
    ['utterance', ['请问甲乙', '甲乙请问', '请问，甲乙', '甲乙，请问', '请问。甲乙', '甲乙。请问']],
  ];
  const everywhere = reaches.at(-1)![1];
  for (const [reach, within] of reaches) {
    test(`the reach ${reach}`, () =>
      assert.deepEqual(
        everywhere.filter((text) => holds('甲乙', text, context(reach, ['请问']))),
        within,
      ));
  }
});

suite('containers', () => {
  const isIn = (container: string, source: string): boolean => {
    const reading = new Reading(fold(source));
    const [place] = found({ all: [program('上门')], within: 'sentence' }, reading);
    return isInside([program(container)], reading, place!);
  };
  test('a place in the middle, at either end', () => {
    assert.ok(isIn('预约上门维修', '我们预约上门维修'));
    assert.ok(isIn('上门维修', '我们上门维修'));
    assert.ok(isIn('预约上门', '我们预约上门'));
  });
  test('in a gap at the end, which is as wide as it may be', () => {
    assert.ok(isIn('师傅{0-6}', '师傅会准时上门'));
    assert.ok(!isIn('师傅{0-3}', '师傅会准时上门'));
  });
  test('not beside it, and not in another sentence', () => {
    assert.ok(!isIn('师傅{0-6,}', '师傅来过，明天我们再上门'));
    assert.ok(!isIn('师傅{0-9,}', '师傅来过。我们上门'));
  });
});

suite('wordings in several parts', () => {
  const places = (within: 'clause' | 'sentence' | 'utterance', source: string): string[] => {
    const folded = fold(source);
    const all = ['甲', '乙', '甲'].map(program);
    return found({ all, within }, new Reading(folded))
      .map((place) => folded.toSource(place))
      .map(({ start, end }) => source.slice(start, end));
  };
  test('all of them, in any order, each in a place of its own', () => {
    assert.deepEqual(places('sentence', '乙甲'), []);
    assert.deepEqual(places('clause', '乙和甲甲'), ['乙和甲甲', '乙和甲甲']);
  });
  test('in a clause, a sentence, an utterance', () => {
    assert.deepEqual(places('clause', '甲甲，乙'), []);
    assert.deepEqual(places('sentence', '甲甲，乙'), ['甲甲，乙', '甲甲，乙']);
    assert.deepEqual(places('sentence', '甲甲。乙'), []);
    assert.deepEqual(places('utterance', '甲甲。乙'), ['甲甲。乙', '甲甲。乙']);
  });
});

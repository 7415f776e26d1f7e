import assert from 'node:assert/strict';
import { fold, placeholder } from '../../server/src/matcher/fold.ts';
import { matchesOf } from '../../server/src/matcher/matches.ts';
import { Program } from '../../server/src/matcher/program.ts';
import { Reading } from '../../server/src/matcher/reading.ts';

/** What a pattern finds, as it stands in the source. */
function found(pattern: string, source: string, latin: readonly string[] = []): string[] {
  const program = new Program(pattern, new Map());
  const folded = fold(source, [], new Set(latin));
  return [...matchesOf(program, new Reading(folded))].map((match) => {
    const span = folded.toSource(match);
    return source.slice(span.start, span.end);
  });
}

suite('folding', () => {
  const cases: readonly (readonly [name: string, pattern: string, source: string, match: string])[] = [
    ['full width and case', 'vip卡', '您的ＶＩｐ卡', 'ＶＩｐ卡'],
    ['traditional script', '打断你的腿', '打斷你的腿', '打斷你的腿'],
    ['a Taiwan word for credit reporting', '征信', '影響徵信', '徵信'],
    ['blanks between characters', '打断', '就打 　断你', '打 　断'],
    ['dots, stars and dashes', '起诉', '马上起.*诉你', '起.*诉'],
    ['emoji', '打断', '打👊断', '打👊断'],
    ['zero-width characters', '上门', '上\u200b\u2060门', '上\u200b\u2060门'],
    ['two halves of a character', '法院起诉', '氵去院起讠斥你', '氵去院起讠斥'],
    ['many times over', '起诉', '起诉诉诉诉你', '起诉诉诉诉'],
    ['pinyin in two words', '上门', '今天shang men找你', 'shang men'],
    ['pinyin with tones', '上门', '今天shàng mén', 'shàng mén'],
    ['pinyin for one character', '逾期', '您已yu期', 'yu期'],
    ['pinyin with a blank before a character', '起诉', 'qi 诉你', 'qi 诉'],
    ['the other reading of a character', '家长', '你家zhang', '家zhang'],
    ['one letter for a character', '黑名单', '上 H 名单', 'H 名单'],
    ['letters one by one', '无耻', '真w_u_c_h_i啊', 'w_u_c_h_i'],
    ['letters with blanks', '立案', '已经立 a n 了', '立 a n'],
    ['pinyin with a mark', '征信', '修复zheng·xin', 'zheng·xin'],
    ['characters one by one', '打断你', '我要打，断，你，的，腿', '打，断，你'],
    ['a sentence of nothing but pinyin', '我们去你家', 'wo men qu ni jia', 'wo men qu ni jia'],
    ['homophones where a pattern asks for them', '{~起诉}你', '就起素你', '起素你'],
    ['thousands separators', '还款{数}元', '请还款12,500元', '还款12,500元'],
    ['contractions', 'will not', "We won't call", "won't"],
    ['contractions with a typographic apostrophe', 'do not', 'they don’t know', 'don’t'],
    ['endings of a word', 'arrest* you', 'they arrested you', 'arrested you'],
    ['a gap of words', 'will {0-2 words} arrest', 'We will have you arrest', 'will have you arrest'],
  ];
  for (const [name, pattern, source, match] of cases)
    test(name, () => assert.deepEqual(found(pattern, source), [match]));

  const nothing: readonly (readonly [name: string, pattern: string, source: string])[] = [
    ['across the end of a sentence', '打断', '别打。断了'],
    ['across the end of a line', '打断', '别打\n断了'],
    ['across a comma', '打断', '别打，断了'],
    ['a list', '爸妈', '找爸、妈、哥'],
    ['a gap over a comma', '打{0-6}断', '别打，断了'],
    ['a number inside a number', '3天', '13天'],
    ['a word inside a word', 'pay', 'repayment'],
    ['homophones where no pattern asks for them', '起诉', '起素'],
    ['pinyin that is read otherwise', '上门', 'shang mai'],
    ['letters that begin no syllable', '我', 'VIP'],
    ['one letter with a single character', '败类', '请选B类'],
    ['one syllable alone', '滚', '看gun了'],
    ['web addresses and codes', '上门', '请看 www.shang.men 和 shangmen1 哦'],
    ['numbers that only touch', '1234', '12，34'],
    ['three quarters', '你', '亻'],
  ];
  for (const [name, pattern, source] of nothing)
    test(`not ${name}`, () => assert.deepEqual(found(pattern, source), []));

  test('a gap with a comma runs over commas', () =>
    assert.deepEqual(found('打{0-6,}断', '打了，再断'), ['打了，再断']));
  test('words of the packs are no pinyin', () => {
    assert.deepEqual(found('怕了', '下载pa了'), ['pa了']);
    assert.deepEqual(found('怕了', '下载pa了', ['pa']), []);
    assert.deepEqual(found('pa', '下载pa了', ['pa']), ['pa']);
  });
  test('variables are one character', () =>
    assert.equal(fold('您欠{金额}', [{ start: 2, end: 6 }]).text, `您欠${placeholder}`));
  test('doubled characters are ordinary words', () => assert.deepEqual(found('天天', '天天好'), ['天天']));
});

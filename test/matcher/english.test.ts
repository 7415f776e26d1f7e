import assert from 'node:assert/strict';
import { fold } from '../../server/src/matcher/fold.ts';
import { matchesOf } from '../../server/src/matcher/matches.ts';
import { Program } from '../../server/src/matcher/program.ts';
import { Reading } from '../../server/src/matcher/reading.ts';

/** What a pattern finds, as it stands in the source. */
function found(pattern: string, source: string): string[] {
  const program = new Program(pattern, new Map());
  const folded = fold(source);
  return [...matchesOf(program, new Reading(folded))].map((match) => {
    const span = folded.toSource(match);
    return source.slice(span.start, span.end);
  });
}

function around(at: 'clauseAt' | 'sentenceAt', source: string, word: string): string {
  const folded = fold(source);
  const span = folded.toSource(new Reading(folded)[at](folded.text.indexOf(word)));
  return source.slice(span.start, span.end);
}

suite('English', () => {
  for (const [source, sentence] of [
    ['Thank you. Is this Mr. Smith? Good.', 'Is this Mr. Smith?'],
    ['Call us by 5 p.m. on Friday. Thanks.', 'Call us by 5 p.m. on Friday.'],
    ['We are the U.S. Marshals. Open up.', 'We are the U.S. Marshals.'],
    ['I said no. Then he left.', 'Then he left.'],
  ] as const) {
    const word = sentence.includes('Smith')
      ? 'smith'
      : (sentence
          .toLowerCase()
          .split(/[ .?]+/)
          .at(-2) ?? '');
    test(`a sentence with its abbreviations: ${sentence}`, () =>
      assert.equal(around('sentenceAt', source, word), sentence));
  }

  test('a clause begins with its first word', () =>
    assert.equal(around('clauseAt', 'Well, we will call, sir.', 'call'), 'we will call,'));
  test('a time is no end of a clause', () =>
    assert.equal(
      around('clauseAt', 'Call at 8:30 in the morning, please.', 'morning'),
      'Call at 8:30 in the morning,',
    ));
  test('the beginning of a clause stands behind the blank', () =>
    assert.deepEqual(found('^shut up', 'Now, shut up. He said shut up!'), ['shut up']));

  for (const [source, match] of [
    ["You won't pay", "won't"],
    ['u wont pay', 'wont'],
    ['they dont and wont', 'wont'],
  ] as const)
    test(`a contraction: ${source}`, () => assert.deepEqual(found('will not', source), [match]));
});

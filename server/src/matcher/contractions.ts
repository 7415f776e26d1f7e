const whole: ReadonlyMap<string, string> = new Map([
  ["can't", 'can not'],
  ['cannot', 'can not'],
  ["won't", 'will not'],
  ["shan't", 'shall not'],
  ["ain't", 'is not'],
  ["let's", 'let us'],
  ['wanna', 'want to'],
  ['gonna', 'going to'],
  ['gotta', 'got to'],
  // Written in haste, where no other word is meant.
  ['dont', 'do not'],
  ['doesnt', 'does not'],
  ['didnt', 'did not'],
  ['cant', 'can not'],
  ['wont', 'will not'],
  ['isnt', 'is not'],
  ['arent', 'are not'],
  ['wasnt', 'was not'],
  ['havent', 'have not'],
  ['hasnt', 'has not'],
  ['wouldnt', 'would not'],
  ['couldnt', 'could not'],
  ['shouldnt', 'should not'],
  ['im', 'i am'],
  ['ive', 'i have'],
  ['youre', 'you are'],
  ['youll', 'you will'],
  ['youve', 'you have'],
  ['theyre', 'they are'],
  ['theyll', 'they will'],
]);

const endings: readonly (readonly [string, string])[] = [
  ["n't", ' not'],
  ["'ll", ' will'],
  ["'re", ' are'],
  ["'ve", ' have'],
  ["'m", ' am'],
  ["'d", ' would'],
];

/** An English contraction written out, such as `will not` for `won't`; nothing for any other word. */
export function contractions(word: string): string | undefined {
  const known = whole.get(word);
  if (known !== undefined || !word.includes("'")) return known;
  const ending = endings.find(([each]) => word.endsWith(each));
  return ending && word.slice(0, -ending[0].length) + ending[1];
}

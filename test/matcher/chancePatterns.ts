import { type Pattern, parsePattern } from '../../server/src/matcher/pattern.ts';

export const lexicons: ReadonlyMap<string, readonly Pattern[]> = new Map(
  Object.entries({
    亲友: ['爸', '妈妈', '老{0-2}婆'],
    钱: ['钱', '账(单)?', '欠{数}'],
    人: ['{亲友}', '你', '您', '你妈'],
  }).map(([name, sources]) => [name, sources.map((source) => parsePattern(source).pattern)]),
);

/** Few characters, so that chance makes matches: some are read alike, some stand in nearly every sentence. */
const characters = '打大达还换钱前你您不爸妈老婆账单欠三'.split('');

/** A pattern of pieces that chance puts together; some of these are no patterns. */
export function patternOf(random: (below: number) => number, depth = 2): string {
  const some = (count: number): string =>
    Array.from({ length: 1 + random(count) }, () => characters[random(characters.length)]).join('');
  const pieces = Array.from({ length: 1 + random(3) }, (): string => {
    switch (random(depth > 0 ? 11 : 3)) {
      case 3:
        return `(${patternOf(random, depth - 1)}|${patternOf(random, depth - 1)})`;
      case 4:
        return `${some(1)}(${some(2)})?${some(1)}`;
      case 5:
        return `${some(2)}{0-${random(5)}}${some(2)}`;
      case 6:
        return `${some(1)}{${random(2)}-${1 + random(4)},}${some(1)}`;
      case 7:
        return ['{亲友}', '{钱}', '{人}'][random(3)] as string;
      case 8:
        return `{~${some(2)}}`;
      case 9:
        return `(${some(2)}|${some(2)}|${patternOf(random, depth - 1)}|{钱})`;
      case 10:
        return `{who${depth}:${patternOf(random, depth - 1)}}`;
      default:
        return some(2);
    }
  });
  return pieces.join('');
}

/** @param odd what stands between the characters now and then */
export function textOf(random: (below: number) => number, odd: readonly string[]): string {
  return Array.from({ length: 2 + random(18) }, () =>
    random(7) === 0 ? odd[random(odd.length)] : characters[random(characters.length)],
  ).join('');
}

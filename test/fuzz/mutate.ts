import { pieces } from '../chance.ts';

export type Random = (below: number) => number;

/** Characters that programs stumble over: halves of characters, turns of direction, joiners, controls, digits of other scripts. */
const strange = [...'\0\u0007\u0085\u2028\u2029\u202e\u2066\u200d\u200b\ufeff\ufffd\ud800\udc00٣😀'];
const yaml = [
  '&a ',
  '*a',
  '<<: ',
  '!!binary ',
  '|',
  '>',
  '? ',
  '- ',
  '{',
  '[',
  '}',
  ']',
  ': ',
  '"',
  "'",
  '%',
  '\t',
  '---\n',
  '...\n',
];
const patterns = ['(', ')', '|', '?', '{0-9}', '{0-99999}', '{数}', '<亲友>', '^', '$', '~', '\\', '[甲]', '{词:甲}'];

/** Another text: parts of it gone, doubled, moved, out of another one, or something strange in between. */
export function mutated(text: string, others: readonly string[], random: Random): string {
  let result = text;
  for (let times = 1 + random(4); times > 0; times--) result = once(result, others, random);
  return result;
}

function once(text: string, others: readonly string[], random: Random): string {
  const pick = <T>(all: readonly T[]): T => all[random(all.length)] as T;
  const from = random(text.length + 1);
  const to = Math.min(text.length, from + random(random(4) === 0 ? text.length + 1 : 12));
  const put = (what: string, end = from): string => text.slice(0, from) + what + text.slice(end);
  switch (random(11)) {
    case 0:
      return put('', to);
    case 1:
      return put(text.slice(from, to).repeat(1 + random(3)));
    case 2:
      return put(pick(pieces));
    case 3:
      return put(pick(pieces), to);
    case 4:
      return put(pick(strange));
    case 5:
      return put(pick(yaml));
    case 6:
      return put(pick(patterns));
    case 7: {
      const other = pick(others);
      const start = random(other.length + 1);
      return put(other.slice(start, start + random(200)), to);
    }
    case 8: {
      // Lines change places.
      const lines = text.split('\n');
      const [moved = ''] = lines.splice(random(lines.length), 1);
      lines.splice(random(lines.length + 1), 0, moved);
      return lines.join('\n');
    }
    case 9:
      return put(pick(pieces).repeat(1 + random(300)));
    default:
      return text.slice(0, from);
  }
}

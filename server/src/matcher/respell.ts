import type { Span } from '../base/span.ts';
import { traditional } from './characters.ts';
import { pinyinOf, spokenLike } from './sounds.ts';
import { halvesOf } from './splitCharacters.ts';

/** The same words in another spelling that means the same, and where a part of them stands in it. */
export interface Respelling {
  readonly kind:
    | 'separators'
    | 'zero-width'
    | 'traditional'
    | 'full-width'
    | 'pinyin'
    | 'repeated'
    | 'split'
    | 'homophone';
  readonly text: string;
  readonly span: Span;
}

/**
 * Spells a part of a text in the ways in which people hide it from a filter, one way at a time. Folding has to undo each
 * of them, so that whatever was found before is found there too.
 *
 * @param disguised words that are found as well when they are written with other characters of the same sound
 */
export function* respell(text: string, span: Span, disguised: Iterable<string>): Generator<Respelling> {
  const words = text.slice(span.start, span.end);
  const units = words.split('');
  for (const [kind, spell] of ways) {
    const parts = units.map((_, index) => spell(units, index));
    // What stands behind the last character is no part of the words.
    if (kind === 'zero-width') parts[parts.length - 1] = units.at(-1) ?? '';
    yield* spelled(kind, parts.join(''));
  }
  for (const word of new Set(disguised)) {
    const at = words.indexOf(word);
    const alike = at < 0 ? undefined : homophoneOf(word.charAt(0));
    if (alike) yield* spelled('homophone', words.slice(0, at) + alike + words.slice(at + 1));
  }

  function* spelled(kind: Respelling['kind'], instead: string): Generator<Respelling> {
    if (instead === words) return;
    yield {
      kind,
      text: text.slice(0, span.start) + instead + text.slice(span.end),
      span: { start: span.start, end: span.start + instead.length },
    };
  }
}

type Spell = (units: readonly string[], index: number) => string;

/** How each unit is written; where one character is enough, it is the second. */
const ways: readonly (readonly [Exclude<Respelling['kind'], 'homophone'>, Spell])[] = [
  ['separators', (units, index) => everyHan(units, index, (unit) => (isHan(units[index + 1]) ? `${unit}· ` : unit))],
  ['zero-width', (units, index) => everyHan(units, index, (unit) => `${unit}\u200b`)],
  ['traditional', (units, index) => everyHan(units, index, (unit) => traditionalForms.get(unit) ?? unit)],
  ['full-width', (units, index) => (units[index] ?? '').replace(/[!-~]/, widened)],
  [
    'pinyin',
    (units, index) => (index === 1 ? everyHan(units, index, (unit) => pinyinOf(unit) ?? unit) : unitAt(units, index)),
  ],
  [
    'repeated',
    (units, index) =>
      index === 1 && !isDoubled(units, index) ? everyHan(units, index, (unit) => unit.repeat(3)) : unitAt(units, index),
  ],
  ['split', (units, index) => everyHan(units, index, (unit) => halvesOf(unit) ?? unit)],
];

function unitAt(units: readonly string[], index: number): string {
  return units[index] ?? '';
}

function everyHan(units: readonly string[], index: number, spell: (unit: string) => string): string {
  const unit = unitAt(units, index);
  return isHan(unit) ? spell(unit) : unit;
}

/** Whether a neighbour is the same character, as in 天天. */
function isDoubled(units: readonly string[], index: number): boolean {
  return units[index] === units[index - 1] || units[index] === units[index + 1];
}

function widened(unit: string): string {
  return String.fromCharCode(unit.charCodeAt(0) + 0xfee0);
}

function homophoneOf(char: string): string | undefined {
  const sound = pinyinOf(char);
  const alike = spokenLike(char.charCodeAt(0)).map((unit) => String.fromCharCode(unit));
  return sound === undefined ? undefined : alike.find((other) => other !== char && pinyinOf(other) === sound);
}

const traditionalForms = new Map<string, string>();
for (let i = 0; i < traditional.length; i += 2) traditionalForms.set(traditional.charAt(i + 1), traditional.charAt(i));

function isHan(unit: string | undefined): boolean {
  return unit !== undefined && /^[\u4e00-\u9fff]$/.test(unit);
}

import type { Span } from '../base/span.ts';
import { traditional } from './characters.ts';
import { pinyinOf } from './sounds.ts';

/** The same words in another spelling that means the same, and where a part of them stands in it. */
export interface Respelling {
  readonly kind: 'separators' | 'zero-width' | 'traditional' | 'full-width' | 'pinyin';
  readonly text: string;
  readonly span: Span;
}

/**
 * Spells a part of a text in the ways in which people hide it from a filter, one way at a time. Folding has to undo each
 * of them, so that whatever was found before is found there too.
 */
export function* respell(text: string, span: Span): Generator<Respelling> {
  const ways: readonly (readonly [Respelling['kind'], (unit: string, index: number, next: string) => string])[] = [
    ['separators', (unit, _, next) => (isHan(unit) && isHan(next) ? `${unit}· ` : unit)],
    ['zero-width', (unit) => (isHan(unit) ? `${unit}\u200b` : unit)],
    ['traditional', (unit) => traditionalOf(unit)],
    ['full-width', (unit) => (/[!-~]/.test(unit) ? String.fromCharCode(unit.charCodeAt(0) + 0xfee0) : unit)],
    ['pinyin', (unit, index) => (index === 1 && isHan(unit) ? (pinyinOf(unit) ?? unit) : unit)],
  ];
  const units = text.slice(span.start, span.end).split('');
  for (const [kind, spell] of ways) {
    const parts = units.map((unit, index) => spell(unit, index, units[index + 1] ?? ''));
    // What stands behind the last character is no part of the words.
    const last = units.at(-1) ?? '';
    if (kind === 'zero-width') parts[parts.length - 1] = last;
    const spelled = parts.join('');
    if (spelled === units.join('')) continue;
    yield {
      kind,
      text: text.slice(0, span.start) + spelled + text.slice(span.end),
      span: { start: span.start, end: span.start + spelled.length },
    };
  }
}

const traditionalForms = new Map<string, string>();
for (let i = 0; i < traditional.length; i += 2) traditionalForms.set(traditional.charAt(i + 1), traditional.charAt(i));

function traditionalOf(unit: string): string {
  return traditionalForms.get(unit) ?? unit;
}

function isHan(unit: string): boolean {
  return /^[\u4e00-\u9fff]$/.test(unit);
}

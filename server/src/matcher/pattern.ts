import type { Span } from '../base/span.ts';
import type { Text } from '../base/text.ts';
import { foldPattern } from './fold.ts';

/** A parsed pattern. The language has no repetition without a limit; docs/packs.md describes it. */
export type Pattern =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'sequence'; readonly items: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  | { readonly kind: 'optional'; readonly item: Pattern }
  | { readonly kind: 'gap'; readonly min: number; readonly max: number; readonly over: GapOver }
  | { readonly kind: 'number' }
  | { readonly kind: 'disguised'; readonly item: Pattern }
  | { readonly kind: 'word-end' }
  | { readonly kind: 'blank' }
  | { readonly kind: 'clause-start' | 'clause-end' }
  | { readonly kind: 'lexicon'; readonly name: string }
  | { readonly kind: 'capture'; readonly name: string; readonly item: Pattern };

/** What a gap counts: characters within a clause, characters within a sentence, words within a clause. */
export type GapOver = 'clause' | 'sentence' | 'words';

/** The patterns of each lexicon. */
export interface Lexicons {
  get(name: string): readonly Pattern[] | undefined;
}

export interface PatternProblem extends Span {
  readonly message: Text;
}

/** The widest gap that a pattern may ask for, in characters. */
export const widestGap = 30;

/** The name under which every pattern can ask for a number. */
export const numberSlot = '数';

/** Parses one pattern; the first problem ends the parse. Offsets count from the start of `source`. */
export function parsePattern(source: string): { readonly pattern: Pattern; readonly problem?: PatternProblem } {
  const parser = new Parser(source);
  try {
    return { pattern: parser.whole() };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { pattern: { kind: 'sequence', items: [] }, problem: error.problem };
  }
}

/** Unwinds the parser, and never leaves this file. */
class PatternError extends Error {
  readonly problem: PatternProblem;
  constructor(problem: PatternProblem) {
    super(problem.message.en);
    this.problem = problem;
  }
}

const deepest = 50;

class Parser {
  private at = 0;
  private depth = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** The one at hand, and none at the end: to ask a text for more than it has is slow. */
  private char(): string {
    return this.at < this.source.length ? this.source.charAt(this.at) : '';
  }

  whole(): Pattern {
    const pattern = this.choice();
    if (this.at < this.source.length)
      this.fail(this.at, this.at + 1, '这里的括号没有对应的开头。', 'This bracket was never opened.');
    if (isEmpty(pattern))
      this.fail(0, this.source.length, '表达式不能匹配空文本。', 'A pattern must not match nothing at all.');
    return pattern;
  }

  private choice(): Pattern {
    if (++this.depth > deepest)
      this.fail(this.at, this.at + 1, '括号嵌套过深。', 'The brackets are nested too deeply.');
    const options = [this.sequence()];
    while (this.char() === '|') {
      this.at++;
      options.push(this.sequence());
    }
    this.depth--;
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'choice', options };
  }

  private sequence(): Pattern {
    const items: Pattern[] = [];
    let text = '';
    const flush = (): void => {
      if (text === '') return;
      const folded = foldPattern(text);
      if (items.length > 0 && /^\s/.test(text)) items.push({ kind: 'blank' });
      if (folded !== '') items.push({ kind: 'text', text: folded });
      if (folded !== '' && /\s$/.test(text)) items.push({ kind: 'blank' });
      text = '';
    };
    for (;;) {
      const from = this.at;
      while (this.at < this.source.length && !signs.has(this.source.charCodeAt(this.at))) this.at++;
      text += this.source.slice(from, this.at);
      const char = this.char();
      if (char === '' || char === '|' || char === ')' || char === '}') break;
      if (char === '\\') {
        text += this.source.charAt(this.at + 1);
        this.at += 2;
      } else if (char === '(') {
        flush();
        items.push(this.group());
      } else if (char === '{') {
        flush();
        items.push(this.slot());
      } else if (char === '^' || char === '$') {
        flush();
        this.at++;
        items.push({ kind: char === '^' ? 'clause-start' : 'clause-end' });
      } else if (char === '*') {
        flush();
        this.at++;
        items.push({ kind: 'word-end' });
      } else if (char === '?') {
        this.fail(
          this.at,
          this.at + 1,
          '“?”只能写在括号之后；句子里的问号请写“？”或“\\?”。',
          '“?” may only follow a bracket; write “\\?” for a question mark.',
        );
      }
    }
    flush();
    const [only] = items;
    return items.length === 1 && only ? only : { kind: 'sequence', items };
  }

  private group(): Pattern {
    const start = this.at++;
    const inner = this.choice();
    if (this.char() !== ')') this.fail(start, start + 1, '括号没有合上。', 'This bracket is never closed.');
    this.at++;
    if (this.char() !== '?') return inner;
    this.at++;
    return { kind: 'optional', item: inner };
  }

  /** `{0-6}` `{0-6,}` `{0-3 words}` `{亲友}` `{数}` `{who:…}` `{~…}` */
  private slot(): Pattern {
    const start = this.at++;
    if (this.char() === '~') {
      this.at++;
      const item = this.choice();
      this.closeSlot(start);
      return { kind: 'disguised', item };
    }
    const head = /[^:{}()|]*/y;
    head.lastIndex = this.at;
    const name = (head.exec(this.source)?.[0] ?? '').trim();
    this.at = head.lastIndex;
    if (this.char() === ':') {
      this.at++;
      const item = this.choice();
      this.closeSlot(start);
      if (!/^[a-z][a-z0-9-]*$/.test(name))
        this.fail(
          start,
          this.at,
          '要记住的名称只用小写英文字母，例如 {who:你|您}。',
          'A remembered name is lower-case Latin, such as {who:you}.',
        );
      return { kind: 'capture', name, item };
    }
    this.closeSlot(start);
    const gap = /^(\d{1,3})\s*-\s*(\d{1,3})\s*([,，]|词|words?)?$/.exec(name);
    if (!gap) {
      if (name === numberSlot) return { kind: 'number' };
      if (name === '') this.fail(start, this.at, '花括号里缺少名称。', 'The braces are empty.');
      return { kind: 'lexicon', name };
    }
    const [min, max] = [Number(gap[1]), Number(gap[2])];
    if (min > max || max > widestGap)
      this.fail(
        start,
        this.at,
        `间隔应为 {少-多}，最多 ${widestGap} 个字。`,
        `A gap is {fewest-most}, at most ${widestGap} characters.`,
      );
    const unit = gap[3];
    return { kind: 'gap', min, max, over: !unit ? 'clause' : ',，'.includes(unit) ? 'sentence' : 'words' };
  }

  private closeSlot(start: number): void {
    if (this.char() !== '}') this.fail(start, start + 1, '花括号没有合上。', 'This brace is never closed.');
    this.at++;
  }

  private fail(start: number, end: number, zh: string, en: string): never {
    throw new PatternError({ start, end, message: { zh, en } });
  }
}

/** The characters that do not stand for themselves. */
const signs: ReadonlySet<number> = new Set(Array.from('|)}\\({^$*?', (char) => char.charCodeAt(0)));

/** Whether a pattern can match without any character of its own, gaps apart. */
function isEmpty(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'text':
    case 'number':
    case 'lexicon':
      return false;
    case 'gap':
    case 'optional':
    case 'clause-start':
    case 'clause-end':
    case 'word-end':
    case 'blank':
      return true;
    case 'disguised':
    case 'capture':
      return isEmpty(pattern.item);
    case 'sequence':
      return pattern.items.every(isEmpty);
    case 'choice':
      return pattern.options.some(isEmpty);
    default: {
      const never: never = pattern;
      return never;
    }
  }
}

/** Every lexicon that a pattern names. */
export function* lexiconsOf(pattern: Pattern): Generator<string> {
  for (const part of partsOf(pattern)) if (part.kind === 'lexicon') yield part.name;
}

/** Whether a pattern remembers anything, or a lexicon that it names does by what is known of that. */
export function remembers(pattern: Pattern, isRemembering: (lexicon: string) => boolean): boolean {
  if (pattern.kind === 'capture') return true;
  if (pattern.kind === 'lexicon') return isRemembering(pattern.name);
  for (const part of insideOf(pattern)) if (remembers(part, isRemembering)) return true;
  return false;
}

/** Every name that a pattern remembers. */
export function* capturesOf(pattern: Pattern): Generator<string> {
  for (const part of partsOf(pattern)) if (part.kind === 'capture') yield part.name;
}

/** The pattern itself and everything inside it. */
export function* partsOf(pattern: Pattern): Generator<Pattern> {
  yield pattern;
  for (const part of insideOf(pattern)) yield* partsOf(part);
}

function insideOf(pattern: Pattern): readonly Pattern[] {
  if ('item' in pattern) return [pattern.item];
  if ('items' in pattern) return pattern.items;
  return 'options' in pattern ? pattern.options : [];
}

/**
 * The texts of a pattern and its lexicons that also match what is read alike.
 *
 * @param seen the lexicons that were looked into; they may not name each other in a circle
 */
export function* disguisedTextsOf(
  pattern: Pattern,
  lexicons: { readonly [name: string]: readonly string[] },
  disguised = false,
  seen: ReadonlySet<string> = new Set(),
): Generator<string> {
  if (pattern.kind === 'text' && disguised) yield pattern.text;
  if (pattern.kind === 'lexicon' && !seen.has(pattern.name)) {
    const within = new Set([...seen, pattern.name]);
    for (const source of lexicons[pattern.name] ?? [])
      yield* disguisedTextsOf(parsePattern(source).pattern, lexicons, disguised, within);
  }
  const inside = disguised || pattern.kind === 'disguised';
  for (const part of insideOf(pattern)) yield* disguisedTextsOf(part, lexicons, inside, seen);
}

/** The Latin words of a pattern, apart from those of its lexicons: in a text they mean themselves, unlike single letters. */
export function* latinWordsOf(pattern: Pattern): Generator<string> {
  for (const part of partsOf(pattern)) {
    if (part.kind === 'text') for (const [word] of part.text.matchAll(/[a-z]{2,}/g)) yield word;
  }
}

import { Compiler, largestProgram } from './compiler.ts';
import { isHan } from './fold.ts';
import { isLetter, longestMatch, opBits, ops, width } from './instructions.ts';
import { type Lexicons, type Pattern, parsePattern, partsOf } from './pattern.ts';
import { type Shared, sharedOf } from './shared.ts';
import { initialOf } from './sounds.ts';
import { type Triggers, triggersOf } from './triggers.ts';

/**
 * A pattern as a program for the machine. Most patterns are never run, since what they need stands in few texts: everything about
 * one is worked out when it is first asked for.
 */
export class Program {
  private readonly source: string;
  private readonly lexicons: Lexicons;
  /** What it shares with other programs of the same lexicons, and its number among them. */
  readonly shared: Shared;
  readonly number: number;
  private known: Written | undefined = undefined;
  private knownLetters: ReadonlySet<number> | undefined = undefined;
  private knownPhrase: number | undefined = undefined;

  /**
   * @param source a pattern
   * @param lexicons all that it names, none of them in a circle
   */
  constructor(source: string, lexicons: Lexicons) {
    this.source = source;
    this.lexicons = lexicons;
    this.shared = sharedOf(lexicons);
    this.number = this.shared.programs++;
  }

  /** What every match contains one of; nothing if it may contain anything. */
  triggers(): Triggers | undefined {
    return triggersOf(this.pattern, this.lexicons);
  }

  /** How long it is if it is nothing but a phrase, which needs no machine, since it stands where it was found; else 0. */
  get phraseLength(): number {
    this.knownPhrase ??= phraseLengthOf(this.pattern);
    return this.knownPhrase;
  }

  /** Where it begins in the code of what it shares. */
  get start(): number {
    return this.written.start;
  }

  /** Names of what is remembered; their slots come in pairs. */
  get names(): readonly string[] {
    return this.phraseLength > 0 ? noNames : this.written.names;
  }

  /** The letters it names, as the sounds that stand for them in Chinese text (`t现`). */
  get letters(): ReadonlySet<number> {
    this.knownLetters ??= new Set(lettersIn(this.pattern, this.lexicons));
    return this.knownLetters;
  }

  private get pattern(): Pattern {
    return parsePattern(this.source).pattern;
  }

  private get written(): Written {
    this.known ??= write(this.pattern, this.lexicons);
    return this.known;
  }
}

const noNames: readonly string[] = [];

/** A phrase has a character at either end: letters and digits would have to be seen not to stand inside a word or a number. */
function phraseLengthOf(pattern: Pattern): number {
  if (pattern.kind !== 'text') return 0;
  const { length } = pattern.text;
  const isBounded = isHan(pattern.text.charCodeAt(0)) && isHan(pattern.text.charCodeAt(length - 1));
  return isBounded && length <= longestMatch ? length : 0;
}

interface Written {
  readonly start: number;
  readonly names: readonly string[];
}

/** A pattern that remembers more has gone wrong. */
const mostNames = 16;

/** Whether a pattern, with its lexicons, is too large to be run. Lists of plain words are never too long. */
export function isTooLarge(pattern: Pattern, lexicons: Lexicons): boolean {
  const compiler = new Compiler(sharedOf(lexicons));
  if (!compiler.whole(pattern) || compiler.names.length > mostNames) return true;
  const { starts } = compiler.shared;
  let size = 0;
  const seen = new Set<number>();
  const add = (code: ArrayLike<number>, from: number, to: number): void => {
    size += (to - from) / width;
    for (let at = from; at < to && size <= largestProgram; at += width) {
      const [op, told] = [(code[at] as number) & (2 ** opBits - 1), (code[at] as number) >> opBits];
      if (op !== ops.lexicon || seen.has(told)) continue;
      seen.add(told);
      const start = starts[told] as number;
      add(compiler.shared.code, start, start + width * (compiler.shared.code[start - 2] as number));
    }
  };
  add(compiler.instructions, 0, compiler.instructions.length);
  return size > largestProgram;
}

/** Of a pattern that the pack loader would refuse, only as much as it would take. */
function write(pattern: Pattern, lexicons: Lexicons): Written {
  const compiler = new Compiler(sharedOf(lexicons));
  compiler.whole(pattern);
  return { start: compiler.finished(), names: compiler.names };
}

/** The letters of a pattern and its lexicons as the beginnings of syllables. */
function* lettersIn(pattern: Pattern, lexicons: Lexicons): Generator<number> {
  for (const part of partsOf(pattern)) {
    if (part.kind === 'text') {
      for (let at = 0; at < part.text.length; at++) {
        const unit = part.text.charCodeAt(at);
        if (isLetter(unit)) yield initialOf(unit);
      }
    } else if (part.kind === 'lexicon') {
      for (const each of lexicons.get(part.name) ?? []) yield* lettersIn(each, lexicons);
    }
  }
}

import { placeholder } from './fold.ts';
import { type GapOver, type Pattern, parsePattern, partsOf } from './pattern.ts';
import { homophones, initialOf } from './sounds.ts';
import { longestNumber, type Way, waysOf } from './ways.ts';

export type Instruction =
  | { readonly op: 'unit'; readonly unit: string }
  | { readonly op: 'alike'; readonly unit: string }
  | { readonly op: 'any'; readonly over: GapOver }
  | { readonly op: 'letter' }
  | { readonly op: 'boundary' }
  | { readonly op: 'digit' }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'clause-start' }
  | { readonly op: 'clause-end' }
  | { readonly op: 'match' };

/**
 * A pattern as a program for a machine that follows all its threads at once, so that no text makes it slow. Most patterns are
 * never run, since what they need stands in few texts: everything about one is worked out when it is first asked for.
 */
export class Program {
  /** The pattern, as a pack writes it. */
  readonly source: string;
  private readonly lexicons: Lexicons;
  private known: { pattern?: Pattern; ways?: readonly Way[]; disguised?: boolean; written?: Written } = {};

  /** @param lexicons all that the pattern names, none of them in a circle */
  constructor(source: string, lexicons: Lexicons) {
    this.source = source;
    this.lexicons = lexicons;
  }

  get pattern(): Pattern {
    this.known.pattern ??= parsePattern(this.source).pattern;
    return this.known.pattern;
  }

  /** What a match contains, in one of these ways. */
  get ways(): readonly Way[] {
    this.known.ways ??= waysOf(this.pattern, this.lexicons);
    return this.known.ways;
  }

  /** Whether some of its characters also stand for others that are read alike. */
  get disguised(): boolean {
    this.known.disguised ??= isDisguised(this.pattern, this.lexicons);
    return this.known.disguised;
  }

  get instructions(): readonly Instruction[] {
    return this.written.instructions;
  }

  /** Names of what is remembered; their slots come in pairs. */
  get names(): readonly string[] {
    return this.written.names;
  }

  /** The letters it names, as the sounds that stand for them in Chinese text (`t现`). */
  get letters(): ReadonlySet<number> {
    return this.written.letters;
  }

  /** The units with which a match can begin, apart from sounds; missing when it can begin with any. */
  get openings(): ReadonlySet<string> | undefined {
    return this.written.openings;
  }

  private get written(): Written {
    this.known.written ??= write(this.pattern, this.lexicons);
    return this.known.written;
  }
}

interface Written {
  readonly instructions: readonly Instruction[];
  readonly names: readonly string[];
  readonly letters: ReadonlySet<number>;
  readonly openings: ReadonlySet<string> | undefined;
}

/** What a number is written with; a `{变量}` of the script counts as one. */
export const numerals = '零一二三四五六七八九十百千万亿两几半数多'.split('');
export const digits: ReadonlySet<string> = new Set([...'0123456789.%', ...numerals, placeholder]);

export type Lexicons = Pick<ReadonlyMap<string, readonly Pattern[]>, 'get'>;

/** The largest program; a pattern that needs more is refused by the pack loader. */
export const largestProgram = 4000;

/** A pattern that remembers more has gone wrong. */
const mostNames = 16;

/** Whether a pattern, with its lexicons written out, is too large to be run. */
export function isTooLarge(pattern: Pattern, lexicons: Lexicons): boolean {
  const compiler = new Compiler(lexicons);
  return !compiler.whole(pattern) || compiler.instructions.length > largestProgram || compiler.names.length > mostNames;
}

/** Of a pattern that the pack loader would refuse, only as much as it would take. */
function write(pattern: Pattern, lexicons: Lexicons): Written {
  const compiler = new Compiler(lexicons);
  compiler.whole(pattern);
  compiler.instructions.push({ op: 'match' });
  const { instructions, names } = compiler;
  const letters = new Set(
    instructions.flatMap((each) =>
      each.op === 'unit' && isLetter(each.unit.charCodeAt(0)) ? initialOf(each.unit).charCodeAt(0) : [],
    ),
  );
  return { instructions, names, letters, openings: openingsOf(instructions) };
}

const disguisedLexicons = new WeakMap<Lexicons, Map<string, boolean>>();

function isDisguised(pattern: Pattern, lexicons: Lexicons): boolean {
  const known = disguisedLexicons.get(lexicons) ?? new Map<string, boolean>();
  disguisedLexicons.set(lexicons, known);
  for (const part of partsOf(pattern)) {
    if (part.kind === 'disguised') return true;
    if (part.kind !== 'lexicon') continue;
    let inside = known.get(part.name);
    if (inside === undefined) {
      inside = (lexicons.get(part.name) ?? []).some((each) => isDisguised(each, lexicons));
      known.set(part.name, inside);
    }
    if (inside) return true;
  }
  return false;
}

function openingsOf(instructions: readonly Instruction[]): ReadonlySet<string> | undefined {
  const units = new Set<string>();
  const seen = new Set<number>();
  const waiting = [0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const instruction = instructions[at];
    switch (instruction?.op) {
      case 'unit':
        units.add(instruction.unit);
        break;
      case 'alike':
        for (const unit of homophones(instruction.unit)) units.add(unit);
        units.add(instruction.unit);
        break;
      case 'digit':
        for (const digit of digits) units.add(digit);
        break;
      case 'split':
        waiting.push(instruction.first, instruction.second);
        break;
      case 'jump':
        waiting.push(instruction.to);
        break;
      case 'save':
      case 'boundary':
      case 'clause-start':
        waiting.push(at + 1);
        break;
      default:
        return undefined;
    }
  }
  return units;
}

class Compiler {
  readonly instructions: Instruction[] = [];
  readonly names: string[] = [];
  private readonly lexicons: Lexicons;
  private disguised = false;

  constructor(lexicons: Lexicons) {
    this.lexicons = lexicons;
  }

  /** A match neither begins nor ends inside a word or a number. */
  whole(pattern: Pattern): boolean {
    this.instructions.push({ op: 'boundary' });
    const fits = this.emit(pattern);
    this.instructions.push({ op: 'boundary' });
    return fits;
  }

  private emit(pattern: Pattern): boolean {
    const { instructions } = this;
    if (instructions.length > largestProgram) return false;
    switch (pattern.kind) {
      case 'text':
        for (const unit of pattern.text)
          for (const half of unit.split('')) instructions.push({ op: this.disguised ? 'alike' : 'unit', unit: half });
        return true;
      case 'disguised': {
        const before = this.disguised;
        this.disguised = true;
        const fits = this.emit(pattern.item);
        this.disguised = before;
        return fits;
      }
      case 'word-end':
        instructions.push(
          { op: 'split', first: instructions.length + 1, second: instructions.length + 3 },
          { op: 'letter' },
          { op: 'jump', to: instructions.length },
        );
        return true;
      case 'blank':
        instructions.push({ op: 'boundary' });
        return this.optional(() => {
          instructions.push({ op: 'unit', unit: ' ' });
          return true;
        });
      case 'sequence':
        return pattern.items.every((item) => this.emit(item));
      case 'choice':
        return this.choice(pattern.options);
      case 'lexicon':
        return this.choice(this.lexicons.get(pattern.name) ?? []);
      case 'optional':
        return this.optional(() => this.emit(pattern.item));
      case 'gap':
        this.gap(pattern.min, pattern.max, pattern.over);
        return true;
      case 'number': {
        instructions.push({ op: 'digit' });
        const ends: number[] = [];
        for (let i = 1; i < longestNumber; i++) {
          ends.push(instructions.length);
          instructions.push({ op: 'split', first: instructions.length + 1, second: -1 }, { op: 'digit' });
        }
        for (const at of ends) instructions[at] = { op: 'split', first: at + 1, second: instructions.length };
        return true;
      }
      case 'clause-start':
      case 'clause-end':
        instructions.push({ op: pattern.kind });
        return true;
      case 'capture': {
        let index = this.names.indexOf(pattern.name);
        if (index < 0) index = this.names.push(pattern.name) - 1;
        instructions.push({ op: 'save', slot: 2 * index });
        const fits = this.emit(pattern.item);
        instructions.push({ op: 'save', slot: 2 * index + 1 });
        return fits;
      }
      default: {
        const never: never = pattern;
        return never;
      }
    }
  }

  /** Each further character is tried last: the shortest gap wins. */
  private gap(min: number, max: number, over: GapOver): void {
    const { instructions } = this;
    instructions.push({ op: 'boundary' });
    const splits: number[] = [];
    for (let i = 0; i < max; i++) {
      if (i >= min) {
        splits.push(instructions.length);
        instructions.push({ op: 'jump', to: -1 });
      }
      instructions.push({ op: 'any', over });
      if (over === 'words') this.restOfWord();
    }
    for (const at of splits) instructions[at] = { op: 'split', first: instructions.length, second: at + 1 };
    instructions.push({ op: 'boundary' });
  }

  private restOfWord(): void {
    const { instructions } = this;
    const at = instructions.length;
    instructions.push(
      { op: 'split', first: at + 3, second: at + 1 },
      { op: 'any', over: 'words' },
      { op: 'jump', to: at },
    );
    instructions.push({ op: 'split', first: at + 4, second: at + 5 }, { op: 'unit', unit: ' ' }, { op: 'boundary' });
  }

  /** Longer alternatives come first, so that 老公公 is not cut to 老公. */
  private choice(options: readonly Pattern[]): boolean {
    const { instructions } = this;
    // An empty lexicon matches nothing at all.
    if (options.length === 0) instructions.push({ op: 'unit', unit: '' });
    const ordered = [...options].sort((a, b) => lengthOf(b) - lengthOf(a));
    const ends: number[] = [];
    for (const [index, option] of ordered.entries()) {
      const split = instructions.length;
      const last = index === ordered.length - 1;
      if (!last) instructions.push({ op: 'jump', to: -1 });
      if (!this.emit(option)) return false;
      if (last) break;
      ends.push(instructions.length);
      instructions.push({ op: 'jump', to: -1 });
      instructions[split] = { op: 'split', first: split + 1, second: instructions.length };
    }
    for (const at of ends) instructions[at] = { op: 'jump', to: instructions.length };
    return true;
  }

  private optional(inner: () => boolean): boolean {
    const { instructions } = this;
    const split = instructions.length;
    instructions.push({ op: 'jump', to: -1 });
    const fits = inner();
    instructions[split] = { op: 'split', first: split + 1, second: instructions.length };
    return fits;
  }
}

function lengthOf(pattern: Pattern): number {
  if (pattern.kind === 'text') return pattern.text.length;
  if (pattern.kind === 'sequence') return pattern.items.reduce((sum, item) => sum + lengthOf(item), 0);
  if (pattern.kind === 'capture' || pattern.kind === 'disguised') return lengthOf(pattern.item);
  return 1;
}

/** A lower-case Latin letter. */
export function isLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

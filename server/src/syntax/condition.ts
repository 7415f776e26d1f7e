import { foldName, foldWidth } from '../base/names.ts';
import { isBlank, type Span } from '../base/span.ts';
import type { Word } from './line.ts';
import { isLine, type Tree } from './tree.ts';
import {
  builtinVariables,
  type Connective,
  connectives,
  type Operator,
  operators,
  spellings,
  type Term,
} from './vocabulary.ts';

/** The condition of a guarded jump. Spans count from the start of the line that holds it. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly operand: Condition }
  /** A boolean variable on its own. */
  | { readonly kind: 'holds'; readonly variable: Word }
  | { readonly kind: 'comparison'; readonly variable: Word; readonly operator: Operator; readonly value: Word };

export interface ConditionProblem extends Span {
  readonly kind: 'empty' | 'missing-variable' | 'missing-operator' | 'missing-value' | 'unexpected';
}

export interface ParsedCondition {
  /** Missing where nothing could be made of the text. */
  readonly condition?: Condition;
  /** Every variable that is named, known or not. */
  readonly variables: readonly Word[];
  readonly problems: readonly ConditionProblem[];
}

/**
 * Reads `逾期天数大于60 且 非 是否老客户`. The longest declared name wins, so blanks are optional; 非 binds tighter than
 * 且, and 且 tighter than 或.
 *
 * @param declared the names of the variables that the script knows
 */
export function parseCondition(text: Word, declared: Iterable<string>): ParsedCondition {
  const reader = new Reader(
    text,
    [...declared].sort((a, b) => b.length - a.length),
  );
  if (text.text === '') {
    return { variables: [], problems: [{ kind: 'empty', start: text.start, end: text.end }] };
  }
  const condition = text.text.length > longest ? undefined : reader.either();
  reader.finish();
  return { variables: reader.variables, problems: reader.problems, ...(condition && { condition }) };
}

/** The variables that a script declares or records, and those that every script has. */
export function variablesKnown({ frontMatter, lines }: Tree): string[] {
  const names = new Set(frontMatter.variables.map(({ name }) => name));
  for (const placed of lines) if (isLine(placed, 'record')) names.add(placed.line.variable.text);
  for (const { zh } of builtinVariables) names.add(zh[0]);
  return [...names];
}

/** No condition that a person wrote is longer; what is, becomes a problem instead of a very deep tree. */
const longest = 2000;

class Reader {
  readonly variables: Word[] = [];
  readonly problems: ConditionProblem[] = [];
  private at = 0;
  private depth = 0;
  private readonly folded: string;
  private readonly source: Word;
  private readonly declared: readonly string[];

  constructor(source: Word, declared: readonly string[]) {
    this.source = source;
    this.declared = declared;
    this.folded = foldWidth(source.text);
  }

  either(): Condition | undefined {
    let left = this.both();
    while (this.take(connectives, 'or')) left = joined('or', left, this.both());
    return left;
  }

  finish(): void {
    this.blanks();
    if (this.at < this.folded.length) this.problem('unexpected', this.at, this.folded.length);
  }

  private both(): Condition | undefined {
    let left = this.single();
    while (this.take(connectives, 'and')) left = joined('and', left, this.single());
    return left;
  }

  private single(): Condition | undefined {
    if (this.depth < 100 && !this.startsVariable() && this.take(connectives, 'not')) {
      this.depth++;
      const operand = this.single();
      this.depth--;
      return operand && { kind: 'not', operand };
    }
    const variable = this.variable();
    if (!variable) {
      this.problem('missing-variable', this.at, this.at);
      return undefined;
    }
    this.variables.push(variable);
    const operator = this.take(operators);
    if (!operator) {
      this.blanks();
      const next = this.at < this.folded.length && !this.connective();
      if (next) this.problem('missing-operator', this.at, this.at);
      return { kind: 'holds', variable };
    }
    const value = this.value();
    if (!value) {
      this.problem('missing-value', this.at, this.at);
      return undefined;
    }
    return { kind: 'comparison', variable, operator, value };
  }

  /** A declared name, the longest first; else everything up to an operator, a connective or a blank. */
  private variable(): Word | undefined {
    this.blanks();
    const known = this.declaredAt(this.at);
    if (known) return this.word(this.at, this.at + known);
    return this.run((at) => this.termAt(operators, at) !== undefined || this.connectiveAt(at));
  }

  private startsVariable(): boolean {
    this.blanks();
    return this.declaredAt(this.at) > 0;
  }

  private declaredAt(at: number): number {
    const found = this.declared.find(
      (name) => name !== '' && foldName(this.folded.slice(at, at + name.length)) === foldName(name),
    );
    return found?.length ?? 0;
  }

  private value(): Word | undefined {
    this.blanks();
    const closing = { '"': '"', '“': '”', '「': '」' }[this.folded.charAt(this.at)];
    const closed = closing === undefined ? -1 : this.folded.indexOf(closing, this.at + 1);
    if (closed > 0) {
      const inner = this.word(this.at + 1, closed);
      this.at = closed + 1;
      return inner;
    }
    return this.run((at) => this.connectiveAt(at));
  }

  private run(stops: (at: number) => boolean): Word | undefined {
    const start = this.at;
    let end = start;
    while (end < this.folded.length && !isBlank(this.folded.charCodeAt(end)) && !(end > start && stops(end))) end++;
    if (end === start || (start === this.at && stops(start))) return undefined;
    return this.word(start, end);
  }

  private connective(): boolean {
    return this.connectiveAt(this.at);
  }

  private connectiveAt(at: number): boolean {
    const found = this.termAt(connectives, at);
    return found !== undefined && found.term.id !== 'not';
  }

  private take<Id extends string>(terms: readonly Term<Id>[], only?: Connective): Id | undefined {
    this.blanks();
    const found = this.termAt(terms, this.at);
    if (!found || (only && found.term.id !== only)) return undefined;
    this.at += found.length;
    return found.term.id;
  }

  /** The term that is spelt at an offset, the longest spelling first; English words need an end. */
  private termAt<Id extends string>(
    terms: readonly Term<Id>[],
    at: number,
  ): { term: Term<Id>; length: number } | undefined {
    let best: { term: Term<Id>; length: number } | undefined;
    for (const term of terms) {
      for (const spelling of spellings(term)) {
        if (!this.folded.startsWith(spelling, at) || spelling.length <= (best?.length ?? 0)) continue;
        const latin = /^[a-z]/.test(spelling);
        const bounded =
          !/[a-z0-9]/.test(this.folded.charAt(at - 1)) && !/[a-z0-9]/.test(this.folded.charAt(at + spelling.length));
        if (!latin || bounded) best = { term, length: spelling.length };
      }
    }
    return best;
  }

  private word(from: number, to: number): Word {
    this.at = to;
    const { start } = this.source;
    return { text: this.source.text.slice(from, to), start: start + from, end: start + to };
  }

  private blanks(): void {
    while (this.at < this.folded.length && isBlank(this.folded.charCodeAt(this.at))) this.at++;
  }

  private problem(kind: ConditionProblem['kind'], from: number, to: number): void {
    const { start } = this.source;
    this.problems.push({ kind, start: start + from, end: start + to });
  }
}

function joined(kind: 'and' | 'or', left: Condition | undefined, right: Condition | undefined): Condition | undefined {
  return left && right ? { kind, left, right } : (left ?? right);
}

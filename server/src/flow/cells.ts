import { foldName } from '../base/names.ts';
import type { Condition } from '../syntax/condition.ts';
import type { VariableDeclaration } from '../syntax/frontMatter.ts';
import { booleans, findTerm, type Operator, type VariableType } from '../syntax/vocabulary.ts';

/** What a condition asks of one variable: `逾期天数 大于 60`, or a boolean on its own. */
export type Atom = Extract<Condition, { kind: 'holds' | 'comparison' }>;

/** A set of values that no condition tells apart: the truth of each question, in the order of the questions. */
export type Cell = readonly boolean[];

/** What several atoms ask of one variable, those that ask the same together, and the sets of values that answer differently. */
export interface Partition {
  readonly questions: readonly (readonly Atom[])[];
  readonly cells: readonly Cell[];
}

/** There are six ways to compare with a value. */
const comparisons = 6;

/**
 * Divides the values of a variable by what conditions ask of it. Where values cannot be compared (a date that is no date), each
 * question becomes a partition of its own: the same question always has the same answer, and different ones are unrelated.
 *
 * @param most more cells are of no use to anybody: where there would be more, there is no partition
 */
export function partitionsOf(
  atoms: readonly Atom[],
  declaration: VariableDeclaration | undefined,
  most: number,
): readonly Partition[] {
  const questions = [...grouped(atoms, wordsOf).values()];
  if (questions.length > comparisons * most) return [];
  const answers = answersOf(
    questions.flatMap(([first]) => first ?? []),
    declaration,
    most,
  );
  if (answers === 'many') return [];
  if (answers && answers.length > 0) return [{ questions, cells: distinct(answers) }];
  return [...grouped(atoms, (atom) => questionOf(atom).key).values()].map((same) => {
    const asked = [...grouped(same, wordsOf).values()];
    const isNegated = ([first]: readonly Atom[]): boolean => first !== undefined && questionOf(first).negated;
    return {
      questions: asked,
      cells: [true, false].map((answer) => asked.map((each) => isNegated(each) !== answer)),
    };
  });
}

function grouped(atoms: readonly Atom[], keyOf: (atom: Atom) => string): ReadonlyMap<string, readonly Atom[]> {
  const groups = new Map<string, Atom[]>();
  for (const atom of atoms) {
    const key = keyOf(atom);
    const group = groups.get(key);
    if (group) group.push(atom);
    else groups.set(key, [atom]);
  }
  return groups;
}

/** What an atom asks, as it is written. */
function wordsOf(atom: Atom): string {
  return atom.kind === 'holds' ? 'holds' : `${atom.operator} ${foldName(atom.value.text)}`;
}

function distinct(cells: readonly Cell[]): readonly Cell[] {
  return [...new Map(cells.map((cell) => [cell.map(Number).join(''), cell])).values()];
}

/** Whether a comparison says the opposite of another one: 小于 of 大于等于. */
const opposites: { readonly [operator in Operator]?: Operator } = { '<': '>=', '<=': '>', '!=': '==' };

function questionOf(atom: Atom): { readonly key: string; readonly negated: boolean } {
  if (atom.kind === 'holds') return { key: 'holds', negated: false };
  const opposite = opposites[atom.operator];
  return { key: `${opposite ?? atom.operator} ${foldName(atom.value.text)}`, negated: opposite !== undefined };
}

/** The answers to all atoms for values enough to meet every combination; nothing where values cannot be compared. */
function answersOf(
  atoms: readonly Atom[],
  declaration: VariableDeclaration | undefined,
  most: number,
): readonly Cell[] | 'many' | undefined {
  const type = declaration?.type ?? guessedType(atoms);
  switch (type) {
    case 'boolean':
      return booleanAnswers(atoms);
    case 'enum':
    case 'text':
    case 'salutation':
    case 'phone':
      return namedAnswers(atoms, declaration?.values?.value);
    case 'integer':
    case 'decimal':
    case 'money':
    case 'date':
    case 'time':
      return orderedAnswers(atoms, type, declaration?.range?.value, most);
    default:
      return type satisfies undefined;
  }
}

/** What a variable that `记录` brings in is, by what conditions make of it. */
function guessedType(atoms: readonly Atom[]): VariableType | undefined {
  if (atoms.some(({ kind }) => kind === 'holds')) return 'boolean';
  const values = atoms.flatMap((atom) => (atom.kind === 'comparison' ? [atom.value.text] : []));
  for (const type of ['decimal', 'date', 'time'] as const)
    if (values.every((value) => numberOf(value, type) !== undefined)) return type;
  return 'text';
}

function booleanAnswers(atoms: readonly Atom[]): readonly Cell[] | undefined {
  const asked = atoms.map((atom) => {
    if (atom.kind === 'holds') return { wants: true };
    const id = findTerm(booleans, atom.value.text)?.id;
    if (id === undefined || (atom.operator !== '==' && atom.operator !== '!=')) return undefined;
    return { wants: (id === 'true') === (atom.operator === '==') };
  });
  if (asked.includes(undefined)) return undefined;
  return [true, false].map((value) => asked.map((each) => each?.wants === value));
}

function namedAnswers(atoms: readonly Atom[], declared: readonly string[] | undefined): readonly Cell[] | undefined {
  const asked: { readonly name: string; readonly equal: boolean }[] = [];
  for (const atom of atoms) {
    if (atom.kind === 'holds' || (atom.operator !== '==' && atom.operator !== '!=')) return undefined;
    asked.push({ name: foldName(atom.value.text), equal: atom.operator === '==' });
  }
  const names = declared?.map(foldName);
  // A name that is no value of an enum is a mistake of its own.
  if (names && asked.some(({ name }) => !names.includes(name))) return undefined;
  // A text can also be none of the names: the answer of `undefined`.
  const values = names ?? [...asked.map(({ name }) => name), undefined];
  return values.map((value) => asked.map(({ name, equal }) => (name === value) === equal));
}

function orderedAnswers(
  atoms: readonly Atom[],
  type: VariableType,
  range: string | undefined,
  most: number,
): readonly Cell[] | 'many' | undefined {
  const asked: { readonly operator: Operator; readonly limit: number }[] = [];
  for (const atom of atoms) {
    const limit = atom.kind === 'comparison' ? numberOf(atom.value.text, type) : undefined;
    if (atom.kind === 'holds' || limit === undefined) return undefined;
    asked.push({ operator: atom.operator, limit });
  }
  const { least, most: greatest } = rangeOf(range, type);
  const limits = [...new Set([...asked.map(({ limit }) => limit), least, greatest])]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (limits.length > most) return 'many';
  const values = limits.flatMap((limit, index) =>
    type === 'integer'
      ? [Math.ceil(limit) - 1, Math.floor(limit), Math.ceil(limit), Math.floor(limit) + 1]
      : [limit, (limit + (limits[index + 1] ?? limit + 2)) / 2],
  );
  const all = type === 'integer' ? values : [(limits[0] ?? 0) - 1, ...values];
  return all
    .filter((value) => value >= least && value <= greatest)
    .map((value) => asked.map(({ operator, limit }) => compares(value, operator, limit)));
}

/**
 * Whether a question holds for a value, read by the type of the variable; nothing where the two cannot be compared, such as a
 * date that is no date. Without a declaration the type is what the question and the value look like.
 */
export function holdsFor(atom: Atom, value: string, declaration: VariableDeclaration | undefined): boolean | undefined {
  if (atom.kind === 'holds') return booleanOf(value);
  const wanted = atom.value.text;
  const type = declaration?.type ?? guessedType([atom]);
  if (type === 'boolean' || (!declaration && booleanOf(value) !== undefined)) {
    const [left, right] = [booleanOf(value), booleanOf(wanted)];
    return left === undefined || right === undefined ? undefined : equality(left === right, atom.operator);
  }
  if (type !== undefined && isOrdered(type)) {
    const [left, right] = [numberOf(value, type), numberOf(wanted, type)];
    if (left !== undefined && right !== undefined) return compares(left, atom.operator, right);
  }
  return equality(foldName(value) === foldName(wanted), atom.operator);
}

/** Whether a value is what its variable can be; `range` and `values` of the declaration count. */
export function suits(value: string, { type, range, values }: VariableDeclaration): boolean {
  if (type === 'boolean') return booleanOf(value) !== undefined;
  if (type === 'enum') return values === undefined || values.value.map(foldName).includes(foldName(value));
  if (!isOrdered(type)) return true;
  const number = numberOf(value, type);
  // Dates and times are written in many ways (`6月5日`), and are mostly only said.
  if (number === undefined) return type === 'date' || type === 'time';
  const { least, most } = rangeOf(range?.value, type);
  return least <= number && number <= most && (type !== 'integer' || Number.isInteger(number));
}

function booleanOf(value: string): boolean | undefined {
  const id = findTerm(booleans, value)?.id;
  return id === undefined ? undefined : id === 'true';
}

function equality(equal: boolean, operator: Operator): boolean | undefined {
  return operator === '==' ? equal : operator === '!=' ? !equal : undefined;
}

function isOrdered(type: VariableType): boolean {
  return type === 'integer' || type === 'decimal' || type === 'money' || type === 'date' || type === 'time';
}

function compares(value: number, operator: Operator, limit: number): boolean {
  switch (operator) {
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '==':
      return value === limit;
    case '!=':
      return value !== limit;
    default:
      return operator satisfies never;
  }
}

/** `1..180`; either end may be open. A range without a value in it is a slip and counts as none. */
function rangeOf(range: string | undefined, type: VariableType): { readonly least: number; readonly most: number } {
  const [from = '', to = ''] = range?.split(/\.\.|[…~～]/) ?? [];
  const least = numberOf(from, type) ?? Number.NEGATIVE_INFINITY;
  const most = numberOf(to, type) ?? Number.POSITIVE_INFINITY;
  return least <= most ? { least, most } : { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
}

/** A number, or the number that stands for a date or a time of day in their order. */
function numberOf(text: string, type: VariableType): number | undefined {
  const plain = text.normalize('NFKC').trim();
  if (type === 'date') {
    const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain);
    return match ? Number(match[1]) * 10_000 + Number(match[2]) * 100 + Number(match[3]) : undefined;
  }
  if (type === 'time') {
    const match = /^(\d{1,2}):(\d{2})$/.exec(plain);
    return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
  }
  return /^-?\d[\d,]*(\.\d+)?$/.test(plain) ? Number(plain.replaceAll(',', '')) : undefined;
}

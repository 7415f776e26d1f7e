import { kinds } from './kinds.ts';
import { holds, mayPass, reads } from './machine.ts';
import { digits, type Instruction, type Program } from './program.ts';
import type { Reading } from './reading.ts';
import { isSound } from './sounds.ts';

/**
 * Whether a program matches a text at all, answered by an automaton that is built as texts come: a step costs a look-up in a
 * table, where the program's own machine follows many threads. Nearly every program that is asked says no. Nothing when the
 * program has grown too large to say.
 */
export function accepts(program: Program, { text, kinds: kindsThere }: Reading): boolean | undefined {
  if (steps > mostSteps) {
    steps = 0;
    automata = new WeakMap();
  }
  let automaton = automata.get(program);
  if (!automaton) {
    automaton = new Automaton(program);
    automata.set(program, automaton);
  }
  return automaton.accepts(text, kindsThere);
}

/** With wide gaps a program can be in very many states; from here on its own machine is run instead. */
const mostStates = 3000;

/** Steps of all programs before everything is forgotten: what texts can ask for has no end. */
const mostSteps = 2_000_000;
let steps = 0;
let automata = new WeakMap<Program, Automaton>();

/** What stands in the table where a step leads to a match, or was never taken; other numbers are states, from 1. */
const [accepted, untaken] = [-1, 0];

interface State {
  /** Instructions that threads may be at, before the next unit is known. */
  readonly at: readonly number[];
  /** The kind of the unit before. */
  readonly before: number;
}

class Automaton {
  private readonly instructions: readonly Instruction[];
  private readonly disguised: boolean;
  /** The codes of the units that the program tells apart from others of their kind. */
  private readonly named = new Set<number>();
  /** Units in classes: the first are the kinds, then come those that are named, each with its kind. */
  private readonly classes = new Map<number, number>();
  private readonly states: State[] = [];
  private readonly numbers = new Map<string, number>();
  /** For each state a row with a place for each class. */
  private table = new Int32Array(0);
  private width = 16;

  constructor({ instructions, disguised }: Program) {
    this.instructions = instructions;
    this.disguised = disguised;
    for (const instruction of instructions) {
      if (instruction.op === 'unit') this.named.add(instruction.unit.charCodeAt(0));
      else if (instruction.op === 'digit') for (const digit of digits) this.named.add(digit.charCodeAt(0));
    }
    this.stateOf([], kinds.edge);
  }

  accepts(text: string, kindsThere: Uint8Array): boolean | undefined {
    if (this.states.length > mostStates) return undefined;
    let state = 1;
    for (let at = 0; at < text.length; at++) {
      const kind = kindsThere[at] as number;
      const code = text.charCodeAt(at);
      // Most units are to a program what any other of their kind is.
      const unitClass = this.isNamed(code) ? this.classOf(8 * code + kind) : kind;
      let next = this.table[(state - 1) * this.width + unitClass] as number;
      if (next === untaken) next = this.step(state, unitClass, String.fromCharCode(code), kind);
      if (next === accepted) return true;
      state = next;
    }
    const last = this.table[(state - 1) * this.width + kinds.edge] as number;
    return (last === untaken ? this.step(state, kinds.edge, '', kinds.edge) : last) === accepted;
  }

  private isNamed(code: number): boolean {
    return this.named.has(code) || isSound(code) || (this.disguised && code >= 0x3400 && code <= 0x9fff);
  }

  private classOf(key: number): number {
    let known = this.classes.get(key);
    if (known === undefined) {
      known = kinds.edge + 1 + this.classes.size;
      this.classes.set(key, known);
      if (known >= this.width) this.layOut(2 * this.width);
    }
    return known;
  }

  /** Makes room for more states, or for more classes. */
  private layOut(width: number): void {
    const rows = Math.max(8, 2 ** Math.ceil(Math.log2(this.states.length + 1)));
    const table = new Int32Array(rows * width);
    for (let row = 0; row < this.states.length && this.table.length > 0; row++)
      table.set(this.table.subarray(row * this.width, (row + 1) * this.width), row * width);
    this.table = table;
    this.width = width;
  }

  /** A step that was never taken before. */
  private step(state: number, unitClass: number, unit: string, kind: number): number {
    const next = this.follow(this.states[state - 1] as State, unit, kind);
    this.table[(state - 1) * this.width + unitClass] = next;
    steps++;
    return next;
  }

  /** Where threads are after a unit: those there were, and one that begins before it. */
  private follow(state: State, unit: string, kind: number): number {
    const code = unit.charCodeAt(0);
    const sound = isSound(code) ? code : 0;
    if (seen.length < this.instructions.length) seen = new Uint32Array(this.instructions.length);
    mark++;
    const after: number[] = [];
    const places = [...state.at, 0];
    for (let at = places.pop(); at !== undefined; at = places.pop()) {
      if (seen[at] === mark) continue;
      seen[at] = mark;
      const instruction = this.instructions[at];
      if (!instruction) continue;
      switch (instruction.op) {
        case 'match':
          return accepted;
        case 'jump':
          places.push(instruction.to);
          break;
        case 'split':
          places.push(instruction.first, instruction.second);
          break;
        case 'save':
          places.push(at + 1);
          break;
        case 'boundary':
        case 'clause-start':
        case 'clause-end':
          if (holds(instruction.op, state.before, kind)) places.push(at + 1);
          break;
        case 'any':
          if (mayPass(instruction.over, kind)) after.push(at + 1);
          break;
        default:
          if (unit !== '' && reads(instruction, unit, sound)) after.push(at + 1);
      }
    }
    return this.stateOf(
      after.sort((a, b) => a - b),
      kind,
    );
  }

  private stateOf(at: readonly number[], before: number): number {
    const key = `${before} ${at.join(' ')}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.states.push({ at, before });
      this.numbers.set(key, number);
      if (number * this.width > this.table.length) this.layOut(this.width);
    }
    return number;
  }
}

/** Marks the instructions that were followed in this step; never cleared. */
let seen = new Uint32Array(0);
let mark = 0;

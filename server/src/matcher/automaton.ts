import { kinds, kindsOf } from './kinds.ts';
import { digits, holds, type Instruction, mayPass, type Program, reads, run } from './program.ts';
import { isSound } from './sounds.ts';

/**
 * Whether a program matches a text at all, answered by an automaton that is built as texts come: a step costs one look-up
 * where the program's own machine follows many threads. Nearly every program that is asked says no.
 */
export function occursIn(program: Program, text: string): boolean {
  if (asked.text !== text) asked = { text, answers: new Map() };
  const known = asked.answers.get(program);
  if (known !== undefined) return known;
  const answer = automatonOf(program).accepts(text, kindsOf(text)) ?? !run(program, text).next().done;
  asked.answers.set(program, answer);
  return answer;
}

/** What is known of the last text: the rules and contexts of a line ask for the same programs again and again. */
let asked: { readonly text: string; readonly answers: Map<Program, boolean> } = { text: '', answers: new Map() };

/** Whether a program matches between two offsets. */
export function occurs(program: Program, text: string, from = 0, to = text.length): boolean {
  if (!occursIn(program, text)) return false;
  return (from === 0 && to === text.length) || !run(program, text, from, to).next().done;
}

/** Instructions that threads may be at, before the next unit is known. */
interface State {
  readonly at: readonly number[];
  /** The kind of the unit before. */
  readonly before: number;
  /** By what the program tells apart of a unit, in one number. */
  readonly next: Map<number, State | typeof accepted>;
}

const accepted = 'accepted';

/** With wide gaps a program can be in very many states; from here on its own machine is run instead. */
const mostStates = 3000;

/** Steps of all programs before everything is forgotten: what texts can ask for has no end. */
const mostSteps = 2_000_000;
let steps = 0;
let automata = new WeakMap<Program, Automaton>();

function automatonOf(program: Program): Automaton {
  if (steps > mostSteps) {
    steps = 0;
    automata = new WeakMap();
  }
  let automaton = automata.get(program);
  if (!automaton) {
    automaton = new Automaton(program);
    automata.set(program, automaton);
  }
  return automaton;
}

class Automaton {
  private readonly instructions: readonly Instruction[];
  private readonly disguised: boolean;
  /** The codes of the units that the program tells apart from others of their kind. */
  private readonly named = new Set<number>();
  private readonly states = new Map<string, State>();
  private readonly start = this.stateOf([], kinds.edge);

  constructor({ instructions, disguised }: Program) {
    this.instructions = instructions;
    this.disguised = disguised;
    for (const instruction of instructions) {
      if (instruction.op === 'unit') this.named.add(instruction.unit.charCodeAt(0));
      else if (instruction.op === 'digit') for (const digit of digits) this.named.add(digit.charCodeAt(0));
    }
  }

  /** Nothing when the program has grown too large to say. */
  accepts(text: string, kindsThere: Uint8Array): boolean | undefined {
    if (this.states.size > mostStates) return undefined;
    let state = this.start;
    for (let i = 0; i < text.length; i++) {
      const kind = kindsThere[i] ?? kinds.other;
      const code = text.charCodeAt(i);
      // Most units are to a program what any other of their kind is.
      const key = this.isNamed(code) ? 8 * code + kind : kind - 8;
      const next = state.next.get(key) ?? this.step(state, key, String.fromCharCode(code), kind);
      if (next === accepted) return true;
      state = next;
    }
    return (state.next.get(kinds.edge - 8) ?? this.step(state, kinds.edge - 8, '', kinds.edge)) === accepted;
  }

  /** A step that was never taken before. */
  private step(state: State, key: number, unit: string, kind: number): State | typeof accepted {
    const next = this.follow(state, unit, kind);
    state.next.set(key, next);
    steps++;
    return next;
  }

  private isNamed(code: number): boolean {
    return this.named.has(code) || isSound(code) || (this.disguised && code >= 0x3400 && code <= 0x9fff);
  }

  /** Where threads are after a unit: those there were, and one that begins before it. */
  private follow(state: State, unit: string, kind: number): State | typeof accepted {
    const code = unit.charCodeAt(0);
    const sound = isSound(code) ? code : 0;
    const seen = new Set<number>();
    const after = new Set<number>();
    const places = [...state.at, 0];
    for (let at = places.pop(); at !== undefined; at = places.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
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
          if (mayPass(instruction.over, kind)) after.add(at + 1);
          break;
        default:
          if (unit !== '' && reads(instruction, unit, sound)) after.add(at + 1);
      }
    }
    return this.stateOf(
      [...after].sort((a, b) => a - b),
      kind,
    );
  }

  private stateOf(at: readonly number[], before: number): State {
    const key = `${before} ${at.join(' ')}`;
    let state = this.states.get(key);
    if (!state) {
      state = { at, before, next: new Map() };
      this.states.set(key, state);
    }
    return state;
  }
}

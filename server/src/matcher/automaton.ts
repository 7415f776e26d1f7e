import { standsAt } from './anchors.ts';
import { kinds, kindsOf } from './kinds.ts';
import { holds, type Instruction, isDigit, mayPass, type Program, reads, run } from './program.ts';
import { isSound } from './sounds.ts';

/**
 * Whether a program matches a text at all, answered by an automaton that is built as texts come: a step costs one look-up
 * where the program's own machine follows many threads. Nearly every program that is asked says no.
 */
export function occursIn(program: Program, text: string): boolean {
  if (!mayMatch(program, text)) return false;
  if (asked.text !== text) asked = { text, answers: new Map() };
  const known = asked.answers.get(program);
  if (known !== undefined) return known;
  const answer = automatonOf(program).accepts(text, kindsOf(text));
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

/** A quick look that rules most programs out. */
function mayMatch({ anchors, disguised }: Program, text: string): boolean {
  return disguised || anchors.some((way) => way.every((list) => list.some((anchor) => standsIn(anchor, text))));
}

function standsIn(anchor: string, text: string): boolean {
  if (text.includes(anchor)) return true;
  for (const sound of soundsIn(text)) {
    for (let i = 0; i < anchor.length; i++) if (standsAt(anchor, text, sound - i)) return true;
  }
  return false;
}

let soundText = '';
let sounds: readonly number[] = [];

/** Where a text has sounds in the place of characters; of most texts nowhere. */
function soundsIn(text: string): readonly number[] {
  if (soundText !== text) {
    soundText = text;
    sounds = [...text.matchAll(/[\ue100-\ue419]/g)].map(({ index }) => index);
  }
  return sounds;
}

/** Instructions that threads may be at, before the next unit is known. */
interface State {
  readonly at: readonly number[];
  /** The kind of the unit before. */
  readonly before: number;
  readonly next: Map<string | number, State | typeof accepted>;
}

const accepted = 'accepted';

/** States of one program, and of all, before everything is forgotten: what a text can ask for has no end. */
const mostStates = 500;
const mostOfAll = 200_000;
let statesOfAll = 0;
let automata = new WeakMap<Program, Automaton>();

function automatonOf(program: Program): Automaton {
  if (statesOfAll > mostOfAll) {
    statesOfAll = 0;
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
  /** The units that the program tells apart from others of their kind. */
  private readonly named = new Set<string>();
  private readonly hasNumbers: boolean;
  private states = new Map<string, State>();
  private start = this.stateOf([], kinds.edge);

  constructor({ instructions, disguised }: Program) {
    this.instructions = instructions;
    this.disguised = disguised;
    for (const instruction of instructions) if (instruction.op === 'unit') this.named.add(instruction.unit);
    this.hasNumbers = instructions.some(({ op }) => op === 'digit');
  }

  accepts(text: string, kindsThere: Uint8Array): boolean {
    let state = this.start;
    for (let i = 0; i < text.length; i++) {
      const kind = kindsThere[i] ?? kinds.other;
      const next = this.step(state, text.charAt(i), kind);
      if (next === accepted) return true;
      state = next;
    }
    return this.step(state, '', kinds.edge) === accepted;
  }

  private step(state: State, unit: string, kind: number): State | typeof accepted {
    const key = this.isNamed(unit) ? unit : kind;
    let next = state.next.get(key);
    if (!next) {
      next = this.follow(state, unit, kind);
      state.next.set(key, next);
    }
    return next;
  }

  private isNamed(unit: string): boolean {
    if (this.named.has(unit) || (this.hasNumbers && isDigit(unit))) return true;
    const code = unit.charCodeAt(0);
    return isSound(code) || (this.disguised && code >= 0x3400 && code <= 0x9fff);
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
    if (this.states.size > mostStates) {
      this.states = new Map();
      this.start = this.stateOf([], kinds.edge);
    }
    const key = `${before} ${at.join(' ')}`;
    let state = this.states.get(key);
    if (!state) {
      state = { at, before, next: new Map() };
      this.states.set(key, state);
      statesOfAll++;
    }
    return state;
  }
}

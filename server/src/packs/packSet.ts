import { foldName } from '../base/names.ts';
import type {
  Alternative,
  Detector,
  FlowRule,
  Knowledge,
  Pack,
  Reply,
  Source,
  Step,
  SuggestedVariable,
  WordingRule,
} from './pack.ts';

/** The packs in force for a script, as one. Where two packs define the same thing, the later one wins. */
export interface PackSet {
  readonly packs: readonly Pack[];
  readonly rules: readonly WordingRule[];
  readonly flow: readonly FlowRule[];
  readonly detectors: readonly Detector[];
  readonly knowledge: readonly Knowledge[];
  readonly steps: readonly Step[];
  readonly replies: readonly Reply[];
  readonly variables: readonly SuggestedVariable[];
  readonly discreet: readonly Alternative[];
  /** A rule about wording or about the flow. */
  rule(id: string): WordingRule | FlowRule | undefined;
  source(id: string): Source | undefined;
  /** The step with this name, alias or id. */
  step(name: string): Step | undefined;
  /** The reply category with this name, alias or id. */
  reply(name: string): Reply | undefined;
  /** Whether a rule holds on a day such as `2026-06-01`: on its own dates, and with at least one source in force. */
  inForce(rule: WordingRule | FlowRule, day: string): boolean;
  /** The sources of a rule or step that are in force on a day such as `2026-06-01`. */
  sourcesInForce(ids: readonly string[], day: string): readonly Source[];
}

export function packSetOf(packs: readonly Pack[]): PackSet {
  const rules = byId(packs.flatMap((pack) => pack.rules));
  const flow = byId(packs.flatMap((pack) => pack.flow));
  const sources = byId(packs.flatMap((pack) => pack.sources));
  const steps = byId(packs.flatMap((pack) => pack.steps));
  const replies = byId(packs.flatMap((pack) => pack.replies));
  const stepNames = byName(steps.values());
  const replyNames = byName(replies.values());
  const sourcesInForce: PackSet['sourcesInForce'] = (ids, day) =>
    ids.flatMap((id) => {
      const source = sources.get(id);
      return source && covers(source, day) ? [source] : [];
    });
  // Asked for every line of a script; there is one day in question, or a few.
  const inForceOn = new Map<string, ReadonlySet<WordingRule | FlowRule>>();
  return {
    packs,
    rules: [...rules.values()],
    flow: [...flow.values()],
    knowledge: [...byId(packs.flatMap((pack) => pack.knowledge)).values()],
    detectors: [...byId(packs.flatMap((pack) => pack.detectors)).values()],
    steps: [...steps.values()],
    replies: [...replies.values()],
    variables: packs.flatMap((pack) => pack.variables),
    discreet: packs.flatMap((pack) => pack.discreet),
    rule: (id) => rules.get(id) ?? flow.get(id),
    source: (id) => sources.get(id),
    step: (name) => stepNames.get(foldName(name)),
    reply: (name) => replyNames.get(foldName(name)),
    sourcesInForce,
    inForce(rule, day) {
      let known = inForceOn.get(day);
      if (!known) {
        known = new Set(
          [...rules.values(), ...flow.values()].filter(
            (each) => covers(each, day) && sourcesInForce(each.sources, day).length > 0,
          ),
        );
        inForceOn.set(day, known);
      }
      return known.has(rule);
    },
  };
}

function covers({ from, to }: { readonly from?: string; readonly to?: string }, day: string): boolean {
  return (from ?? '') <= day && day <= (to ?? '9999-12-31');
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function byName<T extends Step | Reply>(items: Iterable<T>): Map<string, T> {
  const names = new Map<string, T>();
  for (const item of items) {
    for (const name of [item.id, item.name.zh, item.name.en, ...item.aliases]) {
      // A name of its own beats an alias of another.
      if (!names.has(foldName(name)) || name === item.name.zh || name === item.name.en) names.set(foldName(name), item);
    }
  }
  return names;
}

import { mostTexts, RecentOf } from '../base/recent.ts';
import { type Span, shift } from '../base/span.ts';
import { detached } from '../base/text.ts';
import type { Facts } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Speech } from '../syntax/line.ts';
import type { CompiledRule } from './compiledPack.ts';
import { engineOf, noFacts } from './engine.ts';
import { isThere } from './sought.ts';

/** What a speech gives rules about wording to look at, whoever says it and whatever is known where it stands. */
export interface Suspicion {
  /** Those that may find something in it. Of those that ask what is known nobody has looked whether they do: most are about other situations. */
  readonly rules: readonly CompiledRule[];
  /** What it says itself about the situation, if one of them asks. */
  readonly evidence: Facts;
}

const remembered = new RecentOf<PackSet, Suspicion>(mostTexts);

/** What a line does and how it is worded both ask, at different times, and most lines need not be looked at again. */
export function suspicionOf(speech: Speech, packs: PackSet): Suspicion {
  const known = remembered.of(packs);
  const gaps = gapsIn(speech);
  const key = gaps.length === 0 ? speech.text : `${speech.text}\n${gaps.map(({ start }) => start).join(' ')}`;
  let suspicion = known.get(key);
  if (!suspicion) {
    suspicion = suspicionIn(speech.text, gaps, packs);
    known.set(gaps.length === 0 ? detached(key) : key, suspicion);
  }
  return suspicion;
}

const none: Suspicion = { rules: [], evidence: noFacts };

function suspicionIn(text: string, gaps: readonly Span[], packs: PackSet): Suspicion {
  const read = engineOf(packs).read(text, gaps);
  const rules: CompiledRule[] = [];
  for (const each of read.rules) if (each.of.asksFacts || isThere(each, read.reading)) rules.push(each.of);
  if (rules.length === 0) return none;
  return { rules, evidence: rules.some(({ asksFacts }) => asksFacts) ? read.evidence : noFacts };
}

/** Where the text of a speech has its variables, from its beginning. */
export function gapsIn({ start, variables }: Speech): readonly Span[] {
  return variables.length === 0 ? noGaps : variables.map(({ braces }) => shift(braces, -start));
}

const noGaps: readonly Span[] = [];

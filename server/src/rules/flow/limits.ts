import type { Span } from '../../base/span.ts';
import type { Point } from '../../flow/graph.ts';
import type { Paths } from '../../flow/paths.ts';
import type { Script } from '../../model/script.ts';
import type { FlowRule } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import { isLine, type ScriptNode } from '../../syntax/tree.ts';
import { nodeSpan } from '../structure/way.ts';
import { appliesTo } from './rulesFor.ts';

/** A value of the front matter, or the length of a message, beyond what a rule allows. */
export interface LimitBreach extends Span {
  readonly rule: FlowRule;
  readonly value: string;
  readonly limit: string;
  /** What the value can be changed to; a message cannot be shortened by rule. */
  readonly mended?: string;
  readonly way?: readonly Point[];
}

/** Everything in a script that goes beyond the limits of a rule in force. */
export function limitBreaches(script: Script, packs: PackSet, day: string, paths: Paths): LimitBreach[] {
  const rules = packs.flow.filter(
    (rule) => rule.kind === 'limits' && packs.inForce(rule, day) && appliesTo(rule, script),
  );
  return rules.flatMap((rule) => [
    ...hoursBreach(rule, script),
    ...frequencyBreaches(rule, script),
    ...lengthBreaches(rule, script, paths),
  ]);
}

/** How many things of a script a rule has a limit for. */
export function limitedBy({ limits }: FlowRule, { tree }: Script): number {
  const { hours, frequency } = tree.frontMatter;
  const counts = (['unanswered', 'connected'] as const).filter(
    (kind) => limits[kind] !== undefined && frequency?.value[kind] !== undefined,
  );
  return (limits.hours && hours ? 1 : 0) + counts.length + (limits.characters === undefined ? 0 : tree.nodes.length);
}

function hoursBreach(rule: FlowRule, { tree }: Script): LimitBreach[] {
  const { hours } = tree.frontMatter;
  const allowed = rule.limits.hours;
  if (!hours || !allowed) return [];
  const { from, to } = hours.value;
  if (from >= allowed.from && to <= allowed.to && from < to) return [];
  // What is allowed of it stays; where that is nothing, all that is allowed.
  const inside = { from: Math.max(from, allowed.from), to: Math.min(to, allowed.to) };
  const mended = timesOf(from < to && inside.from < inside.to ? inside : allowed);
  return [{ rule, start: hours.start, end: hours.end, value: timesOf(hours.value), limit: timesOf(allowed), mended }];
}

export function timesOf({ from, to }: { readonly from: number; readonly to: number }): string {
  const time = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return `${time(from)}-${time(to)}`;
}

function frequencyBreaches(rule: FlowRule, { tree, written: text }: Script): LimitBreach[] {
  const { frequency } = tree.frontMatter;
  if (!frequency) return [];
  return (['unanswered', 'connected'] as const).flatMap((kind): LimitBreach[] => {
    const [value, limit] = [frequency.value[kind], rule.limits[kind]];
    if (value === undefined || limit === undefined || value <= limit) return [];
    // The number itself, where it stands in the text of the value.
    const written = text.slice(frequency.start, frequency.end);
    const at = new RegExp(kind === 'unanswered' ? '(未接通|unanswered)\\D*' : '(?<!未)(接通|connected)\\D*').exec(
      written,
    );
    const start = frequency.start + (at ? at.index + at[0].length : 0);
    const end = at ? start + String(value).length : frequency.end;
    return [{ rule, start, end, value: String(value), limit: String(limit), ...(at && { mended: String(limit) }) }];
  });
}

function lengthBreaches(rule: FlowRule, script: Script, { graph, witness }: Paths): LimitBreach[] {
  const most = rule.limits.characters;
  if (most === undefined) return [];
  return script.tree.nodes.flatMap((node): LimitBreach[] => {
    const length = lengthOf(node, script);
    if (length <= most) return [];
    const [point] = graph.into(node);
    return [
      { rule, ...nodeSpan(node), value: String(length), limit: String(most), ...(point && { way: witness(point) }) },
    ];
  });
}

/** The characters of a message, its variables filled with their samples. */
function lengthOf({ lead }: ScriptNode, script: Script): number {
  let length = 0;
  for (const placed of lead) {
    if (!isLine(placed, 'utterance') || placed.line.speaker !== 'agent') continue;
    const { text, variables } = placed.line.speech;
    length += text.length;
    for (const { text: name, braces } of variables)
      length += (script.declaration(name)?.sample?.value ?? name).length - (braces.end - braces.start);
  }
  return length;
}

import { type Edit, insertion } from '../../../base/edit.ts';
import type { Point } from '../../../flow/graph.ts';
import type { Paths } from '../../../flow/paths.ts';
import type { Spots } from '../../../flow/spots.ts';
import { declareVariables } from '../../../model/declare.ts';
import type { Script } from '../../../model/script.ts';
import type { RenderedStep } from '../../../model/template.ts';
import type { Hand } from '../../../model/writing.ts';
import type { FlowRule } from '../../../packs/pack.ts';
import type { PackSet } from '../../../packs/packSet.ts';
import type { Utterance } from '../../../syntax/line.ts';
import { isLine, type Placed, type ScriptNode } from '../../../syntax/tree.ts';

/** What a fix has to work with. */
export interface Site {
  readonly rule: FlowRule;
  readonly script: Script;
  readonly packs: PackSet;
  readonly write: Hand;
  readonly paths: Paths;
  readonly point: Point;
  /** The points of the way that stand in the script: up to the violation, and all of them. */
  readonly before: readonly Point[];
  readonly way: readonly Point[];
  /** Where it began that something must not, or has to, follow. */
  readonly since: Spots;
  readonly replies: readonly string[];
}

/** The branches of the way that may be to blame: where it began, then those before the violation, the nearest first. */
export function branchesToBlame({ before, since }: Site): Point[] {
  const branches = before.filter(({ placed }) => placed && isLine(placed, 'branch')).reverse();
  const origin = branches.find((each) => since.has(each.index));
  return [...new Set(origin ? [origin, ...branches] : branches)];
}

/** The node that a line of the script leads to, apart from built-in targets. */
export function nodeBehind({ placed }: Point, script: Script): ScriptNode | undefined {
  const reference = script.targets.find((each) => each.placed === placed);
  if (!reference || reference.builtin || reference.file) return undefined;
  return script.node(reference.node.text)?.node;
}

export type AgentLine = Placed<Utterance>;

/** What the agent says in a node before a reply is awaited. */
export function spokenIn({ lead }: ScriptNode): AgentLine[] {
  return lead.flatMap((placed) => (isLine(placed, 'utterance') && placed.line.speaker === 'agent' ? [placed] : []));
}

export function agentLine(text: string, { write }: Site): string {
  return `${write.role('agent')}${write.colon}${text}`;
}

export function isAgentLine(line: string, site: Site): boolean {
  return line.startsWith(agentLine('', site));
}

/** A line above another one. */
export function above({ start }: Placed, lines: readonly string[], { write }: Site): Edit {
  return insertion(start, lines.map((line) => line + write.eol).join(''));
}

/** A line below another one. */
export function below({ end }: Placed, lines: readonly string[], { write }: Site): Edit {
  return insertion(end, lines.map((line) => write.eol + line).join(''));
}

export function nodeText({ heading, lines }: RenderedStep, { write }: Site, more: readonly string[]): string {
  return [heading, ...lines, ...more].join(write.eol);
}

/** The heading without its brackets. */
export function headingName({ heading }: RenderedStep): string {
  return heading.slice(1, -1);
}

/** Declarations of the variables that lines use and the script does not know. */
export function declaredIn(lines: readonly string[], site: Site): Edit[] {
  return declareVariables(site.script, unknownIn(lines, site), site.packs);
}

/** The variables that lines use and the script does not know, each once. */
export function unknownIn(lines: readonly string[], { script }: Site): readonly string[] {
  const names = lines.flatMap((line) => [...line.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ''));
  return [...new Set(names)].filter((name) => !script.knows(name));
}

export function twice({ write }: Site): string {
  return write.eol + write.eol;
}

/** Behind the last node and before the scenarios. */
export function endOfNodes({ tree, written }: Script): number {
  return tree.nodes.at(-1)?.span.end ?? written.length;
}

/** The last line of a node, or of a branch, that is more than a blank or a remark. */
export function lastLine(lines: readonly Placed[]): Placed | undefined {
  return lines.findLast(({ line }) => line.kind !== 'blank' && line.kind !== 'remark');
}

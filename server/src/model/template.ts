import { Memo } from '../base/memo.ts';
import { foldName } from '../base/names.ts';
import type { Span } from '../base/span.ts';
import type { Step, Template, TemplateReply } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { findTerm, type RoleKind, targets } from '../syntax/vocabulary.ts';
import { organizationOf } from './organization.ts';
import { inOwnWords, variablesIn } from './ownVariables.ts';
import type { NodeSymbol, Script } from './script.ts';
import { type Hand, handOf } from './writing.ts';

/** The lines of a standard step, ready to stand in a script. */
export interface RenderedStep {
  readonly heading: string;
  readonly lines: readonly string[];
  /** Which of the lines are what the agent says first. */
  readonly spoken?: Span;
  /** Variables that the lines use and the script does not know. */
  readonly undeclared: readonly string[];
}

/**
 * Complete, compliant lines for a step, with jumps only to nodes that the script has.
 * @param onward where certain replies lead, by the id of their category, whatever the template says
 * @param alone whether no reply leads to a node of the script
 */
export function renderStep(
  step: Step,
  script: Script,
  packs: PackSet,
  onward: ReadonlyMap<string, string> = new Map(),
  alone = false,
): RenderedStep {
  const write = handOf(script);
  const template = templateOf(step, script) ?? step.templates[0];
  // Where somebody else has answered, it is somebody else who replies.
  const who = step.sets.listener === 'third-party' ? 'third-party' : 'customer';
  const lines = template
    ? renderTemplate(alone ? onItsOwn(template, packs) : template, who, script, packs, write, onward)
    : [];
  const undeclared = [...new Set(lines.flatMap(variablesIn))].filter((name) => !script.knows(name));
  const notes = template ? notesOf(template, write).length : 0;
  return {
    heading: write.heading(write.english ? step.name.en : step.name.zh),
    lines,
    spoken: { start: notes, end: notes + (template?.says.length ?? 0) },
    undeclared,
  };
}

/** The template for the channel and stage of a script, and for whoever calls. */
export function templateOf(step: Step, script: Script): Template | undefined {
  const { frontMatter } = script.tree;
  const { channel, stage } = frontMatter;
  const organization = organizationOf(frontMatter) ?? 'bank';
  return step.templates.find(
    ({ channels, stages, organizations }) =>
      (!channels || channels.includes(channel?.value ?? 'phone')) &&
      (!stages || (stage !== undefined && stages.includes(stage.value))) &&
      (!organizations || organizations.includes(organization)),
  );
}

/** A template whose replies are answered on the spot, where it has words for that. */
function onItsOwn(template: Template, packs: PackSet): Template {
  const replies = template.replies.map((reply) => {
    const { to, ...rest } = reply;
    return to !== undefined && packs.step(to) && reply.says.length > 0 ? rest : reply;
  });
  return { ...template, replies };
}

function renderTemplate(
  template: Template,
  who: RoleKind,
  script: Script,
  packs: PackSet,
  write: Hand,
  onward: ReadonlyMap<string, string>,
): string[] {
  const says = (texts: readonly string[]): string[] =>
    texts.map((text) => `${write.role('agent')}${write.colon}${inOwnWords(text, script, packs)}`);
  const ends = (outcome: string | undefined): string[] =>
    outcome === undefined ? [] : [`${write.keyword('outcome')}${write.colon}${outcome}`];
  return [
    ...notesOf(template, write).map((note) => `${write.keyword('guidance')}${write.colon}${note}`),
    ...says(template.says),
    ...template.replies.flatMap((reply) => {
      const target = onward.get(reply.reply);
      return renderReply(reply, who, script, packs, target === undefined ? undefined : { target });
    }),
    ...ends(template.outcome),
  ];
}

/** Notes are written in Chinese; between English lines they would look strange. */
function notesOf({ notes }: Template, { english }: Hand): readonly string[] {
  return english ? [] : notes;
}

/** A reply branch of a template: to where it leads or, where the script has no such node, with the lines that are said. */
export function renderReply(
  { reply, examples, to, says, outcome }: TemplateReply,
  who: RoleKind,
  script: Script,
  packs: PackSet,
  instead?: { readonly target: string },
): string[] {
  const write = handOf(script);
  const category = packs.reply(reply);
  const name = category ? (write.english ? category.name.en : category.name.zh) : reply;
  const target = instead?.target ?? targetFor(to, script, packs, write);
  const branch = write.branch(write.role(who), name, examples, target);
  if (target !== undefined) return [branch];
  return [
    branch,
    ...says.map((text) => `${write.role('agent')}${write.colon}${inOwnWords(text, script, packs)}`),
    ...(outcome === undefined ? [] : [`${write.keyword('outcome')}${write.colon}${write.english ? name : outcome}`]),
  ];
}

/** A built-in target, or the node of the script that performs the step. */
function targetFor(to: string | undefined, script: Script, packs: PackSet, write: Hand): string | undefined {
  if (to === undefined) return undefined;
  const builtin = findTerm(targets, to);
  if (builtin) return write.word(builtin);
  const step = packs.step(to);
  return step && nodePerforming(step, script, packs);
}

/** The name of the first node that performs a step, by its name or because its heading says so. */
export function nodePerforming(step: Step, script: Script, packs: PackSet): string | undefined {
  const known = performers.get(script);
  if (known?.packs === packs) return known.names.get(step);
  const names = new Map<Step, string>();
  for (const { name, node } of script.nodes)
    for (const each of node.heading ? stepsOf(node.heading.line, packs) : [])
      if (!names.has(each)) names.set(each, name);
  performers.set(script, { packs, names });
  return names.get(step);
}

/** A template asks for many steps. */
const performers = new Memo<Script, { readonly packs: PackSet; readonly names: ReadonlyMap<Step, string> }>();

/** Every node that performs a step. */
export function nodesPerforming(step: Step, script: Script, packs: PackSet): NodeSymbol[] {
  return script.nodes.filter(({ node }) => node.heading && stepsOf(node.heading.line, packs).includes(step));
}

/** What a heading says: the name of the node, and the steps that it performs. */
interface Named {
  readonly name: { readonly text: string };
  readonly steps: readonly { readonly text: string }[];
}

/** The standard steps that a node performs. */
export function stepsOf(heading: Named, packs: PackSet): readonly Step[] {
  const known = performed.get(heading);
  if (known?.packs === packs) return known.steps;
  const found = [heading.name, ...heading.steps].flatMap(({ text }) =>
    foldName(text) === '' ? [] : (packs.step(text) ?? []),
  );
  const steps = [...new Set(found)];
  performed.set(heading, { packs, steps });
  return steps;
}

const performed = new WeakMap<Named, { readonly packs: PackSet; readonly steps: readonly Step[] }>();

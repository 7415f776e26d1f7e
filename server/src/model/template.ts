import { foldName } from '../base/names.ts';
import type { Step, Template, TemplateReply } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { scanLine } from '../syntax/scan.ts';
import { findTerm, type RoleKind, targets } from '../syntax/vocabulary.ts';
import type { Script } from './script.ts';
import { type Hand, handOf } from './writing.ts';

/** The lines of a standard step, ready to stand in a script. */
export interface RenderedStep {
  readonly heading: string;
  readonly lines: readonly string[];
  /** Variables that the lines use and the script does not know. */
  readonly undeclared: readonly string[];
}

/**
 * Complete, compliant lines for a step, with jumps only to nodes that the script has.
 * @param onward where certain replies lead, by the id of their category, whatever the template says
 */
export function renderStep(
  step: Step,
  script: Script,
  packs: PackSet,
  onward: ReadonlyMap<string, string> = new Map(),
): RenderedStep {
  const write = handOf(script);
  const template = templateFor(step, script);
  // Where somebody else has answered, it is somebody else who replies.
  const who = step.sets.listener === 'third-party' ? 'third-party' : 'customer';
  const lines = template ? renderTemplate(template, who, script, packs, write, onward) : [];
  const used = lines.flatMap((text) => {
    const line = scanLine(text);
    return 'speech' in line ? line.speech.variables.map((variable) => variable.text) : [];
  });
  const undeclared = [...new Set(used)].filter((name) => !script.knows(name));
  return { heading: write.heading(write.english ? step.name.en : step.name.zh), lines, undeclared };
}

/** The template of a step that suits the channel of a script, and whoever calls. */
export function templateFor({ templates }: Step, { tree: { frontMatter } }: Script): Template | undefined {
  const channel = frontMatter.channel?.value ?? 'phone';
  const organization = frontMatter.principal ? 'agency' : 'bank';
  return (
    templates.find(
      ({ channels, organizations }) =>
        (!channels || channels.includes(channel)) && (!organizations || organizations.includes(organization)),
    ) ?? templates[0]
  );
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
    texts.map((text) => `${write.role('agent')}${write.colon}${text}`);
  const ends = (outcome: string | undefined): string[] =>
    outcome === undefined ? [] : [`${write.keyword('outcome')}${write.colon}${outcome}`];
  return [
    ...template.notes.map((note) => `${write.keyword('guidance')}${write.colon}${note}`),
    ...says(template.says),
    ...template.replies.flatMap((reply) => {
      const target = onward.get(reply.reply);
      return renderReply(reply, who, script, packs, target === undefined ? undefined : { target });
    }),
    ...ends(template.outcome),
  ];
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
    ...says.map((text) => `${write.role('agent')}${write.colon}${text}`),
    ...(outcome === undefined ? [] : [`${write.keyword('outcome')}${write.colon}${outcome}`]),
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
  const performs = (name: string): boolean => packs.step(name) === step;
  return script.nodes.find(
    ({ name, node }) => performs(name) || node.heading?.line.steps.some(({ text }) => performs(text)),
  )?.name;
}

/** The standard steps that a node performs. */
export function stepsOf(
  heading: { readonly name: { readonly text: string }; readonly steps: readonly { readonly text: string }[] },
  packs: PackSet,
): Step[] {
  const found = [heading.name, ...heading.steps].flatMap(({ text }) =>
    foldName(text) === '' ? [] : (packs.step(text) ?? []),
  );
  return [...new Set(found)];
}

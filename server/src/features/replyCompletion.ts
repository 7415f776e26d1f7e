import type { CompletionItem } from 'vscode-languageserver-protocol';
import { firstWhere } from '../base/search.ts';
import { inLanguage, listed } from '../base/text.ts';
import { isAnytime } from '../flow/openings.ts';
import { declareVariables } from '../model/declare.ts';
import { variablesIn } from '../model/ownVariables.ts';
import { renderReply, stepsOf, templateOf } from '../model/template.ts';
import type { Reply, Step, TemplateReply } from '../packs/pack.ts';
import { appliesTo } from '../rules/flow/rulesFor.ts';
import type { Branch } from '../syntax/line.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import type { RoleKind } from '../syntax/vocabulary.ts';
import { targets } from '../syntax/vocabulary.ts';
import { closedBy, kinds, offer, type Site, snippetText } from './completionItem.ts';
import { escaped } from './markdown.ts';
import { isTwoWay } from './missingSteps.ts';
import { actsIn } from './said.ts';

/** The node in which the cursor is, and what it performs. */
export interface Here {
  readonly node: ScriptNode;
  readonly steps: readonly Step[];
}

export function nodeAt({ script, packs, placed }: Site): Here | undefined {
  const { nodes, scenarios } = script.tree;
  const node = nodes[firstWhere(nodes, ({ index }) => index > placed.index) - 1];
  const scenario = scenarios[firstWhere(scenarios, ({ index }) => index > placed.index) - 1];
  if (!node || (scenario && scenario.index > node.index)) return undefined;
  return { node, steps: node.title ? stepsOf(node.title, packs) : [] };
}

/** Reply branches at the beginning of a line: all that the node still lacks as one, then each category. */
export function* branches(site: Site, from: number): Generator<CompletionItem> {
  const { packs, language, write } = site;
  if (!isTwoWay(site)) return;
  const here = nodeAt(site);
  const offered = here ? repliesIn(here.node, site) : new Set<string>();
  const templates = here ? templatesOf(here, site) : [];
  if (here) yield* missingReplies(here, templates, offered, site, from);
  const who = here ? whoReplies(here) : 'customer';
  for (const [index, reply] of packs.replies.entries()) {
    const name = write.english ? reply.name.en : reply.name.zh;
    const template = templates.find((each) => each.reply === reply.id);
    const label = write.branch(write.role(who), name, []);
    yield* offer(site, from, {
      label,
      kind: kinds.reply,
      detail: inLanguage(reply.about, language),
      about: { thing: 'reply', name: reply.id },
      ...(template ? written(template, who, site) : plain(reply, who, site)),
      names: [name, label, reply.name.zh, reply.name.en, ...reply.aliases],
      rank: (offered.has(reply.id) ? 600 : template ? 420 : 500) + index,
    });
  }
}

/** The replies that the templates of the steps of a node have. */
function templatesOf({ steps }: Here, { script }: Site): readonly TemplateReply[] {
  return steps.flatMap((step) => templateOf(step, script)?.replies ?? []);
}

/** The branch that comes next: of those that the template of the step has, or that the rules want, the first that is missing. */
export function nextBranch(site: Site): string | undefined {
  const here = nodeAt(site);
  if (!here || !isTwoWay(site) || isAnytime(here.node) || !isBranchPlace(here.node, site)) return undefined;
  const templates = templatesOf(here, site);
  const [next] = lackingReplies(here, templates, repliesIn(here.node, site), site);
  if (next === undefined) return undefined;
  const template = templates.find(({ reply }) => reply === next) ?? anyTemplate(next, site);
  return renderReply(template, whoReplies(here), site.script, site.packs)[0];
}

/** How the node or branch at the cursor ends once it has been answered, as the template of its step has it. */
export function nextOutcome(site: Site): string | undefined {
  const here = nodeAt(site);
  const { write, script } = site;
  const last = here?.node.branches.findLast(({ branch }) => branch.index < site.placed.index);
  const category = last?.branch.line.category.text ?? '';
  const reply = site.packs.reply(category)?.id;
  const outcome = last
    ? here && templatesOf(here, site).find((each) => each.reply === reply)?.outcome
    : here?.steps.flatMap((step) => templateOf(step, script)?.outcome ?? []).at(-1);
  if (outcome === undefined) return undefined;
  return write.keyword('outcome') + write.colon + (write.english && last ? category : outcome);
}

/** Whether the template of the step lets nothing be said below this branch: it waits for the node that it leads to. */
export function waitsForNode({ category }: Branch, site: Site): boolean {
  const here = nodeAt(site);
  const reply = site.packs.reply(category.text)?.id;
  return (here && templatesOf(here, site).some((each) => each.reply === reply && each.says.length === 0)) ?? false;
}

/** A branch as the template of the step has it. */
function written(
  template: TemplateReply,
  who: RoleKind,
  site: Site,
): Pick<SuggestionOf, 'insert' | 'snippet' | 'more'> {
  const { script, packs } = site;
  const lines = renderReply(template, who, script, packs);
  return { insert: `${snippetText(lines.join('\n'))}\n$0`, snippet: true, more: declarationsFor(lines, site) };
}

function plain(reply: Reply, who: RoleKind, { write }: Site): Pick<SuggestionOf, 'insert' | 'snippet' | 'again'> {
  const name = write.english ? reply.name.en : reply.name.zh;
  const branch = write.branch(write.role(who), name, reply.examples.slice(0, 2));
  return { insert: `${snippetText(branch)} ${write.arrow} $0`, snippet: true, again: true };
}

type SuggestionOf = Parameters<typeof offer>[2];

/** All that the node still lacks, as one insertion. */
function* missingReplies(
  here: Here,
  templates: readonly TemplateReply[],
  offered: ReadonlySet<string>,
  site: Site,
  from: number,
): Generator<CompletionItem> {
  if (isAnytime(here.node) || !isBranchPlace(here.node, site)) return;
  // Nobody replies before anything is said.
  if (here.node.branches.length === 0 && !here.node.lead.some(({ line }) => line.kind === 'utterance')) return;
  const ids = lackingReplies(here, templates, offered, site);
  if (ids.length === 0) return;
  const { script, packs, language } = site;
  const names = ids.map((id) => packs.reply(id)?.name ?? { zh: id, en: id });
  const [zh, en] = [names.map((name) => name.zh), names.map((name) => name.en)];
  const lines = ids.flatMap((id) => {
    const template = templates.find(({ reply }) => reply === id) ?? anyTemplate(id, site);
    return renderReply(template, whoReplies(here), script, packs);
  });
  yield* offer(site, from, {
    label: inLanguage({ zh: `补上：${listed(zh).zh}`, en: `Add: ${listed(en).en}` }, language),
    kind: kinds.template,
    detail: inLanguage({ zh: '这一节还缺的回复', en: 'Replies that this node still lacks' }, language),
    documentation: lines.map(escaped).join('  \n'),
    insert: `${snippetText(lines.join('\n'))}\n$0`,
    snippet: true,
    names: ['补上', '回复', 'Add', ...zh, ...en, site.write.role(whoReplies(here))],
    rank: 1,
    more: declarationsFor(lines, site),
  });
}

/** The replies that the template of the step has or that the rules want, and that the node lacks, in their order. */
function lackingReplies(
  here: Here,
  templates: readonly TemplateReply[],
  offered: ReadonlySet<string>,
  site: Site,
): readonly string[] {
  const wanted = [...templates.map(({ reply }) => reply), ...requiredReplies(here, templates, offered, site)];
  return [...new Set(wanted)].filter((id) => !offered.has(id));
}

function declarationsFor(lines: readonly string[], { script, packs }: Site): ReturnType<typeof declareVariables> {
  const unknown = [...new Set(lines.flatMap(variablesIn))].filter((name) => !script.knows(name));
  return declareVariables(script, unknown, packs);
}

/** What the rules in force want to be offered where this node waits, and neither it nor 【随时】 has. */
function requiredReplies(
  { node, steps }: Here,
  templates: readonly TemplateReply[],
  offered: ReadonlySet<string>,
  site: Site,
): readonly string[] {
  const { packs, script, snapshot } = site;
  const { today } = snapshot.settings;
  const anytime = script.tree.nodes.filter(isAnytime).flatMap((each) => [...repliesIn(each, site)]);
  const has = new Set([...offered, ...anytime]);
  const waits = node.branches.length > 0 || templates.length > 0;
  const missing = packs.flow.flatMap((rule) => {
    if (rule.kind !== 'must-offer' || !packs.inForce(rule, today) || !appliesTo(rule, script)) return [];
    const { event } = rule;
    const isMeant = event
      ? steps.some(({ id }) => event.performs.includes(id)) || saysAny(event.says, node, site)
      : waits;
    if (!isMeant) return [];
    return rule.replies.filter((any) => !any.some((id) => has.has(id))).map(([first = '']) => first);
  });
  return [...new Set(missing)];
}

function saysAny(ids: readonly string[], { lead }: ScriptNode, site: Site): boolean {
  return lead.some((placed) => {
    if (!isLine(placed, 'utterance') || placed.line.speaker !== 'agent') return false;
    const acts = actsIn(placed.line, site);
    return ids.some((id) => acts.has(id));
  });
}

/** Whether a branch at the cursor would leave the lines below to those to whom they belong. */
function isBranchPlace(node: ScriptNode, site: Site): boolean {
  const next = lineBelow(node, site);
  return !next || next.line.kind === 'branch';
}

/** What follows in a node below the cursor. */
export function lineBelow({ lines }: ScriptNode, { placed }: Site): Placed | undefined {
  return lines.find(({ index, line }) => index > placed.index && line.kind !== 'blank' && line.kind !== 'remark');
}

function repliesIn({ branches: all }: ScriptNode, { packs }: Site): ReadonlySet<string> {
  return new Set(all.flatMap(({ branch }) => packs.reply(branch.line.category.text)?.id ?? []));
}

function whoReplies({ node, steps }: Here): RoleKind {
  const { branches: all } = node;
  if (all.length > 0)
    return all.every(({ branch }) => branch.line.speaker === 'third-party') ? 'third-party' : 'customer';
  return steps.some(({ sets }) => sets.listener === 'third-party') ? 'third-party' : 'customer';
}

/** What some template lets follow such a reply, with lines of its own where one has them, so that it can stand anywhere. */
function anyTemplate(id: string, { packs, script }: Site): TemplateReply {
  const all = packs.steps
    .flatMap((step) => templateOf(step, script)?.replies ?? [])
    .filter(({ reply }) => reply === id);
  const end = targets.find((each) => each.id === 'end')?.zh[0] ?? '';
  return (
    all.find(({ to }) => to !== undefined && packs.step(to) === undefined) ??
    all.find(({ says }) => says.length > 0) ?? {
      reply: id,
      examples: packs.reply(id)?.examples.slice(0, 2) ?? [],
      to: end,
      says: [],
    }
  );
}

/** The categories, inside the brackets of a branch or behind `客户说：`. */
export function* categories(site: Site, from: number, inBrackets: boolean): Generator<CompletionItem> {
  const { packs, write, language } = site;
  const over = inBrackets ? closedBy(/[）)]/, site) : 0;
  const here = nodeAt(site);
  const offered = here ? repliesIn(here.node, site) : new Set<string>();
  const wanted = new Set(here && templatesOf(here, site).map(({ reply }) => reply));
  for (const [index, reply] of packs.replies.entries()) {
    const label = write.english ? reply.name.en : reply.name.zh;
    yield* offer(site, from, {
      label,
      kind: kinds.reply,
      detail: inLanguage(reply.about, language),
      about: { thing: 'reply', name: reply.id },
      insert: inBrackets ? label + (write.english ? ')' : '）') : label,
      names: [label, reply.name.zh, reply.name.en, ...reply.aliases],
      over,
      rank: (inBrackets && offered.has(reply.id) ? 600 : wanted.has(reply.id) ? 0 : 100) + index,
    });
  }
}

import type { Hover, HoverParams } from 'vscode-languageserver-protocol';
import { touches } from '../base/span.ts';
import { inLanguage } from '../base/text.ts';
import { createValues } from '../flow/values.ts';
import { lineAt, type Script, targetOf } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import { dayOf } from '../rules/check.ts';
import type { Finding } from '../rules/finding.ts';
import { namedIn } from '../rules/flow/branchReplies.ts';
import { isLine, type Placed } from '../syntax/tree.ts';
import { guardInWords } from './conditionText.ts';
import { toRange } from './convert.ts';
import { categoryText, packText, ruleList, ruleText } from './describe.ts';
import { type Entity, entityAt } from './entity.ts';
import type { Context, Feature } from './feature.ts';
import { escaped, labelled } from './markdown.ts';
import { nodePreview, nodeText } from './nodeText.ts';
import { outcomeText } from './outcomeText.ts';
import { ownReplyText, replyText, stepText, templateGist, unaskedText } from './stepText.ts';
import { roleText, termText, toneText } from './termText.ts';
import { variableText } from './variableText.ts';
import { worstFirst } from './worstFirst.ts';
import { yamlHover } from './yamlHover.ts';

/** What a word means: the rule behind a finding with its law, a step, a reply, a variable, a node, a keyword. */
export const hover: Feature<HoverParams, Hover | null> = {
  method: 'textDocument/hover',
  capability: { hoverProvider: true },
  looksAtFindings: true,
  isAtOnce: true,
  run(context, { textDocument, position }) {
    const sheet = context.snapshot.sheet(textDocument.uri);
    if (sheet) return yamlHover(sheet, position, context);
    const script = context.snapshot.script(textDocument.uri);
    if (!script) return null;
    const offset = script.text.offsetAt(position);
    const packs = context.snapshot.packs(script).set;
    const found = findingsAt(script, offset, context);
    const entity = entityAt(script, offset, context.snapshot);
    const parts = [
      ...found.slice(0, 1).map(({ rule }) => ruleText(rule, packs, context)),
      ruleList(
        found.slice(1).map(({ rule }) => rule),
        packs,
        context.language,
      ),
      ...(entity ? entityTexts(entity, lineAt(script, offset), script, context) : []),
    ].filter((text) => text !== '');
    if (parts.length === 0) return null;
    const span = found[0] ?? entity;
    return {
      contents: { kind: 'markdown', value: [...new Set(parts)].join('\n\n---\n\n') },
      ...(span && { range: toRange(script, span) }),
    };
  },
};

/** The findings at a place, one of each rule; what is suppressed needs no explanation. */
function findingsAt(script: Script, offset: number, context: Context): readonly Finding[] {
  const sorted = worstFirst(context.findings(script).filter((each) => !each.suppressed && touches(each, offset)));
  return sorted.filter(({ rule }, index) => sorted.findIndex((each) => each.rule === rule) === index);
}

/** Whether a branch is a mere yes or no, and the agent asks something else than what would make its category of it. */
function isUnasked(placed: Placed, script: Script, snapshot: Snapshot): boolean {
  if (!isLine(placed, 'branch')) return false;
  const node = script.tree.nodes.find(({ index, stop }) => index <= placed.index && placed.index < stop);
  const packs = snapshot.packs(script).set;
  return node !== undefined && !namedIn(placed.line, { script, node }, packs, dayOf(script, snapshot));
}

/** What there is to say of a word, and of the line as far as the word is the line's. */
function entityTexts(entity: Entity, placed: Placed, script: Script, context: Context): string[] {
  const { language, snapshot } = context;
  const packs = snapshot.packs(script).set;
  switch (entity.kind) {
    case 'node': {
      // Who follows a jump wants to know what is said there; what the step is, its own heading tells.
      if (!isLine(placed, 'heading')) return [nodeText(entity, script, context)];
      return [...(entity.step ? [stepText(entity.step, packs, context)] : []), nodeText(entity, script, context, true)];
    }
    case 'step':
      return [stepText(entity.step, packs, context), templateGist(entity.step, script, packs, language)];
    case 'reply':
      if (isUnasked(placed, script, snapshot)) return [unaskedText(entity.reply, language)];
      return [
        saidText(entity.said, inLanguage(entity.reply.name, language), context),
        replyText(entity.reply, language),
      ];
    case 'own-reply':
      return [saidText(entity.said, entity.name, context), ownReplyText(entity.name, language)];
    case 'variable':
      return [
        variableText(entity.name, script, packs, language),
        isLine(placed, 'guard') ? guardText(placed, script, context) : sampleText(placed, script, context),
      ];
    case 'condition':
      return [guardText(entity.placed, script, context)];
    case 'rule':
      return [ruleText(entity.id, packs, context)];
    case 'category':
      return [categoryText(entity.category, [...packs.rules, ...packs.flow], language)];
    case 'pack':
      return [packText(entity.pack, language)];
    case 'role':
      return [roleText(entity.declaration, entity.term, language)];
    case 'tone':
      return [toneText(entity.name, language)];
    case 'outcome':
      return [outcomeText(entity.name, script, language)];
    case 'term':
      return [keywordText(entity, placed, script, context), termText(entity.term, language)];
    case 'value':
      return [termText(entity.key, language)];
    default:
      return entity satisfies never;
  }
}

/** What a sentence of a scenario is taken for. */
function saidText(said: string | undefined, name: string, { language }: Context): string {
  if (said === undefined) return '';
  return language === 'en'
    ? `“${escaped(said)}” is taken as **${escaped(name)}**.`
    : `“${escaped(said)}”按**${escaped(name)}**处理。`;
}

/** What a line does that a keyword opens: the condition in words, the lines that are inserted. */
function keywordText(
  { start, term }: Extract<Entity, { kind: 'term' }>,
  placed: Placed,
  script: Script,
  context: Context,
): string {
  if (start !== placed.start + placed.line.head.start) return '';
  if (isLine(placed, 'guard')) return guardText(placed, script, context);
  if (!isLine(placed, 'insertion') || term.id !== 'insertion') return '';
  const reference = targetOf(placed);
  const resolution = reference && context.snapshot.resolve(script, reference);
  return resolution?.kind === 'node' ? nodePreview(resolution.symbol.node, resolution.script) : '';
}

function guardText(
  placed: Extract<Entity, { kind: 'condition' }>['placed'],
  script: Script,
  { language }: Context,
): string {
  return escaped(guardInWords(placed, script, language) ?? '');
}

/** What the customer hears of a line with variables, by their samples. */
function sampleText({ line }: Placed, script: Script, { snapshot, language }: Context): string {
  if (line.kind !== 'utterance') return '';
  const said = createValues(script, snapshot).fill(line.speech, script);
  return labelled({ zh: '按样例读作', en: 'With the samples' }, `\n\n> ${escaped(said.trim())}`, language);
}

import type { CompletionItem } from 'vscode-languageserver-protocol';
import { foldName } from '../base/names.ts';
import { inLanguage } from '../base/text.ts';
import { declareVariables } from '../model/declare.ts';
import { relink } from '../model/relink.ts';
import { type RenderedStep, renderStep } from '../model/template.ts';
import type { Step } from '../packs/pack.ts';
import { freeName } from '../rules/structure/duplicateNode.ts';
import { closedBy, kinds, lastPart, offer, type Site, type Suggestion, snippetText } from './completionItem.ts';
import { escaped } from './markdown.ts';
import { fitOf } from './matching.ts';
import { type StepState, stepStates } from './missingSteps.ts';

const ranks: { readonly [state in StepState['state']]: number } = {
  missing: 10,
  passed: 30,
  'missing-above': 50,
  optional: 100,
  foreign: 150,
  present: 900,
};

/**
 * Complete templates of the standard steps; what the script still lacks comes first, and says why.
 * @param base added to their ranks
 */
export function* steps(site: Site, from: number, base = 0): Generator<CompletionItem> {
  const { language } = site;
  for (const [index, { step, state, why, place }] of stepStates(site).entries()) {
    const reason = inLanguage(why, language);
    // A template costs more than a look at its names.
    if (fitOf(site.before.slice(from), namesOf(step, site)) === undefined) continue;
    const missing = state === 'missing' || state === 'passed' || state === 'missing-above';
    yield* offer(site, from, {
      ...stepSuggestion(step, site, from),
      detail: missing ? reason : `${reason} · ${inLanguage(step.purpose, language)}`,
      remark: missing
        ? inLanguage(
            { zh: place ? `还缺，${place.zh}` : '还缺', en: place ? `missing, ${place.en}` : 'missing' },
            language,
          )
        : reason,
      rank: base + ranks[state] + index,
    });
  }
}

function stepSuggestion(step: Step, site: Site, from: number): Omit<Suggestion, 'rank'> {
  const { script, packs, write, start } = site;
  const rendered = headed(step, site);
  const { heading, lines, undeclared } = rendered;
  const name = heading.slice(1).split(/[】\]]/)[0] ?? '';
  const declarations = declareVariables(script, undeclared, packs);
  const at = start + from;
  // Where the declarations belong in front of the very same place, the two would overlap.
  const together = declarations.some((edit) => edit.end >= at);
  const prefix = together ? `${declarations.map(({ newText }) => newText).join('')}\n` : isBelowText(site) ? '\n' : '';
  const own = write.english ? step.name.en : step.name.zh;
  const waiting = relink(step, name, script, packs, site.placed);
  return {
    label: write.heading(own),
    kind: kinds.step,
    documentation: lines.map(escaped).join('  \n'),
    about: { thing: 'step', name: step.id },
    insert: `${snippetText(prefix)}${snippetOf(rendered)}\n$0`,
    snippet: true,
    names: namesOf(step, site),
    over: closedBy(/[】\]］]/, site),
    more: [...(together ? [] : declarations), ...waiting],
  };
}

function namesOf({ name, aliases }: Step, { write }: Site): readonly string[] {
  return [write.english ? name.en : name.zh, name.zh, name.en, ...aliases];
}

/** A second node of the name gets a number, and says what it performs. */
function headed(step: Step, { script, packs, write }: Site): RenderedStep {
  const rendered = renderStep(step, script, packs);
  const name = rendered.heading.slice(1, -1);
  if (!script.node(name)) return rendered;
  return { ...rendered, heading: `${write.heading(freeName(name, script))} ${name}` };
}

/** What the agent says first is what an author changes first. */
function snippetOf({ heading, lines, spoken = { start: 0, end: 0 } }: RenderedStep): string {
  const written = lines.map((line, index) => {
    const [, role = '', speech = ''] = /^([^：:]+[：:] ?)(.*)$/.exec(line) ?? [];
    if (index < spoken.start || index >= spoken.end || speech === '') return snippetText(line);
    return `${snippetText(role)}\${${index - spoken.start + 1}:${snippetText(speech)}}`;
  });
  return [snippetText(heading), ...written].join('\n');
}

/** Whether a line of the conversation stands right above. */
function isBelowText({ script, placed }: Site): boolean {
  const above = script.tree.line(placed.index - 1);
  return above !== undefined && above.line.kind !== 'blank';
}

/**
 * Nodes that something leads to and nobody has written.
 * @param base added to their ranks
 */
export function* wantedNodes(site: Site, from: number, base = 0): Generator<CompletionItem> {
  const { script, packs, write, language } = site;
  const offered = new Set<string>();
  for (const { file, node, builtin } of script.targets) {
    const name = foldName(node.text);
    if (builtin || file || name === '' || script.node(name) || packs.step(name) || offered.has(name)) continue;
    offered.add(name);
    yield* offer(site, from, {
      label: write.heading(node.text),
      kind: kinds.node,
      detail: inLanguage(
        { zh: '有跳转指向这一节，但还没有写', en: 'Something leads here; it is not written yet' },
        language,
      ),
      insert: `${isBelowText(site) ? '\n' : ''}${snippetText(write.heading(node.text))}\n${snippetText(`${write.role('agent')}${write.colon}`)}$0`,
      snippet: true,
      names: [node.text],
      over: closedBy(/[】\]］]/, site),
      rank: base + 5,
    });
  }
}

/** The steps that a node performs, behind its heading. */
export function* stepNames(site: Site, given: readonly string[]): Generator<CompletionItem> {
  const { write, language } = site;
  const from = lastPart(site.before);
  for (const [index, { step }] of stepStates(site).entries()) {
    const label = write.english ? step.name.en : step.name.zh;
    if (given.includes(label)) continue;
    yield* offer(site, from, {
      label,
      kind: kinds.step,
      detail: inLanguage(step.purpose, language),
      about: { thing: 'step', name: step.id },
      names: [label, step.name.zh, step.name.en, ...step.aliases],
      rank: index,
    });
  }
}

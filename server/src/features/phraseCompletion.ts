import type { CompletionItem } from 'vscode-languageserver-protocol';
import { inLanguage } from '../base/text.ts';
import { declareVariables } from '../model/declare.ts';
import { inOwnWords, variablesIn } from '../model/ownVariables.ts';
import { templateOf } from '../model/template.ts';
import type { Step } from '../packs/pack.ts';
import type { Guidance, Utterance } from '../syntax/line.ts';
import { kinds, offer, type Site } from './completionItem.ts';
import { sentenceFit } from './matching.ts';
import { isTwoWay } from './missingSteps.ts';
import { type Here, nodeAt } from './replyCompletion.ts';

const mostPhrases = 5;

/** A sentence that may be said, and the step it belongs to. */
interface Phrase {
  readonly text: string;
  readonly step: Step;
}

/**
 * Compliant sentences of the step at hand that begin with, or hold, what was typed; none as soon as somebody writes something
 * else. Each replaces the whole speech.
 */
export function* phrases(line: Utterance | Guidance, site: Site): Generator<CompletionItem> {
  if (line.kind === 'utterance' && line.speaker !== 'agent') return;
  if (site.after.trim() !== '') return;
  const here = nodeAt(site);
  if (!here) return;
  const { script, packs, language } = site;
  const from = line.speech.text === '' ? site.before.length : line.speech.start;
  const typed = site.before.slice(from);
  const begun = typed.trim();
  // A single letter says nothing yet of what somebody is about to write; a character, as an input method puts it in, does.
  if (begun === '' ? !site.asked : /^[a-z]$/i.test(begun)) return;
  const found = (line.kind === 'guidance' ? notes(here, site) : sentences(here, site)).flatMap(({ text, step }) => {
    const own = inOwnWords(text, script, packs);
    const fit = sentenceFit(typed, own);
    return fit === undefined ? [] : [{ text: own, step, fit }];
  });
  const best = found.toSorted((a, b) => a.fit - b.fit).slice(0, mostPhrases);
  const seen = new Set<string>();
  for (const [index, { text, step }] of best.entries()) {
    if (seen.has(text)) continue;
    seen.add(text);
    const unknown = variablesIn(text).filter((name) => !script.knows(name));
    yield* offer(site, from, {
      label: text,
      kind: kinds.phrase,
      remark: inLanguage(step.name, language),
      detail: inLanguage({ zh: '合规说法', en: 'A compliant sentence' }, language),
      about: { thing: 'step', name: step.id },
      fits: true,
      rank: index,
      more: declareVariables(script, [...new Set(unknown)], packs),
    });
  }
}

/** What the step at hand lets the agent say: below a branch what answers it, otherwise what the step begins with. */
function sentences(here: Here, site: Site): readonly Phrase[] {
  const branch = here.node.branches.findLast(({ branch: { index } }) => index < site.placed.index)?.branch;
  const category = branch && site.packs.reply(branch.line.category.text)?.id;
  return here.steps.flatMap((step) => {
    const template = templateOf(step, site.script);
    const texts = branch
      ? (template?.replies.flatMap(({ reply, says }) => (reply === category ? says : [])) ?? [])
      : [...(template?.says ?? []), ...(isTwoWay(site) ? step.phrases : [])];
    return texts.map((text) => ({ text, step }));
  });
}

function notes({ steps }: Here, { script }: Site): readonly Phrase[] {
  return steps.flatMap((step) => (templateOf(step, script)?.notes ?? []).map((text) => ({ text, step })));
}

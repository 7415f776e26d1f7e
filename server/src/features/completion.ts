import type { CompletionItem, CompletionList, CompletionParams } from 'vscode-languageserver-protocol';
import type { Line } from '../syntax/line.ts';
import { scanLine } from '../syntax/scan.ts';
import { foremost, lastPart, type Site, siteAt } from './completionItem.ts';
import { conditions } from './conditionCompletion.ts';
import type { Feature } from './feature.ts';
import { frontMatterCompletion } from './frontMatterCompletion.ts';
import { lineStarts } from './lineStarts.ts';
import { outcomeNames, recordedNames, targetNames, variables } from './nameCompletion.ts';
import { phrases } from './phraseCompletion.ts';
import { categories } from './replyCompletion.ts';
import { scenarioNames } from './scenarioCompletion.ts';
import { stepNames, steps, wantedNodes } from './stepCompletion.ts';
import { suppression } from './suppressionCompletion.ts';
import { yamlCompletion } from './yamlCompletion.ts';

/**
 * Steps, keywords, replies, targets, variables, rules and front matter, each where it can stand, and compliant sentences where
 * the agent speaks; nothing in the middle of a sentence of the author's own.
 */
export const completion: Feature<CompletionParams, CompletionList> = {
  method: 'textDocument/completion',
  capability: {
    completionProvider: {
      triggerCharacters: ['【', '[', '→', '>', '》', '{', '｛', '（', '(', '：', ':', '、', '，', ',', ' '],
      resolveProvider: true,
    },
  },
  run(context, { textDocument, position, context: cause }) {
    const { snapshot } = context;
    const sheet = snapshot.sheet(textDocument.uri);
    if (sheet) return { isIncomplete: false, items: [...yamlCompletion(sheet, position, context)] };
    const script = snapshot.script(textDocument.uri);
    if (!script) return { isIncomplete: false, items: [] };
    // 2 is a trigger character.
    const site = siteAt(script, script.text.offsetAt(position), context, cause?.triggerKind !== 2);
    // What fits is found here, by pinyin as well: the list is asked for again whenever a letter comes, or an IME puts in a word.
    const items = [...itemsFor(site)];
    // Beside a word that is written in full, and could not go on, a list would take the next Enter for itself.
    const isDone = items.length === 1 && items[0]?.sortText === foremost;
    return { isIncomplete: true, items: isDone ? [] : items };
  },
};

function* itemsFor(site: Site): Generator<CompletionItem> {
  const { placed, before, script } = site;
  if (placed.line.kind === 'front-matter') yield* frontMatterCompletion(site);
  else if (placed.line.kind !== 'fence') yield* lineItems(scanLine(before, script.tree.frontMatter.roles), site);
}

function* lineItems(line: Line, site: Site): Generator<CompletionItem> {
  const flawed = (kind: string): boolean => line.flaws.some((flaw) => flaw.kind === kind);
  if (flawed('unclosed-brace')) {
    yield* variables(site);
    return;
  }
  const end = site.before.length;
  switch (line.kind) {
    case 'blank':
      yield* lineStarts(site, line.head.end);
      return;
    case 'unknown':
      if (!line.word) yield* lineStarts(site, line.head.start);
      return;
    case 'heading':
      if (flawed('missing-bracket')) {
        yield* wantedNodes(site, line.head.start);
        yield* steps(site, line.head.start);
      } else
        yield* stepNames(
          site,
          line.steps.map(({ text }) => text),
        );
      return;
    case 'utterance':
    case 'guidance':
      yield* phrases(line, site);
      return;
    case 'jump':
      yield* targetNames(site, line.target?.start ?? end, true);
      return;
    case 'insertion':
      yield* targetNames(site, line.target?.start ?? end, false);
      return;
    case 'branch':
      if (flawed('missing-bracket')) yield* categories(site, line.category.start, true);
      else if (line.arrow) yield* targetNames(site, line.target?.start ?? end, true);
      return;
    case 'guard':
      if (line.arrow) yield* targetNames(site, line.target?.start ?? end, true);
      else yield* conditions(site, line.condition.start);
      return;
    case 'record':
      if (flawed('missing-value')) yield* recordedNames(site, line.variable.start);
      return;
    case 'outcome':
      yield* outcomeNames(site, line.name.start);
      return;
    case 'suppression':
      yield* suppression(site, line);
      return;
    case 'says':
      yield* categories(site, line.reply.start, false);
      yield* scenarioNames(line, site, line.reply.start);
      return;
    case 'expect':
      yield* targetNames(site, lastPart(site.before), false);
      yield* scenarioNames(line, site, lastPart(site.before));
      return;
    case 'given':
      yield* scenarioNames(line, site, lastPart(site.before));
      return;
    default:
  }
}

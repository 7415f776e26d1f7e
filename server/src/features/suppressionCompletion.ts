import type { CompletionItem } from 'vscode-languageserver-protocol';
import { inLanguage } from '../base/text.ts';
import { severityNames } from '../packs/labels.ts';
import { categories } from '../rules/finding.ts';
import type { Suppression } from '../syntax/line.ts';
import { suppressionFields, suppressionScopes } from '../syntax/vocabulary.ts';
import { closedBy, kinds, offer, type Site } from './completionItem.ts';
import { categoryTitle } from './describe.ts';
import { termText } from './termText.ts';

/** The scope in brackets, rules behind `豁免：`, fields behind a comma; first the rules that have found something here. */
export function* suppression(site: Site, line: Suppression): Generator<CompletionItem> {
  const { packs, language, before } = site;
  if (line.flaws.some(({ kind }) => kind === 'missing-bracket')) {
    yield* scopes(site, line.scopeWord?.start ?? before.length);
    return;
  }
  const comma = Math.max(before.lastIndexOf('，'), before.lastIndexOf(','));
  if (comma > line.rule.start) {
    yield* fields(
      site,
      line,
      comma + 1 + (before.slice(comma + 1).length - before.slice(comma + 1).trimStart().length),
    );
    return;
  }
  if (line.flaws.some(({ kind }) => kind === 'missing-colon')) return;
  // Of what somebody types already they know what it is; to check the script at each key would be slow.
  const found = line.rule.text === '' ? foundBelow(site, line) : new Set<string>();
  for (const rule of [...packs.rules, ...packs.flow]) {
    if (rule.suppressible === false) continue;
    yield* offer(site, line.rule.start, {
      label: rule.id,
      kind: kinds.rule,
      detail: inLanguage(rule.title, language),
      remark: inLanguage(severityNames[rule.severity], language),
      about: { thing: 'rule', name: rule.id },
      names: [rule.id, rule.id.slice(rule.id.indexOf('/') + 1), rule.title.zh, rule.title.en, rule.category],
      rank: found.has(rule.id) ? 0 : 100,
    });
  }
  for (const category of categories) {
    const title = categoryTitle(category);
    // What is wrong with configurations and packs is not a script’s to silence.
    if (!title) continue;
    yield* offer(site, line.rule.start, {
      label: category,
      kind: kinds.rule,
      detail: inLanguage(title, language),
      remark: inLanguage({ zh: '整类', en: 'category' }, language),
      about: { thing: 'category', name: category },
      names: [category, title.zh, title.en],
      rank: found.has(category) ? 1 : 200,
    });
  }
}

function* scopes(site: Site, from: number): Generator<CompletionItem> {
  const { write, language } = site;
  for (const [index, scope] of suppressionScopes.entries()) {
    const label = write.word(scope);
    yield* offer(site, from, {
      label,
      kind: kinds.field,
      detail: inLanguage(scope.help, language),
      documentation: termText(scope, language),
      insert: label + (write.english ? '): ' : '）：'),
      names: [label, ...scope.zh, ...scope.en],
      over: closedBy(/[）)]/, site),
      rank: index,
      again: true,
    });
  }
}

function* fields(site: Site, line: Suppression, from: number): Generator<CompletionItem> {
  const { write, language } = site;
  for (const [index, field] of suppressionFields.entries()) {
    if (line.fields[field.id]) continue;
    yield* offer(site, from, {
      label: write.word(field) + write.colon,
      kind: kinds.field,
      detail: inLanguage(field.help, language),
      documentation: termText(field, language),
      names: [write.word(field), ...field.zh, ...field.en],
      rank: index,
    });
  }
}

/** The rules and categories that have found something where the suppression would count. */
function foundBelow({ script, findings, placed }: Site, { scope }: Suppression): ReadonlySet<string> {
  const { lines, nodes } = script.tree;
  const next = lines.find(
    ({ index, line }) => index > placed.index && !['blank', 'remark', 'suppression'].includes(line.kind),
  );
  const node = nodes.find(({ span }) => placed.start < span.end);
  const end = scope === 'file' ? script.written.length : scope === 'node' ? (node?.span.end ?? 0) : (next?.end ?? 0);
  const here = findings(script).filter(({ start }) => start >= placed.end && start <= end);
  return new Set(here.flatMap(({ rule, category }) => [rule, category]));
}

import type { CompletionItem, CompletionList, CompletionParams } from 'vscode-languageserver-protocol';
import type { Edit } from '../base/edit.ts';
import { foldName } from '../base/names.ts';
import { inLanguage, type Language, type Text } from '../base/text.ts';
import { declareVariables } from '../model/declare.ts';
import { lineAt } from '../model/script.ts';
import { nodePerforming, renderStep } from '../model/template.ts';
import { handOf } from '../model/writing.ts';
import type { Step } from '../packs/pack.ts';
import { categories } from '../rules/finding.ts';
import type { Line } from '../syntax/line.ts';
import { scanLine } from '../syntax/scan.ts';
import {
  builtinVariables,
  connectives,
  keywords,
  operators,
  roles,
  suppressionFields,
  type Term,
  targets,
} from '../syntax/vocabulary.ts';
import { item, kinds, type Site, type Suggestion, snippetText } from './completionItem.ts';
import type { Feature } from './feature.ts';
import { escaped } from './markdown.ts';
import { scenarioNames } from './scenarioCompletion.ts';
import { yamlCompletion } from './yamlCompletion.ts';

/** Steps, keywords, replies, targets, variables and rules, each where it can stand and nowhere in the middle of a sentence. */
export const completion: Feature<CompletionParams, CompletionList> = {
  method: 'textDocument/completion',
  capability: {
    completionProvider: { triggerCharacters: ['【', '[', '→', '>', '》', '{', '｛', '（', '(', '：', ':', '、', ' '] },
  },
  run(context, { textDocument, position }) {
    const { snapshot, language } = context;
    const sheet = snapshot.sheet(textDocument.uri);
    if (sheet) return { isIncomplete: false, items: [...yamlCompletion(sheet, position, context)] };
    const script = snapshot.script(textDocument.uri);
    // Filtering stays with the server's next answer: an IME replaces whole words at once.
    if (!script) return { isIncomplete: false, items: [] };
    const offset = script.text.offsetAt(position);
    const placed = lineAt(script, offset);
    if (placed.line.kind === 'front-matter' || placed.line.kind === 'fence') return { isIncomplete: true, items: [] };
    const before = script.source.slice(placed.start, offset);
    const site: Site = {
      script,
      snapshot,
      packs: snapshot.packs(script).set,
      language,
      write: handOf(script),
      before,
      after: script.source.slice(offset, placed.end),
      start: placed.start,
      offset,
    };
    return { isIncomplete: true, items: [...itemsFor(scanLine(before, script.tree.frontMatter.roles), site)] };
  },
};

function* itemsFor(line: Line, site: Site): Generator<CompletionItem> {
  const flawed = (kind: string): boolean => line.flaws.some((flaw) => flaw.kind === kind);
  if (flawed('unclosed-brace')) {
    yield* variables(site);
    return;
  }
  switch (line.kind) {
    case 'blank':
      yield* lineStarts(site, line.head.end);
      return;
    case 'unknown':
      if (!line.word) yield* lineStarts(site, line.head.start);
      return;
    case 'heading':
      if (flawed('missing-bracket')) yield* steps(site, line.head.start);
      else
        yield* stepNames(
          site,
          line.steps.map(({ text }) => text),
        );
      return;
    case 'jump':
      yield* targetNames(site, line.target?.start ?? site.before.length, true);
      return;
    case 'insertion':
      yield* targetNames(site, line.target?.start ?? site.before.length, false);
      return;
    case 'branch':
      if (flawed('missing-bracket')) yield* replies(site, line.category.start);
      else if (line.arrow) yield* targetNames(site, line.target?.start ?? site.before.length, true);
      return;
    case 'guard':
      if (line.arrow) yield* targetNames(site, line.target?.start ?? site.before.length, true);
      else yield* conditions(site);
      return;
    case 'suppression':
      yield* suppression(site, line);
      return;
    case 'says':
      yield* replies(site, line.reply.start);
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

/** Where the word that is being typed starts: behind the last separator, or behind the colon. */
function lastPart(before: string): number {
  const at = Math.max(...['、', ',', '，', '：', ':', '】', ']', '］'].map((mark) => before.lastIndexOf(mark))) + 1;
  return at + (before.slice(at).length - before.slice(at).trimStart().length);
}

/** What a line can begin with. What the conversation still lacks comes first. */
function* lineStarts(site: Site, from: number): Generator<CompletionItem> {
  const { language, write } = site;
  yield* steps(site, from);
  for (const [index, role] of roles.entries()) {
    const word = write.word(role);
    yield item(site, from, {
      label: word + write.colon,
      kind: kinds.role,
      detail: inLanguage(role.help, language),
      aliases: [...role.zh, ...role.en],
      rank: 100 + index,
    });
  }
  for (const [index, reply] of site.packs.replies.entries()) {
    const name = write.english ? reply.name.en : reply.name.zh;
    const branch = write.branch(write.role('customer'), name, reply.examples.slice(0, 2));
    yield item(site, from, {
      label: write.branch(write.role('customer'), name, []),
      kind: kinds.reply,
      detail: inLanguage(reply.about, language),
      insert: `${snippetText(branch)} ${write.arrow} $0`,
      snippet: true,
      aliases: [name, ...reply.aliases],
      rank: 200 + index,
      again: true,
    });
  }
  for (const [index, keyword] of keywords.entries()) {
    const word = write.word(keyword);
    yield item(site, from, {
      label: word + write.colon,
      kind: kinds.keyword,
      detail: inLanguage(keyword.help, language),
      ...(keyword.form && { documentation: `\`${inLanguage(keyword.form, language)}\`` }),
      aliases: [...keyword.zh, ...keyword.en],
      rank: 300 + index,
      again: true,
    });
  }
}

/** Complete templates of the standard steps; those that no node performs yet come first, in the order of the conversation. */
function* steps(site: Site, from: number): Generator<CompletionItem> {
  for (const [index, step] of site.packs.steps.entries()) {
    const present = nodePerforming(step, site.script, site.packs) !== undefined;
    yield item(site, from, { ...stepSuggestion(step, site, from), rank: (present ? 50 : 0) + index });
  }
}

function stepSuggestion(step: Step, site: Site, from: number): Suggestion {
  const { script, packs, language, write } = site;
  const { heading, lines, undeclared } = renderStep(step, script, packs);
  const declarations = declareVariables(script, undeclared, packs);
  const start = site.start + from;
  // Where the declarations belong in front of the very same place, the two would overlap.
  const together = declarations.some((edit) => edit.end >= start);
  const prefix = together ? `${declarations.map(({ newText }) => newText).join('')}\n` : '';
  const text = [heading, ...lines].join('\n');
  const name = write.english ? step.name.en : step.name.zh;
  return {
    label: heading,
    kind: kinds.step,
    detail: inLanguage(step.purpose, language),
    documentation: lines.map(escaped).join('  \n'),
    insert: `${snippetText(prefix + text)}\n$0`,
    snippet: true,
    aliases: [name, step.name.zh, step.name.en, ...step.aliases, heading.slice(1)],
    rank: 0,
    ...(!together && undeclared.length > 0 && { more: declarations }),
  };
}

/** The steps that a node performs, behind its heading. */
function* stepNames(site: Site, given: readonly string[]): Generator<CompletionItem> {
  const from = lastPart(site.before);
  for (const [index, step] of site.packs.steps.entries()) {
    const label = site.write.english ? step.name.en : step.name.zh;
    if (given.includes(label)) continue;
    yield item(site, from, {
      label,
      kind: kinds.step,
      detail: inLanguage(step.purpose, site.language),
      aliases: [step.name.zh, step.name.en, ...step.aliases],
      rank: index,
    });
  }
}

function* replies(site: Site, from: number): Generator<CompletionItem> {
  for (const [index, reply] of site.packs.replies.entries()) {
    yield item(site, from, {
      label: site.write.english ? reply.name.en : reply.name.zh,
      kind: kinds.reply,
      detail: inLanguage(reply.about, site.language),
      aliases: [reply.name.zh, reply.name.en, ...reply.aliases],
      rank: index,
    });
  }
}

/** The nodes of this script, those of others as `文件/节点`, and the built-in targets. */
function* targetNames(site: Site, from: number, jumps: boolean): Generator<CompletionItem> {
  const { script, snapshot, write, language } = site;
  for (const [index, { name, node }] of script.nodes.entries()) {
    const first = node.lines.find(({ line }) => line.kind === 'utterance');
    const detail = first ? script.source.slice(first.start, first.end).trim() : undefined;
    yield item(site, from, { label: name, kind: kinds.node, ...(detail && { detail }), rank: index });
  }
  if (jumps) {
    for (const [index, target] of targets.entries()) {
      yield item(site, from, {
        label: write.word(target),
        kind: kinds.target,
        detail: inLanguage(target.help, language),
        aliases: [...target.zh, ...target.en],
        rank: 1000 + index,
      });
    }
  }
  for (const other of snapshot.scripts) {
    const file = other === script ? undefined : relativeName(script.uri, other.uri);
    if (file === undefined) continue;
    for (const { name } of other.nodes)
      yield item(site, from, { label: `${file}/${name}`, kind: kinds.node, rank: 2000 });
  }
}

/** The name by which a script beside this one, or below its folder, is called. */
function relativeName(from: string, to: string): string | undefined {
  const folder = from.slice(0, from.lastIndexOf('/') + 1);
  if (!to.startsWith(folder)) return undefined;
  return decodeURIComponent(to.slice(folder.length)).replace(/\.(huashu|话术)$/, '');
}

function* variables(site: Site): Generator<CompletionItem> {
  const { script, packs, language } = site;
  const from = Math.max(site.before.lastIndexOf('{'), site.before.lastIndexOf('｛')) + 1;
  const closing = /^[^{}｛｝]*[}｝]/.test(site.after) ? '' : '}';
  const offered = new Set<string>();
  const offer = function* (
    name: string,
    detail: string,
    rank: number,
    more: readonly Edit[] = [],
  ): Generator<CompletionItem> {
    if (name === '' || offered.has(foldName(name))) return;
    offered.add(foldName(name));
    yield item(site, from, { label: name, kind: kinds.variable, detail, insert: name + closing, rank, more });
  };
  for (const { name, type, sample, note } of script.tree.frontMatter.variables) {
    yield* offer(name, [type, sample?.value, note?.value].filter(Boolean).join('　'), 0);
  }
  for (const { text, use } of script.variables)
    if (use === 'record') yield* offer(text, say({ zh: '由“记录”写入', en: 'recorded' }, language), 1);
  for (const builtin of builtinVariables) yield* offer(builtin.zh[0], inLanguage(builtin.help, language), 2);
  for (const { name, sample, note } of packs.variables) {
    const declares = say({ zh: '（同时声明）', en: ' (declares it)' }, language);
    yield* offer(
      name,
      (note ? inLanguage(note, language) : sample) + declares,
      3,
      declareVariables(script, [name], packs),
    );
  }
}

function* conditions(site: Site): Generator<CompletionItem> {
  const typed = /[^\s：:]*$/.exec(site.before)?.[0] ?? '';
  const from = site.before.length - typed.length;
  for (const { name, type } of site.script.tree.frontMatter.variables)
    yield item(site, from, { label: name, kind: kinds.variable, detail: type, rank: 0 });
  const terms: readonly Term[] = [...operators, ...connectives];
  for (const [index, term] of terms.entries()) {
    yield item(site, from, {
      label: site.write.word(term),
      kind: kinds.operator,
      detail: inLanguage(term.help, site.language),
      aliases: [...term.zh, ...term.en],
      rank: 100 + index,
    });
  }
}

/** Rules behind `豁免：`, fields behind a comma. */
function* suppression(site: Site, line: Extract<Line, { kind: 'suppression' }>): Generator<CompletionItem> {
  const { packs, language, write } = site;
  const comma = Math.max(site.before.lastIndexOf('，'), site.before.lastIndexOf(','));
  if (comma > line.rule.start) {
    const from = comma + 1 + (site.before.slice(comma + 1).length - site.before.slice(comma + 1).trimStart().length);
    for (const [index, field] of suppressionFields.entries()) {
      if (line.fields[field.id]) continue;
      yield item(site, from, {
        label: write.word(field) + write.colon,
        kind: kinds.field,
        detail: inLanguage(field.help, language),
        rank: index,
      });
    }
    return;
  }
  if (line.flaws.some(({ kind }) => kind === 'missing-colon')) return;
  for (const rule of [...packs.rules, ...packs.flow]) {
    if (rule.suppressible === false) continue;
    yield item(site, line.rule.start, {
      label: rule.id,
      kind: kinds.rule,
      detail: inLanguage(rule.title, language),
      aliases: [rule.title.zh, rule.title.en, rule.category],
      rank: 0,
    });
  }
  for (const category of categories) yield item(site, line.rule.start, { label: category, kind: kinds.rule, rank: 1 });
}

function say(text: Text, language: Language): string {
  return inLanguage(text, language);
}

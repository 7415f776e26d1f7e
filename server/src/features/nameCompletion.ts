import type { CompletionItem } from 'vscode-languageserver-protocol';
import type { Edit } from '../base/edit.ts';
import { foldName } from '../base/names.ts';
import { inLanguage, type Text } from '../base/text.ts';
import { declareVariables } from '../model/declare.ts';
import { stepsOf } from '../model/template.ts';
import { builtinVariables, targets, type VariableType, variableTypes } from '../syntax/vocabulary.ts';
import { kinds, offer, type Site } from './completionItem.ts';
import { fitOf } from './matching.ts';
import { nodeAt } from './replyCompletion.ts';
import { termText } from './termText.ts';

/** The nodes of this script, those of others as `文件/节点`, and the built-in targets. */
export function* targetNames(site: Site, from: number, jumps: boolean): Generator<CompletionItem> {
  const { script, snapshot, packs, write, language } = site;
  const here = nodeAt(site)?.node;
  const typed = site.before.slice(from);
  let index = -1;
  // There may be thousands, of which few fit: nothing is made for the others.
  for (const node of script.tree.nodes) {
    const { title } = node;
    const name = title?.name.text ?? '';
    if (!title || name === '') continue;
    index++;
    const steps = stepsOf(title, packs);
    const names =
      steps.length === 0 ? [name] : [name, ...steps.flatMap((step) => [step.name.zh, step.name.en, ...step.aliases])];
    if (fitOf(typed, names) === undefined) continue;
    const first = node.lines.find(({ line }) => line.kind === 'utterance');
    const detail = first ? script.written.slice(first.start, first.end).trim() : undefined;
    yield* offer(site, from, {
      label: name,
      kind: kinds.node,
      ...(detail && { detail }),
      about: { thing: 'node', name },
      names,
      // Few jumps lead to the node that they stand in.
      rank: node === here ? 500 : Math.min(index, 499),
    });
  }
  if (jumps) {
    for (const [index, target] of targets.entries()) {
      yield* offer(site, from, {
        label: write.word(target),
        kind: kinds.target,
        detail: inLanguage(target.help, language),
        documentation: termText(target, language),
        names: [write.word(target), ...target.zh, ...target.en],
        rank: 1000 + index,
      });
    }
  }
  for (const other of snapshot.scripts) {
    const file = other === script ? undefined : relativeName(script.uri, other.uri);
    if (file === undefined) continue;
    for (const name of other.names) {
      const label = `${file}/${name}`;
      yield* offer(site, from, { label, kind: kinds.node, names: [label, name], rank: 2000 });
    }
  }
}

/** The name by which a script beside this one, or below its folder, is called. */
function relativeName(from: string, to: string): string | undefined {
  const folder = from.slice(0, from.lastIndexOf('/') + 1);
  if (!to.startsWith(folder)) return undefined;
  return decodeURIComponent(to.slice(folder.length)).replace(/\.(huashu|话术)$/, '');
}

/** The variables of the script, and those that the packs know, which are declared along. */
export function* variables(site: Site): Generator<CompletionItem> {
  const { script, packs, language } = site;
  const from = Math.max(site.before.lastIndexOf('{'), site.before.lastIndexOf('｛')) + 1;
  // What is left of the name that stood there, and its brace, give way.
  const over = /^[^{}｛｝]*[}｝]/.exec(site.after)?.[0].length ?? 0;
  const offered = new Set<string>();
  const say = (text: Text): string => inLanguage(text, language);
  const one = function* (
    name: string,
    names: readonly string[],
    detail: string,
    rank: number,
    more: readonly Edit[] = [],
    documentation?: string,
  ): Generator<CompletionItem> {
    if (name === '' || offered.has(foldName(name))) return;
    offered.add(foldName(name));
    const about = { thing: 'variable', name } as const;
    const insert = `${name}}`;
    yield* offer(site, from, {
      label: name,
      kind: kinds.variable,
      detail,
      insert,
      over,
      names: [name, ...names],
      rank,
      more,
      ...(documentation === undefined ? { about } : { documentation }),
    });
  };
  const known = (name: string): readonly string[] =>
    packs.variables.find((each) => foldName(each.name) === foldName(name))?.aliases ?? [];
  for (const [index, { name, type, sample, note }] of script.tree.frontMatter.variables.entries()) {
    const detail = [typeName(type, site), sample?.value, note?.value].filter(Boolean).join('　');
    yield* one(name, known(name), detail, Math.min(index, 999));
  }
  for (const { text, use } of script.variables)
    if (use === 'record') yield* one(text, known(text), say({ zh: '由“记录”写入', en: 'recorded' }), 1000);
  for (const builtin of builtinVariables)
    yield* one(builtin.zh[0], [...builtin.zh, builtin.id], say(builtin.help), 2000);
  for (const [index, { name, aliases, sample, note, type }] of packs.variables.entries()) {
    const declares = say({ zh: '（同时声明）', en: ' (declares it)' });
    const declarations = declareVariables(script, [name], packs);
    const text = note ? say(note) : sample;
    const about = `**\`{${name}}\`**　${typeName(type, site)}\n\n${text}`;
    yield* one(name, aliases, text + declares, 3000 + index, declarations, about);
  }
}

/** What a type of variables is called in the language of the editor. */
export function typeName(type: VariableType, { language }: Pick<Site, 'language'>): string {
  const term = variableTypes.find(({ id }) => id === type);
  return term ? (language === 'zh-CN' ? term.zh[0] : term.en[0]) : type;
}

/** A variable that a line records, and the sign behind it. */
export function* recordedNames(site: Site, from: number): Generator<CompletionItem> {
  const { script, packs, language } = site;
  const declared = script.tree.frontMatter.variables.map(({ name, type }) => ({ name, type, aliases: [] }));
  const names = new Set(declared.map(({ name }) => foldName(name)));
  const all = [...declared, ...packs.variables.filter(({ name }) => !names.has(foldName(name)))];
  for (const [index, { name, type, aliases }] of all.entries()) {
    yield* offer(site, from, {
      label: name,
      kind: kinds.variable,
      detail: typeName(type, { language }),
      insert: `${name} = `,
      names: [name, ...aliases],
      rank: index,
    });
  }
}

/** The names of outcomes that the script, or a template, ends with. */
export function* outcomeNames(site: Site, from: number): Generator<CompletionItem> {
  const { script, packs, placed, language } = site;
  const own = script.tree.lines.flatMap(({ line, index }) =>
    line.kind === 'outcome' && line.name.text !== '' && index !== placed.index ? [line.name.text] : [],
  );
  const usual = packs.steps.flatMap(({ templates }) =>
    templates.flatMap(({ outcome, replies }) => [outcome, ...replies.map((reply) => reply.outcome)]),
  );
  const names = new Set([...own, ...usual.flatMap((name) => name ?? [])]);
  const ownNames = new Set(own);
  for (const [index, name] of [...names].entries()) {
    const detail = ownNames.has(name)
      ? { zh: '话术里已有的结果', en: 'An outcome of this script' }
      : { zh: '范本里的结果', en: 'An outcome that templates have' };
    yield* offer(site, from, { label: name, kind: kinds.target, detail: inLanguage(detail, language), rank: index });
  }
}

import { applyEdits, type Edit } from '../base/edit.ts';
import { foldName } from '../base/names.ts';
import { type Span, touches } from '../base/span.ts';
import { type Script, scriptOf } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import { anytime, findTerm, keywords, roles, type Term, targets } from '../syntax/vocabulary.ts';
import { builtinVariable, type Entity, entityAt } from './entity.ts';
import { Refusal } from './feature.ts';
import { declaredVariables, expectations, roleWords } from './names.ts';
import { occurrencesOf } from './occurrences.ts';

/** Something whose name is the author's own. */
export type Renamable = Extract<Entity, { kind: 'node' | 'variable' | 'role' }>;

/** What can be renamed at an offset and the name itself there, or why it cannot be. */
export function renamableAt(
  script: Script,
  offset: number,
  snapshot: Snapshot,
): { readonly entity: Renamable; readonly span: Span } | Refusal | undefined {
  const entity = entityAt(script, offset, snapshot);
  switch (entity?.kind) {
    case 'node':
    case 'variable':
    case 'role': {
      if (entity.kind === 'variable' && !script.declaration(entity.name) && builtinVariable(entity.name))
        return builtIn(entity.name);
      const here = occurrencesOf(entity, script, snapshot).filter((each) => each.script === script);
      const found = here.find(({ span }) => touches(span, offset));
      return found ? { entity, span: found.span } : ofFile;
    }
    case 'term':
      return builtIn(script.written.slice(entity.start, entity.end));
    case 'step':
    case 'reply':
    case 'rule':
    case 'category':
    case 'pack': {
      const name = script.written.slice(entity.start, entity.end);
      return new Refusal(
        `“${name}”是规则包规定的名称，不能在话术里改名。`,
        `“${name}” is defined by a rule pack and cannot be renamed in a script.`,
      );
    }
    default:
      return undefined;
  }
}

function builtIn(name: string): Refusal {
  return new Refusal(`“${name}”是内置名称，不能改名。`, `“${name}” is built in and cannot be renamed.`);
}

const ofFile = new Refusal(
  '这里是文件名。请在资源管理器里给文件改名，各话术里的引用会跟着更新。',
  'This is the name of a file. Rename the file in the explorer; what refers to it follows.',
);

/** What ends a name somewhere in the language: brackets, colons, slashes, commas, arrows, line ends. */
const delimiters: { readonly [kind in Renamable['kind']]: RegExp } = {
  node: /[【】[\]［］／/：:，,、\p{Cc}\u2028\u2029]|→|(?:——?|[-－–=＝])[>＞》]/u,
  variable: /[【】[\]［］／/：:，,、{}｛｝=＝<>＜＞"“”「」\p{Cc}\u2028\u2029]|→/u,
  role: /[【】[\]［］／/：:，,、（）(){}｛｝"“”\p{Cc}\u2028\u2029]|→/u,
};

/** Why a name cannot be had: it is none, means something already, or is taken. The same name in another width or case is fine. */
export function nameProblem(name: string, entity: Renamable, script: Script): Refusal | undefined {
  if (foldName(name) === '') return new Refusal('名称不能为空。', 'A name cannot be empty.');
  const delimiter = delimiters[entity.kind].exec(name)?.[0];
  if (delimiter !== undefined)
    return new Refusal(
      `名称里不能有“${delimiter.trim() || '换行'}”，话术用它来分隔内容。`,
      `A name cannot hold “${delimiter.trim() || 'a line end'}”, which separates things in a script.`,
    );
  if (findTerm(keywords, name) && !findTerm(targets, name)) {
    return new Refusal(`“${name}”是关键词，不能用作名称。`, `“${name}” is a keyword and cannot be a name.`);
  }
  switch (entity.kind) {
    case 'node':
      return nodeProblem(name, entity);
    case 'variable':
      if (foldName(name) === foldName(entity.name)) return undefined;
      if (builtinVariable(name)) return taken(name, '内置的变量', 'a built-in variable');
      return script.knows(name) || script.variables.some(({ text }) => foldName(text) === foldName(name))
        ? taken(name, '话术里已有的变量', 'already a variable of this script')
        : undefined;
    case 'role': {
      if (foldName(name) === foldName(entity.declaration.name)) return undefined;
      if (findTerm<string>(roles, name)) return taken(name, '内置的角色', 'a built-in role');
      return script.tree.frontMatter.roles.has(foldName(name))
        ? taken(name, '话术里已有的角色', 'already a role of this script')
        : undefined;
    }
    default:
      return entity satisfies never;
  }
}

function nodeProblem(
  name: string,
  { script: home, symbol }: Extract<Renamable, { kind: 'node' }>,
): Refusal | undefined {
  const isOneOf = (terms: readonly Term[]): boolean => findTerm<string>(terms, name) !== undefined;
  if (isOneOf(targets)) return taken(name, '内置的跳转目标', 'a built-in target');
  if (isOneOf([anytime])) return taken(name, '内置的节点名称', 'the name of a built-in node');
  const other = home.nodes.find((each) => each !== symbol && foldName(each.name) === foldName(name));
  return other && taken(name, '话术里已有的节点', 'already a node of this script');
}

function taken(name: string, zh: string, en: string): Refusal {
  return new Refusal(`“${name}”是${zh}，请换一个名称。`, `“${name}” is ${en}; choose another name.`);
}

/** Whether the scripts read after these edits as they did before, but for the name. */
export function readsAlike(edits: readonly Edit[], entity: Renamable, name: string, snapshot: Snapshot): boolean {
  const byScript = new Map<Script, Edit[]>();
  for (const edit of edits) {
    const script = edit.uri === undefined ? undefined : snapshot.script(edit.uri);
    if (script) byScript.set(script, [...(byScript.get(script) ?? []), edit]);
  }
  return [...byScript].every(([before, own]) => {
    const after = scriptOf(before.uri, 0, applyEdits(before.source, own), before);
    if (after.tree.frontMatter.problems.length > before.tree.frontMatter.problems.length) return false;
    if (shapeOf(after) !== shapeOf(before)) return false;
    const names = namesIn(after, entity.kind, snapshot);
    const renamed = names.filter(({ text }) => foldName(text) === foldName(name)).length;
    const wanted = own.filter(({ newText }) => newText === name).length;
    return names.length === namesIn(before, entity.kind, snapshot).length && renamed >= wanted;
  });
}

/** The classes of all lines, and how much is wrong with each. */
function shapeOf({ tree }: Script): string {
  return tree.lines.map(({ line }) => `${line.kind}${line.flaws.length}`).join(' ');
}

function namesIn(script: Script, kind: Renamable['kind'], snapshot: Snapshot): readonly { readonly text: string }[] {
  switch (kind) {
    case 'node':
      return [
        ...script.nodes.map(({ name }) => ({ text: name })),
        ...script.targets.map(({ node }) => node),
        ...expectations(script, snapshot).map(({ node }) => node),
      ];
    case 'variable':
      return [...declaredVariables(script), ...script.variables];
    case 'role':
      return roleWords(script);
    default:
      return kind satisfies never;
  }
}

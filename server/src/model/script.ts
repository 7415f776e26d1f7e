import { TextDocument } from 'vscode-languageserver-textdocument';
import { inBoth, type Replaced } from '../base/edit.ts';
import { Memo } from '../base/memo.ts';
import { foldName } from '../base/names.ts';
import type { Source } from '../base/source.ts';
import { type Span, shift } from '../base/span.ts';
import { type ParsedCondition, parseCondition, variablesKnown } from '../syntax/condition.ts';
import type { FrontMatter, VariableDeclaration } from '../syntax/frontMatter.ts';
import type { Target, Word } from '../syntax/line.ts';
import { frontMatterOf, parse } from '../syntax/parse.ts';
import { isLine, type Placed, type ScriptNode, type Tree, traits } from '../syntax/tree.ts';
import { findTerm, type TargetId, targets } from '../syntax/vocabulary.ts';
import { ScriptText } from './scriptText.ts';

/** A node that has a name. */
export interface NodeSymbol {
  readonly name: string;
  /** The name itself, in the file. */
  readonly span: Span;
  readonly node: ScriptNode;
}

/** A jump, branch, guard or insertion that names a node. All spans count from the start of the file. */
export interface TargetReference {
  readonly placed: Placed;
  /** The whole target, `文件/节点`. */
  readonly span: Span;
  readonly file?: Word;
  readonly node: Word;
  /** A built-in target, unless the script has no business naming a node so. */
  readonly builtin?: TargetId;
}

/** Where a variable is used. Spans count from the start of the file. */
export interface VariableReference extends Word {
  readonly placed: Placed;
  /** `given` and `record` name a variable without using it. */
  readonly use: 'speech' | 'condition' | 'given' | 'record';
  /** With the braces, in speech. */
  readonly whole: Span;
}

/** Everything that follows from one file's text alone; two equal texts have equal scripts. */
export interface Script {
  readonly uri: string;
  readonly source: string;
  /** The same, for whoever reads parts of it: behind an edit it is not one string unless somebody asks for that. */
  readonly written: Source;
  /** Converts offsets into lines and characters. */
  readonly text: TextDocument;
  readonly tree: Tree;
  readonly nodes: readonly NodeSymbol[];
  readonly targets: readonly TargetReference[];
  /** Those of them that name another file. This and the next three are asked of every script of the workspace. */
  readonly outward: readonly TargetReference[];
  /** The names of its nodes. */
  readonly names: readonly string[];
  readonly hasScenarios: boolean;
  /** The packs that it asks for itself. */
  readonly packs: FrontMatter['packs'];
  readonly variables: readonly VariableReference[];
  /** The conditions of guarded jumps, by line number. Spans count from the start of the line. */
  readonly conditions: ReadonlyMap<number, ParsedCondition>;
  /** The first node with this name. */
  node(name: string): NodeSymbol | undefined;
  /** The declaration of a variable in the front matter. */
  declaration(name: string): VariableDeclaration | undefined;
  /** Whether a variable is declared, built in, or recorded somewhere in the script. */
  knows(variable: string): boolean;
}

/**
 * @param before an earlier state of the script: what both have in common is not read again
 * @param replaced what was replaced in it, where that is known
 */
export function scriptOf(uri: string, version: number, written: Source, before?: Script, replaced?: Replaced): Script {
  return new ReadScript(uri, version, written, before, replaced);
}

/**
 * The same script before anything was worked out of it but what is asked of every one: what is worked out of the copy is
 * forgotten with the copy.
 */
export function copyOf(script: Script): Script {
  return script instanceof ReadScript ? script.copy() : script;
}

/** What every script is asked for. It is worked out without keeping the tree: those of a folder of scripts would be too many. */
interface Outline {
  readonly outward: readonly TargetReference[];
  readonly names: readonly string[];
  readonly hasScenarios: boolean;
}

interface Earlier {
  readonly tree: Tree;
  readonly replaced: Span | undefined;
}

/** What follows from the text is worked out when it is first asked for: few ask for everything, and at each key there is a new script. */
class ReadScript implements Script {
  readonly uri: string;
  readonly written: Source;
  private readonly version: number;
  /** Shared by all copies. */
  private brief: { readonly outline: Partial<Outline>; packs?: FrontMatter['packs']; mayNameFiles?: boolean } = {
    outline: {},
  };
  /** The tree of an earlier state, until there is one of this, and what has been replaced since. */
  private before: Earlier | undefined;
  private readonly symbols = new Map<ScriptNode, NodeSymbol>();
  private known: {
    text?: TextDocument;
    tree?: Tree;
    nodes?: readonly NodeSymbol[];
    targets?: readonly TargetReference[];
    variables?: readonly VariableReference[];
    conditions?: ReadonlyMap<number, ParsedCondition>;
    byName?: ReadonlyMap<string, ScriptNode>;
    declarations?: ReadonlyMap<string, VariableDeclaration>;
    variableNames?: readonly string[];
    foldedNames?: ReadonlySet<string>;
  } = {};

  constructor(uri: string, version: number, written: Source, before?: Script, replaced?: Replaced) {
    this.uri = uri;
    this.written = written;
    this.version = version;
    const since = before && replaced?.before === before.written ? replaced : undefined;
    this.before =
      before instanceof ReadScript ? before.earlier(since) : before && { tree: before.tree, replaced: since };
  }

  /** What a later state has to go by; nothing where nothing was read of this one. */
  private earlier(replaced: Span | undefined): Earlier | undefined {
    const { written, known, before } = this;
    if (known.tree) return { tree: known.tree, replaced };
    if (!before) return undefined;
    const by = written.length - before.tree.written.length;
    return { tree: before.tree, replaced: before.replaced && replaced && inBoth(before.replaced, by, replaced) };
  }

  get source(): string {
    return this.written.toString();
  }

  copy(): Script {
    const copy = new ReadScript(this.uri, this.version, this.written);
    copy.brief = this.brief;
    return copy;
  }

  get text(): TextDocument {
    const { uri, version, known } = this;
    known.text ??= this.isBeingRead
      ? new ScriptText(uri, version, this.tree)
      : TextDocument.create(uri, 'huashu', version, this.source);
    return known.text;
  }

  get tree(): Tree {
    if (!this.known.tree) {
      this.known.tree = parse(this.written, this.before?.tree, this.before?.replaced);
      this.before = undefined;
    }
    return this.known.tree;
  }

  get nodes(): readonly NodeSymbol[] {
    this.known.nodes ??= this.tree.nodes.flatMap((node) => this.symbolOf(node) ?? []);
    return this.known.nodes;
  }

  get targets(): readonly TargetReference[] {
    if (!this.known.targets) {
      const targets: TargetReference[] = [];
      for (const placed of this.tree.lines) {
        const target = targetOf(placed);
        if (target) targets.push(target);
      }
      this.known.targets = targets;
    }
    return this.known.targets;
  }

  get outward(): readonly TargetReference[] {
    const { brief } = this;
    if (!brief.outline.outward && !this.isBeingRead) {
      brief.mayNameFiles ??= mayNameFiles(this.source);
      if (!brief.mayNameFiles) return [];
    }
    return this.outline('outward', outwardOf);
  }

  get names(): readonly string[] {
    return this.outline('names', namesOf);
  }

  get hasScenarios(): boolean {
    return this.outline('hasScenarios', hasScenarios);
  }

  get packs(): FrontMatter['packs'] {
    const { brief } = this;
    if (!('packs' in brief)) {
      if (this.isBeingRead) brief.packs = this.tree.frontMatter.packs;
      else brief.packs = mayNamePacks(this.source) ? frontMatterOf(this.source).packs : undefined;
    }
    return brief.packs;
  }

  /** Whether the tree is there, or nearly: of a script that somebody has open it is kept. */
  private get isBeingRead(): boolean {
    return (this.known.tree ?? this.before) !== undefined;
  }

  /** Of a script that is not read everything is worked out at once, and the tree forgotten. */
  private outline<K extends keyof Outline>(key: K, workOut: (tree: Tree) => Outline[K]): Outline[K] {
    const known: Outline[K] | undefined = this.brief.outline[key];
    if (known !== undefined) return known;
    const made = this.isBeingRead ? { [key]: workOut(this.tree) } : outlineOf(parse(this.source));
    return Object.assign(this.brief.outline, made)[key] as Outline[K];
  }

  get variables(): readonly VariableReference[] {
    if (!this.known.variables) {
      const variables: VariableReference[] = [];
      for (const placed of this.tree.lines) addVariables(variables, placed, this);
      this.known.variables = variables;
    }
    return this.known.variables;
  }

  get conditions(): ReadonlyMap<number, ParsedCondition> {
    if (!this.known.conditions) {
      const conditions = new Map<number, ParsedCondition>();
      for (const placed of this.tree.lines) {
        if (isLine(placed, 'guard'))
          conditions.set(placed.index, parseCondition(placed.line.condition, this.variableNames));
      }
      this.known.conditions = conditions;
    }
    return this.known.conditions;
  }

  // Functions of their own, since whoever takes one out of a script takes no script along.
  readonly node = (name: string): NodeSymbol | undefined => {
    this.known.byName ??= byNameOf(this.tree);
    const node = this.known.byName.get(foldName(name));
    return node && this.symbolOf(node);
  };

  readonly declaration = (name: string): VariableDeclaration | undefined => {
    this.known.declarations ??= new Map(this.tree.frontMatter.variables.map((each) => [foldName(each.name), each]));
    return this.known.declarations.get(foldName(name));
  };

  readonly knows = (variable: string): boolean => {
    this.known.foldedNames ??= new Set(this.variableNames.map(foldName));
    return this.known.foldedNames.has(foldName(variable));
  };

  /** One for each node, however it is asked for; where it stands is looked for in those that are. */
  private symbolOf(node: ScriptNode): NodeSymbol | undefined {
    const known = this.symbols.get(node);
    const { heading } = node;
    if (known || !heading || !node.name) return known;
    const symbol = { name: node.name, span: shift(heading.line.name, heading.start), node };
    this.symbols.set(node, symbol);
    return symbol;
  }

  private get variableNames(): readonly string[] {
    this.known.variableNames ??= variablesKnown(this.tree);
    return this.known.variableNames;
  }
}

/**
 * Whether a target can name a file: only where an arrow, or the word for an insertion, stands before a slash. To read a script takes
 * a hundred times as long, and of a thousand scripts few name others.
 */
function mayNameFiles(source: string): boolean {
  for (const slash of ['/', '／']) {
    let checked = -1;
    for (let at = source.indexOf(slash); at >= 0; at = source.indexOf(slash, at + 1)) {
      // What stands before another slash of the line has been looked at.
      const before = source.slice(1 + Math.max(checked, source.lastIndexOf('\n', at)), at);
      const line = before.slice(before.lastIndexOf('\r') + 1);
      if (/[→>＞》]|插入|[iｉ][nｎ][sｓ][eｅ][rｒ][tｔ]/i.test(line) || unusual.test(line)) return true;
      checked = at;
    }
  }
  return false;
}

/** Whether the front matter can ask for packs: only where the key stands in it, which YAML can also write with escapes. */
function mayNamePacks(source: string): boolean {
  const heading = source.search(/^[^\S\r\n]*[【[［]/m);
  const header = heading < 0 ? source : source.slice(0, heading);
  return /规则包|[pｐ][aａ][cｃ][kｋ][sｓ]|\\/i.test(header) || unusual.test(header);
}

/** Characters, besides those of full width, that mean the same as letters or words of the language. */
export const unusual =
  /[\u00aa\u00ba\u0130-\u0149\u017f\u01c4-\u01cc\u01f1-\u01f3\u02b0-\u02e3\u1d2c-\u1dbb\u1e9a\u2071-\u20a8\u2100-\u217f\u249c-\u24e9\u2c7c\u2c7d\u2e80-\u2fdf\u3250-\u33ff\ua7f1-\ua7f4\uf900-\ufb06\ud800-\udbff]/;

/** The first node of each name. */
function byNameOf({ nodes }: Tree): ReadonlyMap<string, ScriptNode> {
  const byName = new Map<string, ScriptNode>();
  for (const node of nodes) {
    if (!node.name) continue;
    const name = node.once(foldedNames, () => foldName(node.name ?? ''));
    if (!byName.has(name)) byName.set(name, node);
  }
  return byName;
}

const foldedNames = new Memo<object, string>();

function outlineOf(tree: Tree): Outline {
  return { outward: outwardOf(tree), names: namesOf(tree), hasScenarios: hasScenarios(tree) };
}

function outwardOf(tree: Tree): readonly TargetReference[] {
  return tree.having(traits.outward).flatMap((placed) => targetOf(placed) ?? []);
}

function namesOf(tree: Tree): readonly string[] {
  const names: string[] = [];
  for (const { name } of tree.nodes) if (name) names.push(name);
  return names;
}

function hasScenarios(tree: Tree): boolean {
  return tree.scenarios.length > 0;
}

/** What a line leads to, where it names something. */
export function targetOf(placed: Placed): TargetReference | undefined {
  const { line, start } = placed;
  switch (line.kind) {
    case 'jump':
    case 'branch':
    case 'guard':
    case 'insertion': {
      const { target } = line;
      if (!target) return undefined;
      const reference: { -readonly [key in keyof TargetReference]: TargetReference[key] } = {
        placed,
        span: shift(target, start),
        node: moved(target.node, start),
      };
      if (target.file) reference.file = moved(target.file, start);
      const builtin = builtinOf(target, line.kind === 'insertion');
      if (builtin) reference.builtin = builtin;
      return reference;
    }
    default:
      return undefined;
  }
}

/** An insertion brings in lines, so that only a node makes sense there. */
function builtinOf(target: Target, insertion: boolean): TargetId | undefined {
  return target.file || insertion ? undefined : findTerm(targets, target.node.text)?.id;
}

/** The variables that a line uses, in their order. */
export function variablesIn(placed: Placed, script: Script): readonly VariableReference[] {
  const variables: VariableReference[] = [];
  addVariables(variables, placed, script);
  return variables;
}

function addVariables(to: VariableReference[], placed: Placed, script: Pick<Script, 'conditions'>): void {
  const { line } = placed;
  switch (line.kind) {
    case 'utterance':
    case 'guidance':
      for (const each of line.speech.variables) to.push(referenceTo(each, placed, 'speech', each.braces));
      return;
    case 'record':
      if (line.variable.text !== '') to.push(referenceTo(line.variable, placed, 'record'));
      for (const each of line.value.variables) to.push(referenceTo(each, placed, 'speech', each.braces));
      return;
    case 'guard':
      for (const each of script.conditions.get(placed.index)?.variables ?? [])
        to.push(referenceTo(each, placed, 'condition'));
      return;
    case 'given':
      for (const { variable } of line.values) if (variable.text !== '') to.push(referenceTo(variable, placed, 'given'));
      return;
    default:
  }
}

function referenceTo(
  { text, start, end }: Word,
  placed: Placed,
  use: VariableReference['use'],
  whole: Span = { start, end },
): VariableReference {
  const { start: by } = placed;
  return { placed, use, whole: shift(whole, by), text, start: start + by, end: end + by };
}

function moved(word: Word, by: number): Word {
  return { text: word.text, start: word.start + by, end: word.end + by };
}

/** The line at an offset. */
export function lineAt({ tree }: Script, offset: number): Placed {
  return tree.lineAt(offset);
}

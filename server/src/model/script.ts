import { TextDocument } from 'vscode-languageserver-textdocument';
import { foldName } from '../base/names.ts';
import { type Span, shift } from '../base/span.ts';
import { type ParsedCondition, parseCondition, variablesKnown } from '../syntax/condition.ts';
import type { VariableDeclaration } from '../syntax/frontMatter.ts';
import type { Guard, Target, Word } from '../syntax/line.ts';
import { parse } from '../syntax/parse.ts';
import { isLine, type Placed, type ScriptNode, type Tree } from '../syntax/tree.ts';
import { findTerm, type TargetId, targets } from '../syntax/vocabulary.ts';

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
  /** Converts offsets into lines and characters. */
  readonly text: TextDocument;
  readonly tree: Tree;
  readonly nodes: readonly NodeSymbol[];
  readonly targets: readonly TargetReference[];
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

export function scriptOf(uri: string, version: number, source: string): Script {
  const tree = parse(source);
  const declarations = new Map(tree.frontMatter.variables.map((each) => [foldName(each.name), each]));
  const names = variablesKnown(tree);
  const known = new Set(names.map(foldName));
  const conditions = new Map(
    tree.lines.flatMap((placed) =>
      isLine(placed, 'guard') ? [[placed.index, parseCondition(placed.line.condition, names)] as const] : [],
    ),
  );
  const nodes = tree.nodes.flatMap((node): NodeSymbol[] => {
    const { heading } = node;
    const name = heading?.line.name;
    return heading && name && name.text !== '' ? [{ name: name.text, span: shift(name, heading.start), node }] : [];
  });
  const byName = new Map(nodes.toReversed().map((symbol) => [foldName(symbol.name), symbol]));
  return {
    uri,
    source,
    text: TextDocument.create(uri, 'huashu', version, source),
    tree,
    nodes,
    targets: tree.lines.flatMap(targetOf),
    variables: tree.lines.flatMap((placed) => variablesOf(placed, conditions)),
    conditions,
    node: (name) => byName.get(foldName(name)),
    declaration: (name) => declarations.get(foldName(name)),
    knows: (variable) => known.has(foldName(variable)),
  };
}

function targetOf(placed: Placed): TargetReference[] {
  const { line, start } = placed;
  const target = 'target' in line ? line.target : undefined;
  if (!target) return [];
  const builtin = builtinOf(target, line.kind === 'insertion');
  return [
    {
      placed,
      span: shift(target, start),
      ...(target.file && { file: moved(target.file, start) }),
      node: moved(target.node, start),
      ...(builtin && { builtin }),
    },
  ];
}

/** An insertion brings in lines, so that only a node makes sense there. */
function builtinOf(target: Target, insertion: boolean): TargetId | undefined {
  return target.file || insertion ? undefined : findTerm(targets, target.node.text)?.id;
}

function variablesOf(placed: Placed, conditions: ReadonlyMap<number, ParsedCondition>): VariableReference[] {
  const { line, start } = placed;
  const used = (use: VariableReference['use'], words: readonly Word[]): VariableReference[] =>
    words.map((word) => ({ ...moved(word, start), placed, use, whole: shift(word, start) }));
  switch (line.kind) {
    case 'utterance':
    case 'guidance':
      return line.speech.variables.map((each) => ({
        ...moved(each, start),
        placed,
        use: 'speech',
        whole: shift(each.braces, start),
      }));
    case 'record':
      return [
        ...used('record', line.variable.text === '' ? [] : [line.variable]),
        ...line.value.variables.map(
          (each): VariableReference => ({
            ...moved(each, start),
            placed,
            use: 'speech',
            whole: shift(each.braces, start),
          }),
        ),
      ];
    case 'guard':
      return used('condition', conditionOf(placed as Placed<Guard>, conditions)?.variables ?? []);
    case 'given':
      return used(
        'given',
        line.values.flatMap(({ variable }) => (variable.text === '' ? [] : [variable])),
      );
    default:
      return [];
  }
}

function conditionOf(
  placed: Placed<Guard>,
  conditions: ReadonlyMap<number, ParsedCondition>,
): ParsedCondition | undefined {
  return conditions.get(placed.index);
}

function moved(word: Word, by: number): Word {
  return { text: word.text, start: word.start + by, end: word.end + by };
}

/** The line at an offset. */
export function lineAt(script: Script, offset: number): Placed {
  const { line } = script.text.positionAt(offset);
  const placed = script.tree.lines[line] ?? script.tree.lines.at(-1);
  if (!placed) throw new Error('A script has at least one line.');
  return placed;
}

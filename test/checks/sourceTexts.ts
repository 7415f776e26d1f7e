import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A text of the product in both languages as it is written in the sources; what is filled in is `{}`. */
export interface SourceText {
  /** Where it is written, such as `server/src/rules/check.ts:12`. */
  readonly place: string;
  readonly zh: readonly string[];
  readonly en: readonly string[];
}

/** Every text that the sources in a folder have in both languages. */
export function* sourceTexts(folder: string): Generator<SourceText> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.ts')) continue;
    const file = path.join(folder, name);
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    for (const node of nodesBelow(source)) {
      const pair = pairOf(node);
      if (!pair) continue;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      yield { place: `${file}:${line + 1}`, zh: [...wordsOf(pair.zh)], en: [...wordsOf(pair.en)] };
    }
  }
}

interface Pair {
  readonly zh: ts.Node;
  readonly en: ts.Node;
}

/** `{ zh, en }`, a choice by the language, or two strings one after the other. */
function pairOf(node: ts.Node): Pair | undefined {
  if (ts.isObjectLiteralExpression(node)) {
    const [zh, en] = ['zh', 'en'].map((name) => node.properties.find((each) => each.name?.getText() === name));
    return zh && en && { zh, en };
  }
  if (ts.isConditionalExpression(node)) {
    const { whenTrue, whenFalse } = node;
    const condition = node.condition.getText();
    if (/=== 'en'$|\benglish$/.test(condition)) return { zh: whenFalse, en: whenTrue };
    if (/=== 'zh-CN'$|\bzh$/.test(condition)) return { zh: whenTrue, en: whenFalse };
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return neighbours(node.arguments ?? []);
  if (ts.isArrayLiteralExpression(node)) return neighbours(node.elements);
  return undefined;
}

function neighbours(nodes: readonly ts.Node[]): Pair | undefined {
  for (const [index, zh] of nodes.entries()) {
    const en = nodes[index + 1];
    if (!en || !isString(zh) || !isString(en)) continue;
    // A script in an example has lines, and a sentence that is said has none.
    if (
      /\p{Script=Han}/u.test(zh.getText()) &&
      /^[^\p{Script=Han}]*[A-Za-z]{2}/u.test(en.getText()) &&
      !/\\n/.test(zh.getText())
    )
      return { zh, en };
  }
  return undefined;
}

function isString(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** The strings of an expression, each as a whole, without those that are texts of their own. */
function* wordsOf(node: ts.Node): Generator<string> {
  if (ts.isStringLiteralLike(node)) yield node.text;
  else if (ts.isTemplateExpression(node))
    yield node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
  else if (!pairOf(node)) for (const child of childrenOf(node)) yield* wordsOf(child);
}

function* nodesBelow(node: ts.Node): Generator<ts.Node> {
  for (const child of childrenOf(node)) {
    yield child;
    yield* nodesBelow(child);
  }
}

function childrenOf(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return children;
}

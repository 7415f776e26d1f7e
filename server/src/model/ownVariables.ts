import { foldName } from '../base/names.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { VariableDeclaration } from '../syntax/frontMatter.ts';
import type { Script } from './script.ts';

/** The names in the braces of a text. */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
}

/** A text of a pack with the variables that the script has for the same things: `{客户称呼}` where that is `{客户姓名}`. */
export function inOwnWords(text: string, script: Script, packs: PackSet): string {
  // Who entrusted an agency stands in its front matter already.
  const principal = script.tree.frontMatter.principal?.value;
  return text.replace(/\{([^{}]+)\}/g, (braces, name: string) => {
    const own = ownName(name, script, packs);
    if (own !== undefined) return `{${own}}`;
    return name === principalName && principal !== undefined && !script.knows(name) ? principal : braces;
  });
}

/** What templates call the bank on whose behalf an agency calls. */
const principalName = '委托银行';

/** What the script calls a variable of the packs, where it has one of the same type and meaning under another name. */
function ownName(name: string, script: Script, packs: PackSet): string | undefined {
  const { variables } = script.tree.frontMatter;
  if (script.knows(name) || variables.length === 0) return undefined;
  const wanted = packs.variables.find((each) => foldName(each.name) === foldName(name));
  if (!wanted) return undefined;
  const taken = new Set(packs.variables.map((each) => foldName(each.name)));
  const alike = variables.filter((each) => each.type === wanted.type && !taken.has(foldName(each.name)));
  const aliases = new Set(wanted.aliases.map(foldName));
  const found = alike.find((each) => aliases.has(foldName(each.name))) ?? alike.find(holds(wanted.name));
  // There is one way to address a customer: whatever it is called, it is meant.
  return (found ?? (wanted.type === 'salutation' && alike.length === 1 ? alike[0] : undefined))?.name;
}

/** `本期最低还款额` is a 最低还款额. */
function holds(name: string): (declaration: VariableDeclaration) => boolean {
  return (declaration) => foldName(declaration.name).includes(foldName(name));
}

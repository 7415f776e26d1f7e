import { foldName } from '../base/names.ts';
import { sha256 } from '../base/sha256.ts';
import { isLine, type Placed, type Tree } from '../syntax/tree.ts';

/**
 * What each line that is not blank is called by whoever takes the script over: the same for as long as its words and its node are, whatever
 * comes and goes around it, so that recordings and translations find their lines again. A reply is known by its category, so
 * that its examples and its target may change; the same line once more in a node gets a number.
 */
export function lineIds(tree: Tree): ReadonlyMap<Placed, string> {
  const ids = new Map<Placed, string>();
  const counts = new Map<string, number>();
  let inside = '';
  for (const placed of tree.lines) {
    const { line } = placed;
    if (line.kind === 'blank' || line.kind === 'fence' || line.kind === 'front-matter') continue;
    if (isLine(placed, 'heading')) inside = nodeId(placed.line.name.text);
    if (isLine(placed, 'case')) inside = idOf('case', placed.line.name.text);
    const id = isLine(placed, 'heading') || isLine(placed, 'case') ? inside : idOf(inside, ...ownWords(placed, tree));
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    ids.set(placed, count === 1 ? id : `${id}-${count}`);
  }
  return ids;
}

export function nodeId(name: string): string {
  return idOf('node', foldName(name));
}

function ownWords(placed: Placed, { source }: Tree): readonly string[] {
  if (isLine(placed, 'branch')) return ['reply', placed.line.speaker, foldName(placed.line.category.text)];
  if (isLine(placed, 'utterance')) return ['said', placed.line.speaker, placed.line.speech.text];
  return [placed.line.kind, source.slice(placed.start, placed.end).trim()];
}

/** Begins with a letter, since a spreadsheet takes `12e4` for a number. */
function idOf(...parts: readonly string[]): string {
  return `L${sha256(JSON.stringify(parts)).slice(0, 10)}`;
}

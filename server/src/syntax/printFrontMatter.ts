import { applyEdits, type Edit, insertion } from '../base/edit.ts';
import { isBlank } from '../base/span.ts';
import { alike } from './alike.ts';
import { readFrontMatter } from './frontMatterReader.ts';
import { imeYaml } from './imeYaml.ts';
import type { Tree } from './tree.ts';

/**
 * Full-width signs of the front matter that YAML would not see, as the signs that they stand for. Values and remarks stay as
 * they are, and so does a block that YAML cannot read or would read differently.
 */
export function printFrontMatter({ source, frontMatter, lines }: Tree): Edit[] {
  const first = frontMatter.lines && lines[frontMatter.lines.first + 1];
  if (!frontMatter.lines || frontMatter.end === undefined || !first) return [];
  if (frontMatter.problems.some(({ kind }) => kind === 'yaml' || kind === 'not-a-map' || kind === 'too-long'))
    return [];
  const edits = editsBetween(source, first.start, frontMatter.end);
  if (edits.length === 0) return [];
  const printed = applyEdits(source, edits);
  const end = frontMatter.end + printed.length - source.length;
  const isSame =
    editsBetween(printed, first.start, end).length === 0 &&
    alike(readFrontMatter(printed, frontMatter.lines), frontMatter);
  return isSame ? edits : [];
}

function editsBetween(source: string, from: number, to: number): Edit[] {
  const yaml = imeYaml(source.slice(from, to), from);
  const edits: Edit[] = [];
  for (let at = 0; at < yaml.text.length; ) {
    const offset = yaml.sourceOffset(at);
    const start = at;
    while (at < yaml.text.length && yaml.sourceOffset(at) === offset) at++;
    const written = yaml.text.slice(start, at);
    const char = source.charAt(offset);
    if (offset >= to || written === char) continue;
    if (written === ',') edits.push({ start: offset, end: offset + 1, newText: withBlank(source, offset + 1) });
    else if (written.endsWith(char)) edits.push(insertion(offset, written.slice(0, -1)));
    else edits.push({ start: offset, end: offset + 1, newText: written });
  }
  return edits;
}

/** A comma, and the blank behind it where there is none. */
function withBlank(source: string, next: number): string {
  return isBlank(source.charCodeAt(next)) || next >= source.length ? ',' : ', ';
}

import type { Span } from '../base/span.ts';
import { capturesOf, parsePattern } from '../matcher/pattern.ts';
import { entryOf, itemsOf, pairsOf, scalarText, type YamlNode } from './yamlText.ts';

/** The name in `{…}` around an offset of a pattern or text; it may not be closed yet. */
export function slotAt(source: string, offset: number): (Span & { readonly closed: boolean }) | undefined {
  const start = source.lastIndexOf('{', offset - 1) + 1;
  if (start === 0) return undefined;
  const end = start + (/^[^:：{}()|\r\n'"]*/.exec(source.slice(start))?.[0].length ?? 0);
  return offset <= end ? { start, end, closed: source.charAt(end) === '}' } : undefined;
}

/** What `{0-6}` means: a gap, with its widest extent. */
export function gapIn(
  name: string,
): { readonly max: number; readonly over: 'clause' | 'sentence' | 'words' } | undefined {
  const { pattern } = parsePattern(`一{${name}}一`);
  const gap = pattern.kind === 'sequence' ? pattern.items.find((item) => item.kind === 'gap') : undefined;
  return gap?.kind === 'gap' ? gap : undefined;
}

/** The names that the patterns of a rule remember, as the rule stands in the file. */
export function capturesIn(rule: YamlNode): readonly string[] {
  const texts = itemsOrItself(entryOf(rule, 'match'))
    .flatMap((item) => (pairsOf(item) ? itemsOrItself(entryOf(item, 'all')) : [item]))
    .flatMap((item) => scalarText(item) ?? []);
  return [...new Set(texts.flatMap((text) => [...capturesOf(parsePattern(text).pattern)]))];
}

function itemsOrItself(node: YamlNode | undefined): readonly YamlNode[] {
  return itemsOf(node) ?? (node ? [node] : []);
}

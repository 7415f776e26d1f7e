import { type Span, touches } from '../base/span.ts';
import type { Form, Group, Scalar, Shape } from './shape.ts';
import { isFlow, itemsOf, pairsOf, parseYaml, scalarText, spanOf, type YamlNode, type YamlText } from './yamlText.ts';

/** A mapping or list around a place, with what it should be. */
export interface Enclosing {
  readonly shape: Group;
  readonly node: YamlNode;
}

/** A scalar in a YAML file, and what may stand in its place. */
export type YamlSite = {
  readonly node: YamlNode;
  /** From the root to here. */
  readonly around: readonly Enclosing[];
} & (
  | { readonly role: 'key'; readonly of: Group & { readonly kind: 'form' | 'table' } }
  | { readonly role: 'value'; readonly of: Scalar; readonly long?: Form }
);

/** What stands at an offset of a file that should be as `form` says. */
export function siteAt({ root }: YamlText, form: Form, offset: number): YamlSite | undefined {
  return root && descend(root, form, offset, []);
}

function descend(node: YamlNode, shape: Shape, offset: number, around: readonly Enclosing[]): YamlSite | undefined {
  if (!touches(spanOf(node), offset)) return undefined;
  const items = itemsOf(node);
  if (shape.kind === 'list') {
    const inside = [...around, { shape, node }];
    return first(items ?? [node], (item) => descend(item, shape.of, offset, inside));
  }
  if (items) return undefined;
  const pairs = pairsOf(node);
  if (shape.kind === 'either') {
    if (pairs) return descend(node, shape.long, offset, around);
    return { node, around, role: 'value', of: shape.short, long: shape.long };
  }
  if (shape.kind === 'form' || shape.kind === 'table') {
    if (!pairs) return { node, around, role: 'key', of: shape };
    const inside = [...around, { shape, node }];
    return first(pairs, ({ name, keyNode, value }) => {
      if (touches(spanOf(keyNode), offset)) return { node: keyNode, around: inside, role: 'key', of: shape };
      const expected = shape.kind === 'table' ? shape.of : shape.fields[name]?.shape;
      return value && expected && descend(value, expected, offset, inside);
    });
  }
  // A scalar is expected; the key of a mapping in its place is one that is being typed.
  const typed = pairs?.find(({ keyNode }) => touches(spanOf(keyNode), offset))?.keyNode;
  return pairs && !typed ? undefined : { node: typed ?? node, around, role: 'value', of: shape };
}

function first<Item, Result>(items: readonly Item[], find: (item: Item) => Result | undefined): Result | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A place where somebody types. */
export interface TypingSite {
  readonly site: YamlSite;
  /** What is being typed, up to the cursor and whole; spans count in the text as it is. */
  readonly typed: string;
  readonly span: Span;
  /** The names that the mapping, or the values that the list around the place already has. */
  readonly taken: ReadonlySet<string>;
  /** Nothing else stands on the line: a mapping or list can begin here. */
  readonly fresh: boolean;
  readonly flow: boolean;
  /** The place is an item of a list that has no dash yet. */
  readonly dashless: boolean;
  /** A colon follows already. */
  readonly colon: boolean;
  /** The column of what is being typed. */
  readonly indent: number;
}

/** Stands in for what is not yet typed; no author writes it. */
const marker = '\ue000';

/** What may be typed at an offset: the text is read as it would be with a word there. */
export function typingAt(source: string, form: Form, offset: number): TypingSite | undefined {
  const lineStart = source.slice(0, offset).lastIndexOf('\n') + 1;
  const before = source.slice(lineStart, offset);
  const after = /^[^\r\n]*/.exec(source.slice(offset))?.[0] ?? '';
  const fresh = /^\s*(?:- +)*[\p{L}\p{N}\p{M}_/-]*$/u.test(before) && after.trim() === '';
  const yaml = parseYaml(`${source.slice(0, offset)}${marker}${fresh ? ':' : ''}${source.slice(offset)}`);
  const site = siteAt(yaml, form, offset);
  const { start, end } = site ? spanOf(site.node) : { start: 0, end: 0 };
  const raw = yaml.source.slice(start, end);
  if (!site || !raw.includes(marker)) return undefined;
  const quoted = /^['"]/.test(raw) ? 1 : 0;
  const closed = quoted > 0 && raw.length > 1 && raw.endsWith(raw.charAt(0)) ? 1 : 0;
  const from = start + quoted;
  // What goes on from the line above is a text of several lines, and no name that could be completed.
  if (from < lineStart) return undefined;
  const nearest = site.around.at(-1);
  const names = pairsOf(nearest?.node)?.map(({ name }) => name);
  const values = itemsOf(nearest?.node)?.flatMap((item) => scalarText(item) ?? []);
  return {
    site,
    typed: source.slice(from, offset),
    span: { start: from, end: Math.max(offset, end - marker.length - closed) },
    taken: new Set((site.role === 'key' ? names : values)?.filter((each) => !each.includes(marker))),
    fresh,
    dashless: site.around.slice(-2).some(({ shape, node }) => shape.kind === 'list' && !itemsOf(node)),
    flow: site.around.some(({ node }) => isFlow(node)),
    colon: /^\s*:/.test(after),
    indent: from - quoted - lineStart,
  };
}

import type { CompletionItem, Position } from 'vscode-languageserver-protocol';
import { inLanguage } from '../base/text.ts';
import type { Sheet } from '../model/workspace.ts';
import { type Field, type Form, keysOf, requiredKeysOf, type Shape } from '../packs/shape.ts';
import { capturesIn, slotAt } from '../packs/slot.ts';
import { type TypingSite, typingAt } from '../packs/yamlSite.ts';
import { builtinVariables } from '../syntax/vocabulary.ts';
import { kinds, snippetText } from './completionItem.ts';
import type { Context } from './feature.ts';
import { choicesAt } from './yamlChoices.ts';
import { fieldText } from './yamlHover.ts';
import { type KnownName, namesOf, yamlRange } from './yamlNames.ts';

/** The keys and values that may be typed at a place of a configuration or rule pack. */
export function* yamlCompletion(sheet: Sheet, position: Position, context: Context): Generator<CompletionItem> {
  const offset = sheet.yaml.offset(position);
  const typing = typingAt(sheet.yaml.source, sheet.form, offset);
  if (!typing) return;
  const writer: Writer = { sheet, typing: withDash(typing), offset, context };
  const { site } = typing;
  if (site.role === 'key') {
    if (site.of.kind === 'form') yield* keys(site.of, writer);
    else if (site.of.keys.kind === 'name')
      yield* keyNames(site.of.of, namesOf(site.of.keys.of, sheet, context), writer);
    return;
  }
  if (site.of.kind === 'pattern' || (site.of.kind === 'text' && site.of.holds)) yield* slots(writer);
  else yield* values(writer);
  if (site.long && typing.fresh) yield* keys(site.long, writer);
}

/** Where a list has no dash yet, its first item brings one. */
function withDash(typing: TypingSite): Typing {
  const isFirst = typing.dashless && typing.fresh && !typing.flow && typing.taken.size === 0;
  return isFirst ? { ...typing, dash: '- ', indent: typing.indent + 2 } : { ...typing, dash: '' };
}

interface Typing extends TypingSite {
  readonly dash: string;
}

interface Writer {
  readonly sheet: Sheet;
  readonly typing: Typing;
  readonly offset: number;
  readonly context: Context;
}

interface Offer {
  readonly label: string;
  readonly kind: keyof typeof kinds;
  readonly detail?: string;
  readonly documentation?: string;
  readonly insert: string;
  readonly snippet?: boolean;
  readonly again?: boolean;
  readonly rank: number;
}

function offered(writer: Writer, offer: Offer, span = writer.typing.span): CompletionItem {
  const { label, kind, detail, documentation, insert, snippet, again, rank } = offer;
  const dash = span === writer.typing.span ? writer.typing.dash : '';
  return {
    label,
    kind: kinds[kind],
    ...(detail && { detail }),
    ...(documentation && { documentation: { kind: 'markdown', value: documentation } }),
    // A name is found by what it stands for as well: 暴力 finds threat-violence.
    ...(detail && kind !== 'field' && { filterText: `${label} ${detail}` }),
    sortText: String(rank).padStart(4, '0'),
    insertTextFormat: snippet ? 2 : 1,
    // Lines come with their indentation, which depends on the list or mapping and not on the line.
    insertTextMode: 1,
    textEdit: { range: yamlRange(writer.sheet.yaml, span), newText: dash + insert },
    ...(again && { command: { title: '', command: 'editor.action.triggerSuggest' } }),
  };
}

/** The keys of a mapping that are not there yet, those that must be there first. */
function* keys(form: Form, writer: Writer): Generator<CompletionItem> {
  const { typing, context } = writer;
  const zh = context.language === 'zh-CN';
  const skeletons = requiredKeysOf(form);
  if (typing.fresh && typing.taken.size === 0 && typing.typed === '' && skeletons.length > 1) {
    yield offered(writer, {
      label: zh ? '全部必填的键' : 'all required keys',
      kind: 'field',
      detail: skeletons.join(zh ? '、' : ', '),
      insert: fieldsOf(form, typing.indent, stops(), prefixOf(writer)),
      snippet: true,
      again: true,
      rank: 0,
    });
  }
  for (const [index, name] of keysOf(form).entries()) {
    const field = form.fields[name];
    if (!field || typing.taken.has(name)) continue;
    const value = typing.colon ? '' : `:${valueFor(field.shape, typing.indent, stops(), writer)}`;
    yield offered(writer, {
      label: name,
      kind: 'field',
      ...(field.required && { detail: zh ? '必填' : 'required' }),
      documentation: fieldText(name, field, context.language),
      insert: snippetText(name) + value,
      snippet: true,
      again: asksBack(field.shape),
      rank: (field.required ? 1 : 100) + index,
    });
  }
}

function* keyNames(of: Shape, names: readonly KnownName[], writer: Writer): Generator<CompletionItem> {
  const { typing } = writer;
  for (const [index, { name, about, text }] of names.entries()) {
    if (typing.taken.has(name)) continue;
    yield offered(writer, {
      label: name,
      kind: 'rule',
      detail: about,
      documentation: text(),
      insert: snippetText(name) + (typing.colon ? '' : `:${valueFor(of, typing.indent, stops(), writer)}`),
      snippet: true,
      again: asksBack(of),
      rank: index,
    });
  }
}

function* values(writer: Writer): Generator<CompletionItem> {
  const { typing, sheet, context } = writer;
  const { site } = typing;
  if (site.role === 'key') return;
  for (const [index, { value, about }] of choicesAt(site).entries()) {
    if (typing.taken.has(value)) continue;
    const insert = snippetText(value);
    const detail = inLanguage(about, context.language);
    yield offered(writer, { label: value, kind: 'reply', detail, insert, snippet: true, rank: index });
  }
  if (site.of.kind === 'day') {
    const { today } = context.snapshot.settings;
    yield offered(writer, { label: today, kind: 'reply', insert: today, rank: 0 });
  }
  if (site.of.kind !== 'name') return;
  for (const [index, { name, about, text }] of namesOf(site.of.of, sheet, context).entries()) {
    if (typing.taken.has(name)) continue;
    const documentation = text();
    yield offered(writer, { label: name, kind: 'node', detail: about, documentation, insert: name, rank: index });
  }
}

/** What may stand in `{…}`: lexicons and gaps in patterns, variables and what was found in texts. */
function* slots(writer: Writer): Generator<CompletionItem> {
  const { typing, sheet, offset, context } = writer;
  const { site, span } = typing;
  if (site.role === 'key') return;
  const zh = context.language === 'zh-CN';
  const source = sheet.yaml.source.slice(span.start, Math.max(span.end, offset + 1));
  const slot = slotAt(source, offset - span.start);
  if (!slot) return;
  const place = { start: span.start + slot.start, end: Math.max(offset, span.start + slot.end) };
  const put = (label: string, detail: string, rank: number, documentation?: string): CompletionItem =>
    offered(
      writer,
      {
        label,
        kind: 'variable',
        detail,
        ...(documentation && { documentation }),
        insert: label + (slot.closed ? '' : '}'),
        rank,
      },
      place,
    );
  if (site.of.kind === 'pattern') {
    for (const { name, about, text } of namesOf('lexicon', sheet, context)) yield put(name, about, 0, text());
    yield put('数', zh ? '一个数' : 'a number', 1);
    for (const gap of ['0-4', '0-12,', '0-3 words']) yield put(gap, zh ? '间隔' : 'a gap', 2);
    return;
  }
  if (site.of.kind === 'text' && site.of.holds === 'fills') {
    yield put('match', zh ? '命中的文字' : 'the words that were found', 0);
    const rule = site.around.findLast(({ shape }) => shape.kind === 'form' && 'match' in shape.fields)?.node;
    for (const name of rule ? capturesIn(rule) : [])
      yield put(name, zh ? '表达式记住的文字' : 'what a pattern remembers', 1);
  } else {
    for (const { name, about, text } of namesOf('variable', sheet, context)) yield put(name, about, 1, text());
  }
  for (const term of builtinVariables) yield put(term.zh[0], inLanguage(term.help, context.language), 2);
}

/** Numbers the places of a snippet. */
function stops(): () => string {
  let last = 0;
  return () => `$${++last}`;
}

function prefixOf({ sheet }: Writer): string {
  return sheet.pack?.pack ? `${sheet.pack.pack.prefix}/` : '';
}

/** Whether suggestions should be asked for again in the value. */
function asksBack(shape: Shape): boolean {
  return shape.kind === 'list' ? asksBack(shape.of) : ['choice', 'name', 'fact-value', 'form'].includes(shape.kind);
}

/** What to write behind the colon of a key, or nothing but a blank where the author knows best. */
function valueFor(shape: Shape, indent: number, stop: () => string, writer: Writer): string {
  if (writer.typing.flow) return flowValue(shape, stop);
  return blockValue(shape, indent, stop, prefixOf(writer));
}

function flowValue(shape: Shape, stop: () => string): string {
  if (shape.kind === 'list') return ` [${stop()}]`;
  if (shape.kind === 'table') return ` { ${stop()} }`;
  if (shape.kind !== 'form') return shape.kind === 'pattern' ? ` '${stop()}'` : ` ${stop()}`;
  const inside = requiredKeysOf(shape).map((key) => `${key}:${flowValue(fieldOf(shape, key).shape, stop)}`);
  return ` { ${inside.length > 0 ? inside.join(', ') : stop()} }`;
}

function blockValue(shape: Shape, indent: number, stop: () => string, prefix: string): string {
  const below = `\n${' '.repeat(indent + 2)}`;
  switch (shape.kind) {
    case 'form':
      return below + fieldsOf(shape, indent + 2, stop, prefix);
    case 'table':
      return below + stop();
    case 'list': {
      const { of } = shape;
      if (of.kind === 'name' || of.kind === 'choice') return ` [${stop()}]`;
      if (of.kind === 'form') return `${below}- ${fieldsOf(of, indent + 4, stop, prefix)}`;
      const item = of.kind === 'either' ? of.short.kind : of.kind;
      // Without its quotes a pattern that begins with a brace would be a mapping, and a glob with a star an alias.
      return `${below}- ${item === 'pattern' || item === 'glob' ? `'${stop()}'` : stop()}`;
    }
    case 'definition':
      return shape.of === 'rule' ? ` ${snippetText(prefix)}${stop()}` : ` ${stop()}`;
    default:
      return ` ${stop()}`;
  }
}

/** The required keys of a mapping, a line each; the first one stands where the text goes. */
function fieldsOf(form: Form, indent: number, stop: () => string, prefix: string): string {
  const lines = requiredKeysOf(form).map(
    (key) => `${key}:${blockValue(fieldOf(form, key).shape, indent, stop, prefix)}`,
  );
  return lines.length > 0 ? lines.join(`\n${' '.repeat(indent)}`) : stop();
}

function fieldOf(form: Form, key: string): Field {
  return form.fields[key] as Field;
}

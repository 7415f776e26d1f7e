import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { foldName, nearest } from '../base/names.ts';
import type { Span } from '../base/span.ts';
import {
  emptyFrontMatter,
  type Field,
  type FrontMatter,
  type FrontMatterProblem,
  type Hours,
  type MapBlock,
  type RoleDeclaration,
  type VariableDeclaration,
} from './frontMatter.ts';
import { standardRoles } from './heads.ts';
import { imeYaml, type MappedText } from './imeYaml.ts';
import {
  roles as builtinRoles,
  channels,
  type FrontMatterKey,
  findTerm,
  frequencyKeys,
  frontMatterKeys,
  spellings,
  stages,
  statuses,
  type Term,
  type VariableField,
  type VariableType,
  variableFields,
  variableTypes,
} from './vocabulary.ts';
import { yamlDocument } from './yamlDocument.ts';

/** Longer front matter is a mistake, such as a missing fence in a large file. */
const longest = 200_000;

/** Reads the lines between the fences; `lines` counts from the opening fence. */
export function readFrontMatter(source: string, lines: NonNullable<FrontMatter['lines']>): FrontMatter {
  const start = offsetOfLine(source, lines.first + 1);
  const end = lines.close === undefined ? offsetOfLine(source, lines.last + 1) : offsetOfLine(source, lines.close);
  const problems: FrontMatterProblem[] = [];
  if (lines.close === undefined)
    problems.push({ kind: 'unclosed', start: 0, end: Math.max(0, start - 1), insertAt: end });
  const base = { ...emptyFrontMatter, lines, end };
  if (end - start > longest) {
    return { ...base, problems: [...problems, { kind: 'too-long', start: 0, end: Math.max(0, start - 1) }] };
  }
  const reader = new Reader(source, imeYaml(source.slice(start, end), start), problems);
  return { ...base, ...reader.read(), problems };
}

function offsetOfLine(source: string, line: number): number {
  let offset = 0;
  for (let i = 0; i < line; i++) {
    const end = /\r\n|\n|\r/g;
    end.lastIndex = offset;
    if (!end.exec(source)) return source.length;
    offset = end.lastIndex;
  }
  return offset;
}

type Fields = { -readonly [key in keyof FrontMatter]?: FrontMatter[key] };

class Reader {
  private readonly source: string;
  private readonly yaml: MappedText;
  private readonly problems: FrontMatterProblem[];

  constructor(source: string, yaml: MappedText, problems: FrontMatterProblem[]) {
    this.source = source;
    this.yaml = yaml;
    this.problems = problems;
  }

  read(): Fields {
    const document = this.parse();
    if (!document) return {};
    const keys = new Map<FrontMatterKey, { key: Span; block?: MapBlock }>();
    const fields: Fields = { keys };
    for (const { term, key, value } of this.entries(document, frontMatterKeys)) {
      const block = isMap(value) ? this.blockOf(value) : undefined;
      keys.set(term.id, { key, ...(block && { block }) });
      if (value) this.readKey(fields, term.id, key, value);
    }
    return fields;
  }

  private parse(): YAMLMap | undefined {
    const document = yamlDocument(this.yaml.text, { uniqueKeys: false });
    if (!document) {
      this.problems.push({ kind: 'yaml', code: 'TOO_DEEP', detail: 'Nested too deeply.', ...this.span(0, 1) });
      return undefined;
    }
    for (const error of document.errors) {
      const [from, to] = error.pos;
      this.problems.push({
        kind: 'yaml',
        code: error.code,
        detail: error.message,
        ...this.span(from, Math.max(to, from + 1)),
      });
    }
    const { contents } = document;
    if (contents === null) return undefined;
    if (isMap(contents)) return contents as YAMLMap;
    if (document.errors.length === 0) this.problems.push({ kind: 'not-a-map', ...this.place(contents as Node) });
    return undefined;
  }

  private readKey(fields: Fields, id: FrontMatterKey, key: Span, value: Node): void {
    switch (id) {
      case 'title':
      case 'id':
      case 'version':
      case 'institution':
      case 'principal':
      case 'note': {
        const text = this.text(key, value);
        if (text) fields[id] = text;
        return;
      }
      case 'status':
      case 'channel':
      case 'stage': {
        const chosen = this.choice(key, value, { status: statuses, channel: channels, stage: stages }[id]);
        if (chosen) Object.assign(fields, { [id]: chosen });
        return;
      }
      case 'hours': {
        const text = this.text(key, value);
        if (!text) return;
        const hours = hoursOf(text.value);
        if (hours) fields.hours = { ...text, value: hours };
        else this.bad(key, text, ['8:00-20:00']);
        return;
      }
      case 'frequency':
        fields.frequency = { value: this.frequency(key, value), key, ...this.place(value) };
        return;
      case 'packs': {
        const packs = this.list(key, value);
        fields.packs = { value: packs, key, ...this.place(value) };
        return;
      }
      case 'roles': {
        fields.declaredRoles = this.roles(key, value);
        const declared = fields.declaredRoles.map(({ name, kind }) => [foldName(name), kind] as const);
        fields.roles = new Map([...declared, ...standardRoles]);
        return;
      }
      case 'variables':
        fields.variables = this.variables(key, value);
        return;
      default: {
        const never: never = id;
        throw new Error(never);
      }
    }
  }

  private frequency(key: Span, value: Node): { unanswered?: number; connected?: number } {
    const frequency: { unanswered?: number; connected?: number } = {};
    if (!isMap(value)) this.shape(key, value, 'map');
    else {
      for (const { term, key: at, value: count } of this.entries(value, frequencyKeys)) {
        const text = count && this.text(at, count);
        if (text && /^\d{1,4}$/.test(text.value)) frequency[term.id] = Number(text.value);
        else if (text) this.bad(at, text, ['6']);
      }
    }
    return frequency;
  }

  private roles(key: Span, value: Node): RoleDeclaration[] {
    if (isSeq(value)) {
      // A plain list names built-in roles only; that declares nothing, but says nothing wrong either.
      for (const text of this.list(key, value)) {
        if (!standardRoles.has(foldName(text.value))) this.shape(key, value, 'map');
      }
      return [];
    }
    if (!isMap(value)) {
      this.shape(key, value, 'map');
      return [];
    }
    const seen = new Map<string, Span>();
    return (value as YAMLMap).items.flatMap((pair): RoleDeclaration[] => {
      const name = this.keyOf(pair);
      if (name && this.repeats(name, seen)) return [];
      const kind = name && pair.value ? this.choice(name, pair.value as Node, builtinRoles) : undefined;
      return name && kind
        ? [{ name: name.text, nameSpan: { start: name.start, end: name.end }, kind: kind.value }]
        : [];
    });
  }

  private variables(key: Span, value: Node): VariableDeclaration[] {
    if (!isMap(value)) {
      this.shape(key, value, 'map');
      return [];
    }
    const seen = new Map<string, Span>();
    return (value as YAMLMap).items.flatMap((pair): VariableDeclaration[] => {
      const name = this.keyOf(pair);
      if (!name) return [];
      const nameSpan = { start: name.start, end: name.end };
      if (this.repeats(name, seen)) return [];
      const body = pair.value as Node | null;
      const span = { start: name.start, end: body ? this.place(body).end : name.end };
      return [{ name: name.text, nameSpan, span, ...this.variable(nameSpan, body) }];
    });
  }

  /** Reports a name that was given before; the first one counts. */
  private repeats({ text, start, end }: Span & { text: string }, seen: Map<string, Span>): boolean {
    const first = seen.get(foldName(text));
    if (first) this.problems.push({ kind: 'duplicate-key', key: text, first, start, end });
    else seen.set(foldName(text), { start, end });
    return first !== undefined;
  }

  private variable(name: Span, body: Node | null): Omit<VariableDeclaration, 'name' | 'nameSpan' | 'span'> {
    let type: VariableType = 'text';
    const rest: { -readonly [field in Exclude<VariableField, 'type'>]?: VariableDeclaration[field] } = {};
    if (isScalar(body) && body.value !== null) type = this.choice(name, body, variableTypes)?.value ?? type;
    else if (isMap(body)) {
      for (const { term, key, value } of this.entries(body, variableFields)) {
        if (!value) continue;
        if (term.id === 'type') type = this.choice(key, value, variableTypes)?.value ?? type;
        else if (term.id === 'values') {
          const values = this.list(key, value);
          rest.values = { value: values.map((each) => each.value), key, ...this.place(value) };
        } else {
          const text = this.text(key, value);
          if (text && term.id === 'range' && !/^-?[\d.,]*\s*(\.\.|…|~|～)\s*-?[\d.,]*$/.test(text.value)) {
            this.bad(key, text, ['1..180']);
          } else if (text) rest[term.id] = text;
        }
      }
    } else if (body && !isScalar(body)) this.shape(name, body, 'map');
    return { type, ...rest };
  }

  /** The known entries of a mapping; unknown and repeated keys become problems. */
  private *entries<Id extends string>(
    map: YAMLMap,
    terms: readonly Term<Id>[],
  ): Generator<{ term: Term<Id>; key: Span; value: Node | undefined }> {
    const seen = new Map<Id, Span>();
    for (const pair of map.items) {
      const name = this.keyOf(pair);
      if (!name) {
        this.problems.push({ kind: 'not-a-map', ...this.place((pair.key ?? map) as Node) });
        continue;
      }
      const key = { start: name.start, end: name.end };
      const term = findTerm(terms, name.text);
      if (!term) {
        const near = nearest(
          name.text,
          terms.flatMap((each) => spellings(each)),
        );
        this.problems.push({ kind: 'unknown-key', key: name.text, near, ...key });
        continue;
      }
      const first = seen.get(term.id);
      if (first) this.problems.push({ kind: 'duplicate-key', key: name.text, first, ...key });
      else seen.set(term.id, key);
      const value = pair.value as Node | null;
      if (isAlias(value)) this.problems.push({ kind: 'alias', ...this.place(value) });
      const empty = value === null || isAlias(value) || (isScalar(value) && scalarText(value as Scalar) === '');
      yield { term, key, value: empty ? undefined : value };
    }
  }

  private keyOf(pair: Pair): (Span & { text: string }) | undefined {
    const key = pair.key as Node | null;
    if (!isScalar(key)) return undefined;
    return { text: scalarText(key), ...this.place(key) };
  }

  private text(key: Span, value: Node): Field<string> | undefined {
    if (isScalar(value)) return { value: scalarText(value), key, ...this.place(value) };
    this.shape(key, value, 'text');
    return undefined;
  }

  private list(key: Span, value: Node): Field<string>[] {
    const items = isSeq(value) ? (value.items as Node[]) : [value];
    return items.flatMap((item) => {
      const text = item && this.text(key, item);
      return text ? [text] : [];
    });
  }

  private choice<Id extends string>(key: Span, value: Node, terms: readonly Term<Id>[]): Field<Id> | undefined {
    const text = this.text(key, value);
    if (!text) return undefined;
    const term = findTerm(terms, text.value);
    if (term) return { ...text, value: term.id };
    const chinese = /\p{Script=Han}/u.test(this.source.slice(key.start, key.end));
    this.bad(
      key,
      text,
      terms.map((each) => (chinese ? each.zh : each.en)[0]),
      terms.flatMap(spellings),
    );
    return undefined;
  }

  private bad(key: Span, text: Field<string>, allowed: readonly string[], known = allowed): void {
    this.problems.push({
      kind: 'bad-value',
      key: this.source.slice(key.start, key.end),
      value: text.value,
      allowed,
      near: nearest(text.value, known),
      start: text.start,
      end: text.end,
    });
  }

  private shape(key: Span, value: Node, wanted: 'text' | 'list' | 'map'): void {
    this.problems.push({ kind: 'bad-shape', key: this.source.slice(key.start, key.end), wanted, ...this.place(value) });
  }

  private blockOf(map: YAMLMap): MapBlock {
    const { start, end } = this.place(map);
    const flow = map.flow === true;
    const lineStart = Math.max(this.source.lastIndexOf('\n', start - 1), this.source.lastIndexOf('\r', start - 1)) + 1;
    const indent = flow ? '' : this.source.slice(lineStart, start);
    return { flow, end: flow ? Math.max(start + 1, end - 1) : end, indent, empty: map.items.length === 0 };
  }

  private place(node: Node): Span {
    const [from, to] = node.range ?? [0, 0];
    return this.span(from, to);
  }

  private span(from: number, to: number): Span {
    const start = this.yaml.sourceOffset(from);
    // The end is that of the last character: behind it, characters may have been put in. Errors may lie behind the end of the text.
    return { start, end: to > from ? Math.min(this.yaml.sourceOffset(to - 1) + 1, this.source.length) : start };
  }
}

/** The composer recurses; what exhausts its stack is no front matter. */
/** What the author wrote: `520.00` stays `520.00`. */
function scalarText(scalar: { value: unknown; source?: string | undefined; type?: string | undefined }): string {
  if (scalar.type === 'PLAIN' && scalar.source !== undefined) return scalar.source.trim();
  return String(scalar.value ?? '');
}

/** `8:00-20:00` in any width, with `-`, `~` or `至` between. */
function hoursOf(text: string): Hours | undefined {
  const match = /^(\d{1,2}):(\d{2})\s*(?:-{1,2}|–|—{1,2}|~|至|到)\s*(\d{1,2}):(\d{2})$/.exec(
    text.normalize('NFKC').trim(),
  );
  if (!match) return undefined;
  const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map(Number) as [number, number, number, number];
  if (fromHour > 24 || toHour > 24 || fromMinute > 59 || toMinute > 59) return undefined;
  return { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute };
}

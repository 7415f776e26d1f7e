import type { Position, SemanticTokens, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { SavedRehearsal } from '../views/saving.ts';
import { OpenDocument } from './openDocument.ts';

/** What a client may count the characters of a line in. All of ours counts UTF-16 units, as the language does in which it is written. */
export type Encoding = 'utf-8' | 'utf-16' | 'utf-32';

/**
 * Between what a client counts and what we count. A position is known by its shape, a `line` and a `character`, and stands in the
 * document that the nearest `uri` around it names, so that features have nothing to say about it.
 */
export interface Positions {
  /** Makes documents of what is typed. */
  readonly documents: {
    create(uri: string, languageId: string, version: number, text: string): OpenDocument;
    update(document: OpenDocument, changes: TextDocumentContentChangeEvent[], version: number): OpenDocument;
  };
  /** What a client asks, as we count. */
  asked<T>(params: T): T;
  /** What a client is told, as it counts; `uri` is the document that it is about, where nothing in it says another. */
  told<T>(value: T, uri?: string): T;
  /** The same for the answer to a request. */
  answered<T>(method: string, params: unknown, answer: T): T;
}

/** @param documentOf a document as it is at this moment */
export function positionsIn(encoding: Encoding, documentOf: (uri: string) => TextDocument | undefined): Positions {
  if (encoding === 'utf-16') {
    const documents: Positions['documents'] = { create, update };
    return { documents, asked: same, told: same, answered: (_method, _params, answer) => answer };
  }
  const widthOf = widths[encoding];
  const read: Place = (position, document) =>
    placed(position, document, (text, width) => unitsIn(text, width, widthOf));
  const write: Place = (position, document) =>
    placed(position, document, (text, units) => widthIn(text, units, widthOf));
  /** One answer asks for the same documents many times. */
  const remembering = (): typeof documentOf => {
    const known = new Map<string, TextDocument | undefined>();
    return (uri) => {
      if (!known.has(uri)) known.set(uri, documentOf(uri));
      return known.get(uri);
    };
  };
  return {
    documents: {
      create,
      update: (document, changes, version) =>
        update(document, changes, version, (change) => moved(change, document.uri, read, () => document)),
    },
    asked: (params) => moved(params, subjectOf(params), read, remembering()),
    told: (value, uri) => moved(value, uri, write, remembering()),
    answered<T>(method: string, params: unknown, answer: T): T {
      const [uri, documents] = [subjectOf(params), remembering()];
      const document = uri === undefined ? undefined : documents(uri);
      const written = moved(answer, uri, write, documents);
      const finish = document && answer ? more[method] : undefined;
      return finish ? { ...written, ...finish(answer as never, document as TextDocument, write) } : written;
    },
  };
}

/** A document without a text would break everything that looks at all documents. */
function create(uri: string, languageId: string, version: number, text: unknown): OpenDocument {
  return new OpenDocument(uri, languageId, version, typeof text === 'string' ? text : '');
}

function update(
  document: OpenDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
  counted: (change: TextDocumentContentChangeEvent) => TextDocumentContentChangeEvent = same,
): OpenDocument {
  document.update(changes, version, counted);
  return document;
}

function same<T>(value: T): T {
  return value;
}

/** A position in a document, counted otherwise. */
type Place = (position: Position, document: TextDocument) => Position;

/** What of an answer no position tells, or none in a text that is there already: by the methods of requests. */
const more: {
  readonly [method: string]: ((answer: never, document: TextDocument, write: Place) => object) | undefined;
} = {
  'textDocument/semanticTokens/full': tokens,
  'textDocument/semanticTokens/range': tokens,
  /** The name stands in the text that will be. */
  'huashu/saveRehearsal'({ edit, name }: SavedRehearsal, document, write) {
    const text = TextDocument.applyEdits(document, Object.values(edit.changes ?? {}).flat());
    const later = TextDocument.create(document.uri, document.languageId, document.version, text);
    return { name: { start: write(name.start, later), end: write(name.end, later) } };
  },
};

/** Each token says how far it is behind the one before, and how long it is. */
function tokens({ data }: SemanticTokens, document: TextDocument, write: Place): SemanticTokens {
  const written: number[] = [];
  let at: Position = { line: 0, character: 0 };
  let before = at;
  for (let index = 0; index < data.length; index += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0, bits = 0] = data.slice(index, index + 5);
    at = { line: at.line + lines, character: lines === 0 ? at.character + characters : characters };
    const start = write(at, document);
    const end = write({ ...at, character: at.character + length }, document);
    const behind = lines === 0 ? start.character - before.character : start.character;
    written.push(lines, behind, end.character - start.character, type, bits);
    before = start;
  }
  return { data: written };
}

/** Everything as it was, with other positions. What is called `data` is ours alone, and comes back as it went. */
function moved<T>(
  value: T,
  uri: string | undefined,
  place: Place,
  documentOf: (uri: string) => TextDocument | undefined,
): T {
  const walk = (each: unknown, about: string | undefined): unknown => {
    if (typeof each !== 'object' || each === null) return each;
    if (Array.isArray(each)) return each.map((item) => walk(item, about));
    if (isPosition(each)) {
      const document = about === undefined ? undefined : documentOf(about);
      return document ? place(each, document) : each;
    }
    const here = subjectOf(each) ?? about;
    return Object.fromEntries(
      Object.entries(each).map(([name, part]) => {
        if (name === 'data') return [name, part];
        return [name, name === 'changes' ? walkByUri(part, here) : walk(part, here)];
      }),
    );
  };
  /** Edits by their documents. */
  const walkByUri = (changes: unknown, about: string | undefined): unknown =>
    typeof changes === 'object' && changes !== null && !Array.isArray(changes)
      ? Object.fromEntries(Object.entries(changes).map(([of, edits]) => [of, walk(edits, of)]))
      : walk(changes, about);
  return walk(value, uri) as T;
}

function isPosition(value: object): value is Position {
  const { line, character } = value as Partial<Position>;
  return typeof line === 'number' && typeof character === 'number';
}

/** The document that something is about, as it says by itself, by what it is a part of, or by what we remember of it. */
function subjectOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { uri, textDocument, item, from, data } = value as { readonly [name: string]: unknown };
  if (typeof uri === 'string') return uri;
  for (const each of [textDocument, item, from, data]) {
    const named = (each as { readonly uri?: unknown } | null | undefined)?.uri;
    if (typeof named === 'string') return named;
  }
  return undefined;
}

/** A position that lies in no line of the document stays as it is: it is brought into the text where it is used. */
function placed(position: Position, document: TextDocument, count: (text: string, many: number) => number): Position {
  const { line, character } = position;
  if (!Number.isInteger(line) || line < 0 || line >= document.lineCount || character <= 0) return position;
  const whole = { start: { line, character: 0 }, end: { line, character: Number.MAX_SAFE_INTEGER } };
  return { line, character: count(document.getText(whole), character) };
}

/** How wide a character is, by its code point. */
type WidthOf = (point: number) => number;

const widths: { readonly [encoding in Exclude<Encoding, 'utf-16'>]: WidthOf } = {
  'utf-8': (point) => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4),
  'utf-32': () => 1,
};

/** How wide the first `units` of a line are; half a character counts as nothing. */
function widthIn(text: string, units: number, widthOf: WidthOf): number {
  let width = 0;
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at) ?? 0;
    at += point < 0x10000 ? 1 : 2;
    if (at > units) break;
    width += widthOf(point);
  }
  return width;
}

/** How many units of a line are so wide; a place within a character is the one before it. */
function unitsIn(text: string, width: number, widthOf: WidthOf): number {
  let passed = 0;
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at) ?? 0;
    passed += widthOf(point);
    if (passed > width) return at;
    at += point < 0x10000 ? 1 : 2;
  }
  return text.length;
}

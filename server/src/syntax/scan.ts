import { foldName } from '../base/names.ts';
import { type Span, trimmed } from '../base/span.ts';
import { Cursor } from './cursor.ts';
import { type Head, type Heads, headsOf, type Roles, standardRoles } from './heads.ts';
import { type Line, longestLine, type Speech, type Target, type Variable, type Word } from './line.ts';
import { isAny, signs, signsIn, signsOf } from './signs.ts';
import {
  findTerm,
  keywords,
  type RoleKind,
  type SuppressionField,
  suppressionFields,
  suppressionScopes,
} from './vocabulary.ts';
import { splitWords, unbraced, unbracketed, unquoted } from './words.ts';

/** `---` as people and input methods type it. */
const fence = /^[-－—–]{3,}$/;
/** What may be a role or keyword: a short run without punctuation. */
const wordLike = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} ·・'’_-]{0,15}$/u;
/** A colon or a bracket that stands further to the right ends no role and no keyword. */
const longestHead = 64;

/** The class and the parts of one line. `text` has no line end; any text at all is a line. */
export function scanLine(text: string, roles: Roles = standardRoles): Line {
  return scanAt(new Cursor(text).enter(0, text.length, signsIn(text, 0, text.length)), headsOf(roles));
}

const nothing: Line = { kind: 'blank', head: { start: 0, end: 0 }, flaws: [] };

/** The same of a line in which a cursor stands. */
export function scanAt(line: Cursor, heads: Heads): Line {
  const { flaws } = line;
  if (line.done) return line.length === 0 ? nothing : { kind: 'blank', head: contentOf(line), flaws };
  if (line.length > longestLine) return { kind: 'unknown', head: contentOf(line), flaws, tooLong: true };
  const first = signsOf(line.unit(line.at));
  if ((first & signs.remark) !== 0) return { kind: 'remark', head: line.take(1), flaws, text: line.rest() };
  if ((first & signs.heading) !== 0) return scanHeading(line);
  const jump = line.takeArrow();
  if (jump) {
    const target = scanTarget(line, jump);
    return target
      ? { kind: 'jump', head: jump, flaws: line.flaws, target }
      : { kind: 'jump', head: jump, flaws: line.flaws };
  }
  const { at } = line;
  const head = scanHead(line, heads);
  const known = head && (scanKeyword(line, head) ?? scanRole(line, head, heads));
  if (known) return known;
  line.at = at;
  return scanUnknown(line, head, heads.roles);
}

/** Whether a line is the fence around the front matter. */
export function isFence(text: string): boolean {
  const { start, end } = trimmed(text, { start: 0, end: text.length });
  return fence.test(text.slice(start, end));
}

function contentOf({ at, end }: Cursor): Span {
  return { start: at, end };
}

function scanHeading(line: Cursor): Line {
  const head = line.take(1);
  const name = line.until(signs.headingEnd);
  if (line.done) line.flaw('missing-bracket', name.end, name.end);
  else line.take(1);
  if (name.text === '') line.flaw('missing-name', head.start, line.at);
  return { kind: 'heading', head, flaws: line.flaws, name, steps: splitWords(line.rest(), signs.listSeparator) };
}

/** The word before the first colon or bracket, and what it can mean. That sign comes next. */
function scanHead(line: Cursor, heads: Heads): Head | undefined {
  if (!line.has(signs.colon | signs.open)) return undefined;
  const { at } = line;
  const limit = Math.min(line.end, at + longestHead);
  const delimiter = line.find(signs.colon | signs.open, at, limit);
  if (delimiter === limit) return undefined;
  const head = heads.head(line, at, delimiter);
  line.at = delimiter;
  return head;
}

function scanKeyword(line: Cursor, { span: head, keyword: id, says }: Head): Line | undefined {
  if (!id) return undefined;
  if (id === 'suppression') return scanSuppression(line, head);
  if (isAny(signs.open, line.unit(line.at))) return undefined;
  line.take(1);
  switch (id) {
    case 'guard':
      return scanGuard(line, head);
    case 'guidance': {
      const speech = speechOf(line, line.rest());
      return { kind: 'guidance', head, flaws: line.flaws, speech };
    }
    case 'record':
      return scanRecord(line, head);
    case 'insertion': {
      const target = scanTarget(line, head);
      return { kind: 'insertion', head, flaws: line.flaws, ...(target && { target }) };
    }
    case 'outcome':
    case 'case': {
      const name = line.rest();
      if (name.text === '') line.flaw('missing-name', name.start, name.end);
      return { kind: id, head, flaws: line.flaws, name };
    }
    case 'given':
      return scanGiven(line, head);
    case 'says': {
      const reply = unquoted(line.rest());
      if (reply.text === '') line.flaw('missing-text', reply.start, reply.end);
      return { kind: 'says', head, flaws: line.flaws, speaker: says ?? 'customer', reply };
    }
    case 'expect': {
      const names = splitWords(line.rest(), signs.listSeparator);
      if (names.length === 0) line.flaw('missing-name', head.start, head.end);
      return { kind: 'expect', head, flaws: line.flaws, names };
    }
    case 'never': {
      const words = splitWords(line.rest(), signs.listSeparator).map((each) => unquoted(each));
      if (words.length === 0) line.flaw('missing-text', head.start, head.end);
      return { kind: 'never', head, flaws: line.flaws, words };
    }
    default: {
      const never: never = id;
      return never;
    }
  }
}

function scanGuard(line: Cursor, head: Span): Line {
  const arrow = line.lastArrow();
  const condition = line.word(line.at, arrow?.start ?? line.end);
  if (condition.text === '') line.flaw('missing-value', condition.start, condition.end);
  if (!arrow) {
    line.flaw('missing-arrow', line.end, line.end);
    return { kind: 'guard', head, flaws: line.flaws, condition };
  }
  line.at = arrow.end;
  const target = scanTarget(line, arrow);
  return { kind: 'guard', head, flaws: line.flaws, condition, arrow, ...(target && { target }) };
}

function scanRecord(line: Cursor, head: Span): Line {
  const rest = line.rest();
  const equals = line.find(signs.equals, rest.start, rest.end);
  if (equals === rest.end) {
    line.flaw('missing-value', rest.end, rest.end);
    const value = speechOf(line, line.word(rest.end, rest.end));
    return { kind: 'record', head, flaws: line.flaws, variable: rest, value };
  }
  const variable = line.word(rest.start, equals);
  if (variable.text === '') line.flaw('missing-name', rest.start, rest.end);
  const value = speechOf(line, line.word(equals + 1, rest.end));
  return { kind: 'record', head, flaws: line.flaws, variable: unbraced(variable), value };
}

function scanGiven(line: Cursor, head: Span): Line {
  const values = splitWords(line.rest(), signs.comma).map((part) => {
    const equals = line.find(signs.equals, part.start, part.end);
    return equals === part.end
      ? { variable: part, value: line.word(part.end, part.end) }
      : { variable: line.word(part.start, equals), value: line.word(equals + 1, part.end) };
  });
  for (const { value } of values) if (value.text === '') line.flaw('missing-value', value.start, value.end);
  if (values.length === 0) line.flaw('missing-value', line.end, line.end);
  return { kind: 'given', head, flaws: line.flaws, values };
}

function scanSuppression(line: Cursor, head: Span): Line {
  let scope: 'line' | 'node' | 'file' = 'line';
  let scopeWord: Word | undefined;
  if (line.takeIf(signs.open)) {
    scopeWord = line.until(signs.close);
    scope = findTerm(suppressionScopes, scopeWord.text)?.id ?? 'line';
    if (scope === 'line') line.flaw('surplus-text', scopeWord.start, scopeWord.end);
    if (!line.takeIf(signs.close)) line.flaw('missing-bracket', scopeWord.end, scopeWord.end);
    line.skipBlanks();
  }
  if (!line.takeIf(signs.colon)) line.flaw('missing-colon', line.at, line.at);
  const rest = line.rest();
  const marks = fieldMarks(rest);
  const ruleEnd = marks[0]?.start ?? rest.end;
  const comma = line.find(signs.comma, rest.start, ruleEnd);
  const rule = line.word(rest.start, comma);
  const surplus = line.word(comma + 1, ruleEnd);
  if (surplus.text !== '') line.flaw('surplus-text', surplus.start, surplus.end);
  if (rule.text === '') line.flaw('missing-rule', rest.start, rest.end);
  const fields: { [field in SuppressionField]?: Word } = {};
  marks.forEach((mark, index) => {
    const value = line.word(mark.end, marks[index + 1]?.start ?? rest.end);
    if (fields[mark.field]) line.flaw('surplus-field', mark.start, value.end);
    else if (value.text === '') line.flaw('missing-value', mark.start, mark.end);
    else fields[mark.field] = value;
  });
  return { kind: 'suppression', head, flaws: line.flaws, scope, ...(scopeWord && { scopeWord }), rule, fields };
}

/** Where `，原因：` and its like stand: a comma counts only where a known field name and a colon follow it. */
function fieldMarks(rest: Word): (Span & { readonly field: SuppressionField })[] {
  const marks: (Span & { readonly field: SuppressionField })[] = [];
  const pattern = /[,，]\s*([^,，：:]{1,12}?)\s*[：:]/g;
  for (let match = pattern.exec(rest.text); match; match = pattern.exec(rest.text)) {
    const field = findTerm(suppressionFields, match[1] ?? '')?.id;
    if (field) marks.push({ start: rest.start + match.index, end: rest.start + pattern.lastIndex, field });
    else pattern.lastIndex = match.index + 1;
  }
  return marks;
}

function scanRole(line: Cursor, { word: role, span: head, role: speaker }: Head, heads: Heads): Line | undefined {
  if (!speaker) return undefined;
  if (line.takeIf(signs.colon)) {
    const speech = speechOf(line, line.rest());
    return { kind: 'utterance', head, flaws: line.flaws, role, speaker, speech };
  }
  line.take(1);
  const { at } = line;
  const inner = heads.word(line, at, line.bracketed(signs.close, signs.colon));
  if (!line.takeIf(signs.close)) line.flaw('missing-bracket', inner.end, inner.end);
  line.skipBlanks();
  if (speaker !== 'agent') return scanBranch(line, head, role, speaker, inner);
  if (!line.takeIf(signs.colon)) line.flaw('missing-colon', line.at, line.at);
  const speech = speechOf(line, line.rest());
  return { kind: 'utterance', head, flaws: line.flaws, role, speaker, tone: inner, speech };
}

function scanBranch(line: Cursor, head: Span, role: Word, speaker: RoleKind, category: Word): Line {
  if (category.text === '') line.flaw('missing-name', category.start, category.end);
  const colonTaken = line.takeIf(signs.colon);
  const arrow = line.lastArrow();
  const examples = splitExamples(line, arrow?.start ?? line.end);
  const [first] = examples;
  if (!colonTaken && first) line.flaw('missing-colon', first.start, first.start);
  if (!arrow) return { kind: 'branch', head, flaws: line.flaws, role, speaker, category, examples };
  line.at = arrow.end;
  const target = scanTarget(line, arrow);
  const { flaws } = line;
  return target
    ? { kind: 'branch', head, flaws, role, speaker, category, examples, arrow, target }
    : { kind: 'branch', head, flaws, role, speaker, category, examples, arrow };
}

function scanUnknown(line: Cursor, opening: Head | undefined, roles: Roles): Line {
  const { flaws } = line;
  if (opening && wordLike.test(opening.word.text))
    return { kind: 'unknown', head: opening.span, flaws, word: opening.word };
  const head = contentOf(line);
  // `坐席 您好`, or `结束` alone.
  const first = /^\S{1,20}(?=\s|$)/.exec(line.slice(head.start, head.end))?.[0];
  return first && (findTerm(keywords, first) || roles.has(foldName(first)))
    ? { kind: 'unknown', head, flaws, colonAt: head.start + first.length }
    : { kind: 'unknown', head, flaws };
}

function scanTarget(line: Cursor, after: Span): Target | undefined {
  const whole = line.rest();
  const { text, start, end } = whole;
  if (text === '') {
    line.flaw('missing-target', after.start, after.end);
    return undefined;
  }
  if (!line.has(signs.exampleSeparator)) return { text, start, end, node: unbracketed(whole) };
  const slash = Math.max(text.lastIndexOf('/'), text.lastIndexOf('／'));
  const node = unbracketed(line.word(start + slash + 1, end));
  if (slash < 0) return { text, start, end, node };
  const file = line.word(start, start + slash);
  if (node.text !== '' && file.text !== '') return { text, start, end, file, node };
  line.flaw('missing-target', start, end);
  return undefined;
}

function speechOf(line: Cursor, { text, start: from, end: to }: Word): Speech {
  if (!line.has(signs.brace)) return { text, start: from, end: to, variables: none };
  const variables: Variable[] = [];
  for (let start = line.find(signs.brace, from, to); start < to; ) {
    const close = line.find(signs.brace | signs.braceEnd, start + 1, to);
    if (close < to && isAny(signs.braceEnd, line.unit(close))) {
      const inner = line.slice(start + 1, close);
      const name = inner.trim();
      const at = start + 1 + (inner.length - inner.trimStart().length);
      variables.push({ text: name, start: at, end: at + name.length, braces: { start, end: close + 1 } });
    } else line.flaw('unclosed-brace', start, start + 1);
    start = line.find(signs.brace, close, to);
  }
  return { text, start: from, end: to, variables };
}

/** Most speech names no variables. */
const none: readonly Variable[] = [];

/** Examples between `line.at` and `end`; one in quotes may hold a slash. */
function splitExamples(line: Cursor, end: number): readonly Word[] {
  if (!line.has(signs.exampleSeparator)) {
    const word = unquoted(line.word(line.at, end));
    return word.text === '' ? silence : [word];
  }
  const words: Word[] = [];
  let from = line.at;
  for (let i = from; i <= end; i++) {
    if (i < end) {
      i = line.skipQuoted(i, end);
      if (i < end && !isAny(signs.exampleSeparator, line.unit(i))) continue;
    }
    const word = unquoted(line.word(from, Math.min(i, end)));
    if (word.text !== '') words.push(word);
    from = i + 1;
  }
  return words;
}

/** Many replies are told by their category alone. */
const silence: readonly Word[] = [];

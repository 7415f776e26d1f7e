import { foldName } from '../base/names.ts';
import { type Span, trimmed } from '../base/span.ts';
import { Cursor, type Opening } from './cursor.ts';
import { type Flaw, type Line, longestLine, type Speech, type Target, type Variable, type Word } from './line.ts';
import { isAny, signs } from './signs.ts';
import {
  roles as builtinRoles,
  findTerm,
  type KeywordId,
  keywords,
  type RoleKind,
  type SuppressionField,
  spellings,
  suppressionFields,
  suppressionScopes,
} from './vocabulary.ts';
import { spanOf, splitWords, unbraced, unbracketed, unquoted } from './words.ts';

/** Names of roles, folded, and what they stand for: the built-in ones and those the front matter declares. */
export type Roles = ReadonlyMap<string, RoleKind>;

export const standardRoles: Roles = new Map(
  builtinRoles.flatMap((role) => spellings(role).map((spelling) => [foldName(spelling), role.id] as const)),
);

/** `---` as people and input methods type it. */
const fence = /^[-－—–]{3,}$/;
/** What may be a role or keyword: a short run without punctuation. */
const wordLike = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} ·・'’_-]{0,15}$/u;

/** The class and the parts of one line. `text` has no line end; any text at all is a line. */
export function scanLine(text: string, roles: Roles = standardRoles): Line {
  const content = trimmed(text, { start: 0, end: text.length });
  if (content.start === content.end) return { kind: 'blank', head: content, flaws: [] };
  if (text.length > longestLine) return { kind: 'unknown', head: content, flaws: [], tooLong: true };
  const line = new Cursor(text, content);
  const first = text.charAt(content.start);
  if (first === '#' || first === '＃') {
    const head = line.take(1);
    return { kind: 'remark', head, flaws: [], text: line.rest() };
  }
  if ('【[［'.includes(first)) return scanHeading(line);
  const jump = line.takeArrow();
  if (jump) return { kind: 'jump', head: jump, ...scanTarget(line, jump) };
  const opening = line.peekUntil(signs.colon | signs.open);
  const known = opening && (scanKeyword(line, opening, roles) ?? scanRole(line, opening, roles));
  return known ?? scanUnknown(line, opening, roles);
}

/** Whether a line is the fence around the front matter. */
export function isFence(text: string): boolean {
  const { start, end } = trimmed(text, { start: 0, end: text.length });
  return fence.test(text.slice(start, end));
}

function scanHeading(line: Cursor): Line {
  const head = line.take(1);
  const name = line.until(signs.headingEnd);
  const flaws: Flaw[] = [];
  if (line.done) flaws.push({ kind: 'missing-bracket', start: name.end, end: name.end });
  else line.take(1);
  if (name.text === '') flaws.push({ kind: 'missing-name', start: head.start, end: line.at });
  return { kind: 'heading', head, flaws, name, steps: splitWords(line.rest(), signs.listSeparator) };
}

function scanKeyword(line: Cursor, { word, delimiter }: Opening, roles: Roles): Line | undefined {
  const says = speakerWhoSays(word.text, roles);
  const id: KeywordId | undefined = says ? 'says' : findTerm(keywords, word.text)?.id;
  if (!id) return undefined;
  if (isAny(signs.open, line.text.charCodeAt(delimiter)) && id !== 'suppression') return undefined;
  line.at = delimiter;
  const head = spanOf(word);
  if (id === 'suppression') return scanSuppression(line, head);
  line.take(1);
  switch (id) {
    case 'guard': {
      const arrowAt = line.lastArrow();
      const condition = line.word(line.at, arrowAt?.start ?? line.end);
      const flaws: Flaw[] = condition.text === '' ? [{ kind: 'missing-value', ...spanOf(condition) }] : [];
      if (!arrowAt) {
        flaws.push({ kind: 'missing-arrow', start: line.end, end: line.end });
        return { kind: 'guard', head, flaws, condition };
      }
      line.at = arrowAt.end;
      const { target, flaws: more } = scanTarget(line, arrowAt);
      return { kind: 'guard', head, flaws: [...flaws, ...more], condition, arrow: arrowAt, ...(target && { target }) };
    }
    case 'guidance':
      return { kind: 'guidance', head, ...scanSpeech(line) };
    case 'record': {
      const rest = line.rest();
      const equals = rest.text.search(/[=＝]/);
      if (equals < 0) {
        const flaw: Flaw = { kind: 'missing-value', start: rest.end, end: rest.end };
        return {
          kind: 'record',
          head,
          flaws: [flaw],
          variable: rest,
          value: speechOf(line.word(rest.end, rest.end)).speech,
        };
      }
      const variable = line.word(rest.start, rest.start + equals);
      const { speech, flaws } = speechOf(line.word(rest.start + equals + 1, rest.end));
      const missing: Flaw[] = variable.text === '' ? [{ kind: 'missing-name', ...spanOf(rest) }] : [];
      return { kind: 'record', head, flaws: [...missing, ...flaws], variable: unbraced(variable), value: speech };
    }
    case 'insertion':
      return { kind: 'insertion', head, ...scanTarget(line, head) };
    case 'outcome':
      return { kind: 'outcome', head, ...named(line) };
    case 'case':
      return { kind: 'case', head, ...named(line) };
    case 'given': {
      const parts = splitWords(line.rest(), signs.comma);
      const values = parts.map((part) => {
        const equals = part.text.search(/[=＝]/);
        return equals < 0
          ? { variable: part, value: line.word(part.end, part.end) }
          : {
              variable: line.word(part.start, part.start + equals),
              value: line.word(part.start + equals + 1, part.end),
            };
      });
      const flaws = values.flatMap(({ value }): Flaw[] =>
        value.text === '' ? [{ kind: 'missing-value', ...spanOf(value) }] : [],
      );
      if (values.length === 0) flaws.push({ kind: 'missing-value', start: line.end, end: line.end });
      return { kind: 'given', head, flaws, values };
    }
    case 'says':
      return { kind: 'says', head, speaker: says ?? 'customer', ...replyOf(line) };
    case 'expect': {
      const names = splitWords(line.rest(), signs.listSeparator);
      return { kind: 'expect', head, names, flaws: names.length > 0 ? [] : [{ kind: 'missing-name', ...head }] };
    }
    case 'never': {
      const words = splitWords(line.rest(), signs.listSeparator).map((each) => unquoted(each));
      return { kind: 'never', head, words, flaws: words.length > 0 ? [] : [{ kind: 'missing-text', ...head }] };
    }
    default: {
      const never: never = id;
      return never;
    }
  }
}

function replyOf(line: Cursor): { reply: Word; flaws: Flaw[] } {
  const reply = unquoted(line.rest());
  return { reply, flaws: reply.text === '' ? [{ kind: 'missing-text', ...spanOf(reply) }] : [] };
}

function named(line: Cursor): { name: Word; flaws: Flaw[] } {
  const name = line.rest();
  return { name, flaws: name.text === '' ? [{ kind: 'missing-name', ...spanOf(name) }] : [] };
}

/** `客户说`, `第三方说`, `家属说`, `Customer says`: whose reply a scenario line gives. */
function speakerWhoSays(word: string, roles: Roles): RoleKind | undefined {
  // Asked of nearly every line, and true of few.
  const last = word.charAt(word.length - 1);
  if (last !== '说' && last !== 's' && last !== 'S') return undefined;
  const role = /^(.+?)\s*(?:说|says)$/i.exec(word.trim())?.[1];
  const kind = role === undefined ? undefined : roles.get(foldName(role));
  return kind === 'agent' ? undefined : kind;
}

function scanSuppression(line: Cursor, head: Span): Line {
  const flaws: Flaw[] = [];
  let scope: 'line' | 'node' | 'file' = 'line';
  let scopeWord: Word | undefined;
  if (line.takeIf(signs.open)) {
    scopeWord = line.until(signs.close);
    scope = findTerm(suppressionScopes, scopeWord.text)?.id ?? 'line';
    if (scope === 'line') flaws.push({ kind: 'surplus-text', ...spanOf(scopeWord) });
    if (!line.takeIf(signs.close)) flaws.push({ kind: 'missing-bracket', start: scopeWord.end, end: scopeWord.end });
    line.skipBlanks();
  }
  if (!line.takeIf(signs.colon)) flaws.push({ kind: 'missing-colon', start: line.at, end: line.at });
  const rest = line.rest();
  const marks = fieldMarks(rest);
  const ruleEnd = marks[0]?.start ?? rest.end;
  const comma = line.text.slice(rest.start, ruleEnd).search(/[,，]/);
  const rule = line.word(rest.start, comma < 0 ? ruleEnd : rest.start + comma);
  const surplus = comma < 0 ? undefined : line.word(rest.start + comma + 1, ruleEnd);
  if (surplus && surplus.text !== '') flaws.push({ kind: 'surplus-text', ...spanOf(surplus) });
  if (rule.text === '') flaws.push({ kind: 'missing-rule', ...spanOf(rest) });
  const fields: { [field in SuppressionField]?: Word } = {};
  marks.forEach((mark, index) => {
    const value = line.word(mark.end, marks[index + 1]?.start ?? rest.end);
    if (fields[mark.field]) flaws.push({ kind: 'surplus-field', start: mark.start, end: value.end });
    else if (value.text === '') flaws.push({ kind: 'missing-value', start: mark.start, end: mark.end });
    else fields[mark.field] = value;
  });
  return { kind: 'suppression', head, flaws, scope, ...(scopeWord && { scopeWord }), rule, fields };
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

function scanRole(line: Cursor, { word: role, delimiter }: Opening, roles: Roles): Line | undefined {
  const speaker = roles.get(foldName(role.text));
  if (!speaker) return undefined;
  line.at = delimiter;
  const head = spanOf(role);
  if (line.takeIf(signs.colon)) {
    const { speech, flaws } = scanSpeech(line);
    return { kind: 'utterance', head, flaws, role, speaker, speech };
  }
  line.take(1);
  const inner = line.bracketed(signs.close, signs.colon);
  const flaws: Flaw[] = [];
  if (!line.takeIf(signs.close)) flaws.push({ kind: 'missing-bracket', start: inner.end, end: inner.end });
  line.skipBlanks();
  if (speaker === 'agent') {
    if (!line.takeIf(signs.colon)) flaws.push({ kind: 'missing-colon', start: line.at, end: line.at });
    const { speech, flaws: more } = scanSpeech(line);
    return { kind: 'utterance', head, flaws: [...flaws, ...more], role, speaker, tone: inner, speech };
  }
  return scanBranch(line, { head, role, speaker, category: inner }, flaws);
}

function scanBranch(
  line: Cursor,
  opening: { head: Span; role: Word; speaker: RoleKind; category: Word },
  flaws: Flaw[],
): Line {
  if (opening.category.text === '') flaws.push({ kind: 'missing-name', ...spanOf(opening.category) });
  const colonTaken = line.takeIf(signs.colon);
  const arrow = line.lastArrow();
  const examples = splitExamples(line, arrow?.start ?? line.end);
  if (!colonTaken && examples[0])
    flaws.push({ kind: 'missing-colon', start: examples[0].start, end: examples[0].start });
  const { head, role, speaker, category } = opening;
  if (!arrow) return { kind: 'branch', head, flaws, role, speaker, category, examples };
  line.at = arrow.end;
  const { target, flaws: more } = scanTarget(line, arrow);
  flaws.push(...more);
  return target
    ? { kind: 'branch', head, flaws, role, speaker, category, examples, arrow, target }
    : { kind: 'branch', head, flaws, role, speaker, category, examples, arrow };
}

function scanUnknown(line: Cursor, opening: Opening | undefined, roles: Roles): Line {
  const content = line.rest();
  const flaws: Flaw[] = [];
  const word = opening?.word;
  if (word && wordLike.test(word.text)) return { kind: 'unknown', head: spanOf(word), flaws, word };
  // `坐席 您好`, or `结束` alone.
  const first = /^\S{1,20}(?=\s|$)/.exec(content.text)?.[0];
  if (first && (findTerm(keywords, first) || roles.has(foldName(first)))) {
    return { kind: 'unknown', head: spanOf(content), flaws, colonAt: content.start + first.length };
  }
  return { kind: 'unknown', head: spanOf(content), flaws };
}

function scanTarget(line: Cursor, after: Span): { target?: Target; flaws: Flaw[] } {
  const whole = line.rest();
  if (whole.text === '') return { flaws: [{ kind: 'missing-target', ...after }] };
  const slash = Math.max(whole.text.lastIndexOf('/'), whole.text.lastIndexOf('／'));
  const node = unbracketed(line.word(whole.start + slash + 1, whole.end));
  const { text, start, end } = whole;
  if (slash < 0) return { target: { text, start, end, node }, flaws: [] };
  const file = line.word(start, start + slash);
  if (node.text === '' || file.text === '') return { flaws: [{ kind: 'missing-target', start, end }] };
  return { target: { text, start, end, file, node }, flaws: [] };
}

function scanSpeech(line: Cursor): { speech: Speech; flaws: Flaw[] } {
  return speechOf(line.rest());
}

function speechOf({ text, start: from, end: to }: Word): { speech: Speech; flaws: Flaw[] } {
  const variables: Variable[] = [];
  const flaws: Flaw[] = [];
  const speech: Speech = { text, start: from, end: to, variables };
  if (!text.includes('{') && !text.includes('｛')) return { speech, flaws };
  const brace = /[{｛]([^{｛}｝]*)([}｝]?)/g;
  for (let match = brace.exec(text); match; match = brace.exec(text)) {
    const start = from + match.index;
    const end = start + match[0].length;
    if (match[2] === '') {
      flaws.push({ kind: 'unclosed-brace', start, end: start + 1 });
      continue;
    }
    const inner = match[1] ?? '';
    const name = inner.trim();
    const at = start + 1 + (inner.length - inner.trimStart().length);
    variables.push({ text: name, start: at, end: at + name.length, braces: { start, end } });
  }
  return { speech, flaws };
}

/** Examples between `line.at` and `end`; one in quotes may hold a slash. */
function splitExamples(line: Cursor, end: number): Word[] {
  const words: Word[] = [];
  let from = line.at;
  for (let i = line.at; i <= end; i++) {
    if (i < end) {
      i = line.skipQuoted(i, end);
      if (i < end && !isAny(signs.exampleSeparator, line.text.charCodeAt(i))) continue;
    }
    const word = unquoted(line.word(from, Math.min(i, end)));
    if (word.text !== '') words.push(word);
    from = i + 1;
  }
  return words;
}

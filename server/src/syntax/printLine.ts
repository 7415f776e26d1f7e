import type { Edit } from '../base/edit.ts';
import { type Span, trimmed } from '../base/span.ts';
import { alike } from './alike.ts';
import type { Roles } from './heads.ts';
import type { Branch, Line, Record, Suppression, Target, Word } from './line.ts';
import { chinesePunctuation, englishPunctuation, type Punctuation } from './punctuation.ts';
import { scanLine } from './scan.ts';
import { quotes } from './signs.ts';
import { findTerm, keywords, roles as roleTerms } from './vocabulary.ts';

/** What decides how the lines of one script are written. */
export interface Style {
  /** Whether the script is in English; nothing where its words do not tell. */
  readonly english: boolean | undefined;
  readonly roles: Roles;
  /** The parts of a condition between which one blank stands. */
  conditionParts(condition: Word): readonly Span[];
}

/** A stretch of the line that stays as it is, or a sign that structures it. */
type Piece = Span | string;

/**
 * How a line is written canonically, as edits that count from its start. Between the edits stand the author's own words, which
 * are never touched, and what an edit replaces is punctuation and blanks only. A line that would be read differently stays.
 */
export function printLine(line: Line, text: string, style: Style): Edit[] {
  if (line.kind === 'blank' || line.kind === 'front-matter' || line.kind === 'unknown') return [];
  const whole: Piece[] = [trimmed(text, { start: 0, end: text.length })];
  // What is not written to its end is still being written.
  if (line.flaws.some(({ kind }) => kind !== 'unclosed-brace')) return editsOf(whole, text);
  const edits = editsOf(piecesOf(line, text, style), text);
  if (line.kind === 'fence' || edits.length === 0) return edits;
  const isSame =
    edits.every(({ start, end }) => structural.test(text.slice(start, end))) &&
    alike(comparable(scanLine(applied(text, edits), style.roles)), comparable(line));
  return isSame ? edits : editsOf(whole, text);
}

/** All that an edit may take away. */
const structural = /^[\s\u200b\ufeff：:（）()【】[\]［］，,、／/=＝→\-－–—>＞》]*$/;

/** Whether a condition is still the same has been seen to where it was printed. */
function comparable(line: Line): Line {
  return line.kind === 'guard' ? { ...line, condition: { ...line.condition, text: '' } } : line;
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, newText } of edits) {
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}

/** What stands between the kept stretches, wherever that is not what it should be. */
function editsOf(pieces: readonly Piece[], text: string): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let written = '';
  const gap = (end: number): void => {
    if (text.slice(at, end) !== written) edits.push({ start: at, end, newText: written });
    written = '';
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') written += piece;
    else if (piece.end > piece.start) {
      gap(piece.start);
      at = piece.end;
    }
  }
  written = written.trimEnd();
  gap(text.length);
  return edits;
}

function piecesOf(
  line: Exclude<Line, { kind: 'blank' | 'front-matter' | 'unknown' }>,
  text: string,
  style: Style,
): Piece[] {
  const marks = marksOf(line, text, style);
  const { colon, comma, pause, arrow } = marks;
  switch (line.kind) {
    case 'fence':
      return ['---'];
    case 'remark':
      return [trimmed(text, { start: line.head.start, end: text.length })];
    case 'heading': {
      const steps = joined(line.steps, pause);
      return [marks.leftBracket, line.name, marks.rightBracket, ...(steps.length > 0 ? [' ', ...steps] : [])];
    }
    case 'jump':
      return [arrow, ' ', ...targetOf(line.target, marks)];
    case 'utterance': {
      const tone = line.tone ? [marks.open, line.tone, marks.close] : [];
      return [line.role, ...tone, colon, line.speech];
    }
    case 'branch':
      return branchOf(line, text, marks);
    case 'guard': {
      const condition = joined(style.conditionParts(line.condition), ' ');
      return [line.head, colon, ...condition, ' ', arrow, ' ', ...targetOf(line.target, marks)];
    }
    case 'guidance':
      return [line.head, colon, line.speech];
    case 'record':
      return [line.head, colon, recorded(line, text), ' = ', line.value];
    case 'insertion':
      return [line.head, colon, ...targetOf(line.target, marks)];
    case 'outcome':
    case 'case':
      return [line.head, colon, line.name];
    case 'given': {
      const values = line.values.map(({ variable, value }): Piece[] => [variable, ' = ', value]);
      return [line.head, colon, ...values.flatMap((value, i) => (i === 0 ? value : [comma, ...value]))];
    }
    case 'says':
      return [line.head, colon, quoted(line.reply, text)];
    case 'expect':
      return [line.head, colon, ...joined(line.names, pause)];
    case 'never':
      return [
        line.head,
        colon,
        ...joined(
          line.words.map((word) => quoted(word, text)),
          pause,
        ),
      ];
    case 'suppression':
      return suppressionOf(line, text, marks);
    default:
      return line satisfies never;
  }
}

/** A line is written as its own keyword is; one that begins with a sign or a declared name, as the script is. */
function marksOf(line: Line, text: string, { english }: Style): Punctuation {
  const word = text.slice(line.head.start, line.head.end);
  const isOurs = findTerm<string>(keywords, word) ?? findTerm<string>(roleTerms, word);
  const own = isOurs && !/\p{Script=Han}/u.test(word);
  return (isOurs ? own : (english ?? !/\p{Script=Han}/u.test(text))) ? englishPunctuation : chinesePunctuation;
}

function branchOf(line: Branch, text: string, marks: Punctuation): Piece[] {
  const { role, category, examples, arrow, target } = line;
  const said = joined(
    examples.map((each) => quoted(each, text)),
    marks.slash,
  );
  // Behind a colon at the end of the line the examples are about to be written.
  const open = /[：:]\s*$/.test(text.slice(category.end)) ? [marks.colon] : [];
  return [
    role,
    marks.open,
    category,
    marks.close,
    ...(said.length > 0 ? [marks.colon, ...said] : open),
    ...(arrow ? [' ', marks.arrow, ' ', ...targetOf(target, marks)] : []),
  ];
}

/** `文件/节点`; a node may wear the brackets of its heading. */
function targetOf(target: Target | undefined, marks: Punctuation): Piece[] {
  if (!target) return [];
  const { file, node } = target;
  const isBare = node.end === target.end;
  const name = isBare ? [node] : [marks.leftBracket, node, marks.rightBracket];
  return file ? [file, '/', ...name] : name;
}

/** The variable of a `记录`, with the braces that it may wear. */
function recorded({ head, variable }: Record, text: string): Span {
  const colon = head.end + text.slice(head.end).search(/[：:]/);
  const equals = variable.end + text.slice(variable.end).search(/[=＝]/);
  return trimmed(text, { start: colon + 1, end: equals });
}

function suppressionOf({ head, scopeWord, rule, fields }: Suppression, text: string, marks: Punctuation): Piece[] {
  const pieces: Piece[] = [head, ...(scopeWord ? [marks.open, scopeWord, marks.close] : []), marks.colon, rule];
  let at = rule.end;
  for (const value of Object.values(fields).sort((a, b) => a.start - b.start)) {
    const mark = text.slice(at, value.start);
    const comma = mark.search(/[，,]/);
    const colon = mark.search(/[：:]/);
    pieces.push(marks.comma, trimmed(text, { start: at + comma + 1, end: at + colon }), marks.colon, value);
    at = value.end;
  }
  return pieces;
}

function joined(parts: readonly Span[], separator: string): Piece[] {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [separator, part]));
}

/** A word with the quotation marks around it. */
function quoted(word: Word, text: string): Span {
  const closing = quotes[text.charAt(word.start - 1)];
  const isQuoted = closing !== undefined && closing === text.charAt(word.end);
  return isQuoted ? { start: word.start - 1, end: word.end + 1 } : word;
}

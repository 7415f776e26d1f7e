import type { Text } from '../base/text.ts';
import { alike } from '../syntax/alike.ts';
import type { Roles } from '../syntax/heads.ts';
import type { Line, Target } from '../syntax/line.ts';
import { chinesePunctuation, englishPunctuation, type Punctuation } from '../syntax/punctuation.ts';
import { scanLine } from '../syntax/scan.ts';
import { quotes } from '../syntax/signs.ts';
import { findTerm, keywords } from '../syntax/vocabulary.ts';

/** A line of a script in cells, as somebody sees and edits it who knows no script. A line that is blank has nothing in any of them. */
export interface Cells {
  /** One of `types` for what begins with no keyword; else the keyword as it is written, with its bracket: `豁免（本节）`. */
  readonly type: string;
  /** Who speaks, and how: `坐席（语气平和）`. */
  readonly speaker: string;
  readonly text: string;
  /** The category of a reply. */
  readonly reply: string;
  readonly target: string;
  /** The name of the node, and the steps that it performs; of its heading alone. */
  readonly node: string;
  readonly steps: string;
}

export const noCells: Cells = { type: '', speaker: '', text: '', reply: '', target: '', node: '', steps: '' };

/** What a line is that no keyword tells. */
export const types = {
  node: { zh: '节', en: 'Node' },
  line: { zh: '台词', en: 'Line' },
  reply: { zh: '回复', en: 'Reply' },
  jump: { zh: '跳转', en: 'Jump' },
  remark: { zh: '备注', en: 'Remark' },
  /** What is written in no other way is written as it stands in the script. */
  asIs: { zh: '原样', en: 'As is' },
} as const satisfies { readonly [type: string]: Text };

/** The language in which a script has its words: those of the types, and of lines that begin with a sign. */
export type Words = 'zh' | 'en';

/** The cells of a line; `text` is the line itself. What they cannot tell, such as a bracket that is missing, only the line itself tells. */
export function cellsOf(line: Line, text: string, words: Words): Cells {
  const told = toldBy(line, text, words);
  if (told) return told;
  const asIs = text.replace(/^\ufeff/, '').trim();
  return asIs === '' ? noCells : { ...noCells, type: types.asIs[words], text: asIs };
}

/** The line that cells stand for. */
export function written(cells: Cells, words: Words): string {
  // Whoever presses Alt+Enter in a cell means one line all the same.
  return inOrder(cells, words).replace(/[\r\n\u2028\u2029]+/g, ' ');
}

function inOrder({ type, speaker, text, reply, target, node, steps }: Cells, words: Words): string {
  const marks = type === '' || isType(type) ? marksFor(speaker, words) : marksFor(type, words);
  const led = target === '' ? '' : `${marks.arrow} ${target}`;
  const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
  const labelled = (label: string, said: string): string => (said === '' ? label : `${label}${marks.colon}${said}`);
  switch (kindOf({ type, speaker, text, reply, target })) {
    case 'node':
      return joined(`${marks.leftBracket}${node}${marks.rightBracket}`, steps);
    case 'jump':
      return led;
    case 'remark':
      return joined('#', text);
    case 'asIs':
      return text;
    case 'line':
      return `${speaker}${marks.colon}${text}`.trimEnd();
    case 'reply':
      return joined(labelled(`${speaker}${marks.open}${reply}${marks.close}`, text), led);
    case 'keyword':
      return text === '' && target !== '' && !isGuard(type)
        ? `${type}${marks.colon}${target}`
        : joined(`${type}${marks.colon}${text}`.trimEnd(), led);
    case 'blank':
      return '';
  }
}

/** The line that cells stand for; where that is what it was before, as it was written then, to the last blank. */
export function restored(cells: Cells, source: string, roles: Roles, words: Words): string {
  const line = written(cells, words);
  if (source === '') return line;
  const before = scanLine(source, roles);
  const told = toldBy(before, source, words);
  const isSame =
    before.kind === 'unknown'
      ? line === written(cellsOf(before, source, words), words)
      : alike(scanLine(line, roles), before) || (told !== undefined && sameCells(told, cells));
  return isSame ? source : line;
}

/** Blanks of any kind around what a cell says mean nothing: a sheet does not keep them. */
function sameCells(some: Cells, others: Cells): boolean {
  return (Object.keys(noCells) as (keyof Cells)[]).every((key) => some[key].trim() === others[key].trim());
}

type Kind = keyof typeof types | 'keyword' | 'blank';

/** What cells are meant to be; somebody who adds a row may leave the type to us. */
function kindOf({ type, speaker, text, reply, target }: Omit<Cells, 'node' | 'steps'>): Kind {
  const known = typeOf(type);
  if (known) return known;
  if (type !== '') return 'keyword';
  if (reply !== '') return 'reply';
  if (speaker !== '') return 'line';
  if (target !== '') return 'jump';
  return text === '' ? 'blank' : 'remark';
}

function typeOf(type: string): keyof typeof types | undefined {
  return (Object.keys(types) as (keyof typeof types)[]).find((id) => types[id].zh === type || types[id].en === type);
}

export function isType(type: string): boolean {
  return typeOf(type) !== undefined;
}

export function isNode({ type }: Pick<Cells, 'type'>): boolean {
  return typeOf(type) === 'node';
}

function isGuard(type: string): boolean {
  return findTerm(keywords, type)?.id === 'guard';
}

/** A line is written as its own first word is; one that begins with a sign, as the script is. */
function marksFor(word: string, words: Words): Punctuation {
  const [first = ''] = word.split(/[（(]/);
  const english = first === '' ? words === 'en' : !/\p{Script=Han}/u.test(first);
  return english ? englishPunctuation : chinesePunctuation;
}

function toldBy(line: Line, text: string, words: Words): Cells | undefined {
  const head = text.slice(line.head.start, line.head.end);
  const keyword = (said: string, target?: Target): Cells => ({
    ...noCells,
    type: head,
    text: said,
    target: nameOf(target),
  });
  switch (line.kind) {
    case 'blank':
      return noCells;
    case 'heading':
      return headingCells(
        line.name.text,
        line.steps.map((step) => step.text),
        words,
      );
    case 'jump':
      return { ...noCells, type: types.jump[words], target: nameOf(line.target) };
    case 'remark':
      return { ...noCells, type: types.remark[words], text: line.text.text };
    case 'utterance': {
      const speaker = withTone(line.role.text, line.tone?.text ?? '');
      return { ...noCells, type: types.line[words], speaker, text: line.speech.text };
    }
    case 'branch':
      return {
        ...noCells,
        type: types.reply[words],
        speaker: line.role.text,
        reply: line.category.text,
        text: joinedExamples(
          line.examples.map((each) => each.text),
          line.role.text,
        ),
        target: nameOf(line.target),
      };
    case 'guard':
      return keyword(line.condition.text, line.target);
    case 'guidance':
      return keyword(line.speech.text);
    case 'insertion':
      return keyword('', line.target);
    case 'outcome':
    case 'case':
      return keyword(line.name.text);
    case 'record':
    case 'given':
    case 'says':
    case 'expect':
    case 'never':
      return keyword(behindColon(text, line.head.end));
    case 'suppression': {
      const scope = line.scopeWord;
      const { open, close } = marksFor(head, words);
      const type = scope ? head + open + scope.text + close : head;
      return { ...keyword(behindColon(text, scope?.end ?? line.head.end)), type };
    }
    case 'unknown':
    case 'fence':
    case 'front-matter':
      return undefined;
  }
}

export function headingCells(name: string, steps: readonly string[], words: Words): Cells {
  return { ...noCells, type: types.node[words], node: name, steps: steps.join(marksFor('', words).pause) };
}

function behindColon(text: string, from: number): string {
  const colon = text.slice(from).search(/[：:]/);
  return colon < 0 ? '' : text.slice(from + colon + 1).trim();
}

/** `文件/节点`. */
export function nameOf(target: Target | undefined): string {
  if (!target) return '';
  return target.file ? `${target.file.text}/${target.node.text}` : target.node.text;
}

/** `坐席（语气平和）`. */
export function withTone(role: string, tone: string): string {
  const { open, close } = marksFor(role, 'zh');
  return tone === '' ? role : role + open + tone + close;
}

/** Examples of a reply as they stand in its line; one that holds what would end it in quotation marks. */
export function joinedExamples(examples: readonly string[], role: string): string {
  return examples.map(asExample).join(marksFor(role, 'zh').slash);
}

function asExample(text: string): string {
  if (!/[／/→“"「『＂]|[-=－＝—–]/.test(text)) return text;
  const opening = Object.entries(quotes).find(([, closing]) => !text.includes(closing));
  return opening ? opening[0] + text + opening[1] : text;
}

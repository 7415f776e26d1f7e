import { insertion } from '../../base/edit.ts';
import { foldWidth, nearest } from '../../base/names.ts';
import { shift } from '../../base/span.ts';
import type { Script } from '../../model/script.ts';
import { handOf } from '../../model/writing.ts';
import { longestLine, type Speech, type Unknown, type Utterance } from '../../syntax/line.ts';
import { scanLine } from '../../syntax/scan.ts';
import { isLine, type Placed } from '../../syntax/tree.ts';
import { keywords, roles, spellings } from '../../syntax/vocabulary.ts';
import type { Fix } from '../finding.ts';
import { flawed } from './flaws.ts';
import { replaceBy } from './replace.ts';
import type { Draft, StructureRule, Subject } from './rule.ts';

/** Lines that no reader would know how to act on, and lines that are not written to their end. */
export const unknownLine: StructureRule = {
  id: 'unknown-line',
  severity: 'error',
  title: { zh: '无法识别的行', en: 'Line that means nothing' },
  why: {
    zh: '话术里没有一句话是“碰巧”播出的。一行以什么开头，决定它由谁说、说不说；看不懂的开头必须改清楚，不能默默当成台词，也不能默默丢掉。',
    en: 'Nothing is spoken by accident. How a line begins decides who says it and whether it is said at all, so a beginning that means nothing is an error, never a silent utterance and never silently dropped.',
  },
  examples: {
    bad: [
      '⟦您好，请问是王先生吗？⟧',
      '【开场⟦⟧\n坐席：您好。',
      '【开场】\n⟦坐席 您好。⟧',
      '【开场】\n客户（其他）⟦⟧好的 → 结束',
    ],
    good: ['【开场】\n坐席：您好，请问是王先生吗？', '# 这是备注\n【开场】\n坐席：您好。'],
  },
  *inLines(lines, subject) {
    for (const placed of lines) {
      if (isLine(placed, 'unknown')) yield* unknown(placed, subject);
      else if (placed.line.flaws.length > 0 && reportsHere.has(placed.line.kind))
        for (const flaw of placed.line.flaws) yield* flawed(placed, flaw);
      if (isLine(placed, 'utterance') && mayJump(placed.line.speech)) yield* jumpInSpeech(placed, subject);
    }
  },
};

/** The other kinds have rules of their own for what is wrong in them. */
const reportsHere: ReadonlySet<string> = new Set(['heading', 'utterance', 'branch', 'guidance', 'record', 'outcome']);

function* unknown(placed: Placed<Unknown>, { script }: Subject): Generator<Draft> {
  const { line, start } = placed;
  if (line.word) return;
  const span = shift(line.head, start);
  if (line.tooLong) {
    yield {
      ...span,
      message: {
        zh: `这一行有 ${placed.end - start} 个字，超过 ${longestLine} 个字的上限，没有检查。请拆成多行。`,
        en: `This line has ${placed.end - start} characters, more than the ${longestLine} that are checked. Split it into several lines.`,
      },
    };
    return;
  }
  const { colonAt } = line;
  if (colonAt !== undefined) {
    yield {
      ...span,
      message: { zh: '开头的词后面缺少冒号。', en: 'The first word needs a colon after it.' },
      fixes: () => [
        {
          title: { zh: '补上冒号', en: 'Add the colon' },
          safe: true,
          edits: [insertion(start + colonAt, handOf(script).english ? ':' : '：')],
        },
      ],
    };
    return;
  }
  const text = script.written.slice(span.start, span.end);
  const write = handOf(script);
  const prefix = (word: string): string => `${word}${write.colon}`;
  yield {
    ...span,
    message: {
      zh: `无法识别这一行。台词请以“${prefix(write.role('agent'))}”开头，备注请以“#”开头。`,
      en: `This line has no known beginning. Start speech with “${prefix(write.role('agent'))}” and remarks with “#”.`,
    },
    fixes: () => [
      ...openingFixes(text, span.start, script),
      {
        title: {
          zh: `改为台词“${prefix(write.role('agent'))}…”`,
          en: `Make it speech: “${prefix(write.role('agent'))}…”`,
        },
        safe: false,
        edits: [insertion(span.start, prefix(write.role('agent')))],
      },
      {
        title: {
          zh: `改为提示“${prefix(write.keyword('guidance'))}…”`,
          en: `Make it guidance: “${prefix(write.keyword('guidance'))}…”`,
        },
        safe: false,
        edits: [insertion(span.start, prefix(write.keyword('guidance')))],
      },
      {
        title: { zh: '改为备注“# …”', en: 'Make it a remark: “# …”' },
        safe: false,
        edits: [insertion(span.start, '# ')],
      },
    ],
  };
}

const words = [...keywords, ...roles].flatMap(spellings).sort((a, b) => b.length - a.length);

/** What the author most likely began to write; nothing of what stands behind it is touched. */
function openingFixes(text: string, start: number, script: Script): Fix[] {
  // `• 坐席：您好`, `1. 坐席：您好`, as lists come from Word.
  const bullet = /^(?:[•●▪◦·*–—-]|\(?\d{1,2}[.、)．）]|[一二三四五六七八九十]{1,3}[、.．])\s*/.exec(text)?.[0] ?? '';
  const bare = text.slice(bullet.length);
  if (bullet !== '' && scanLine(bare, script.tree.frontMatter.roles).kind !== 'unknown') {
    const title = { zh: '去掉项目符号或编号', en: 'Remove the bullet or number' };
    return [{ title, safe: true, edits: [{ start, end: start + bullet.length, newText: '' }] }];
  }
  const word = words.find((each) => each.length >= 2 && foldWidth(text).startsWith(foldWidth(each)));
  if (word !== undefined) {
    // `坐席；您好` has the wrong mark, `坐席您好` none.
    const mark = /^\s*[；;，,。.、]/.exec(text.slice(word.length))?.[0] ?? '';
    const end = start + word.length + mark.length;
    const title = { zh: `在“${word}”后面写上冒号`, en: `Write a colon behind “${word}”` };
    return [{ title, safe: false, edits: [{ start: start + word.length, end, newText: handOf(script).colon }] }];
  }
  const opening = /^[^，。！？；：,.!?;:\s]{1,8}/.exec(text)?.[0] ?? '';
  const near = nearest(opening, words);
  return near !== undefined && near.length >= opening.length
    ? replaceBy(near, opening, { start, end: start + opening.length })
    : [];
}

const arrowhead = /[→>＞》]/;

/** Whether an arrow stands in what is said. */
export function mayJump({ text }: Speech): boolean {
  return arrowhead.test(text);
}

/** `坐席：好的 → 结束通话` is spoken to its last character, arrow and all. */
function* jumpInSpeech(placed: Placed<Utterance>, { script }: Subject): Generator<Draft> {
  const { speech } = placed.line;
  const match = /\s*(?:→|(?:——?|[-－–=＝])[>＞》])\s*([^→>＞》]{1,40})$/.exec(speech.text.slice(-60));
  const name = match?.[1]?.trim();
  if (!match || name === undefined || !script.node(name)) return;
  const end = placed.start + speech.end;
  const start = end - match[0].length;
  const arrow = start + (match[0].length - match[0].trimStart().length);
  const write = handOf(script);
  yield {
    start: arrow,
    end,
    severity: 'warning',
    message: {
      zh: `台词里的“${script.written.slice(arrow, end)}”会被念出来。要跳转到“${name}”，请另起一行。`,
      en: `“${script.written.slice(arrow, end)}” is spoken here. To jump to “${name}”, put it on a line of its own.`,
    },
    fixes: () => [
      {
        title: { zh: '改为下一行的跳转', en: 'Make it a jump on the next line' },
        safe: false,
        edits: [{ start, end, newText: `${write.eol}${write.arrow} ${name}` }],
      },
    ],
  };
}

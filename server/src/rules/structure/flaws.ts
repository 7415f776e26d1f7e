import { insertion } from '../../base/edit.ts';
import { shift } from '../../base/span.ts';
import type { Text } from '../../base/text.ts';
import type { Flaw } from '../../syntax/line.ts';
import type { Placed } from '../../syntax/tree.ts';
import type { Draft } from './rule.ts';

const flawMessages: { readonly [kind in Flaw['kind']]: Text } = {
  'missing-bracket': { zh: '缺少右括号。', en: 'The closing bracket is missing.' },
  'missing-colon': { zh: '这里缺少冒号。', en: 'A colon is missing here.' },
  'missing-arrow': { zh: '缺少箭头和目标。', en: 'The arrow and its target are missing.' },
  'missing-target': { zh: '箭头后面缺少目标。', en: 'The target behind the arrow is missing.' },
  'missing-name': { zh: '这里缺少名称。', en: 'A name is missing here.' },
  'missing-text': { zh: '这里缺少内容。', en: 'Text is missing here.' },
  'missing-rule': { zh: '缺少规则编号。', en: 'The rule is missing.' },
  'missing-value': { zh: '这里缺少内容。', en: 'A value is missing here.' },
  'surplus-text': { zh: '无法识别这里的内容。', en: 'This is not known here.' },
  'surplus-field': { zh: '这一项写了两次。', en: 'This field stands twice.' },
  'unclosed-brace': {
    zh: '花括号没有合上；变量应写成 {变量}。',
    en: 'The brace is never closed; a variable is written {name}.',
  },
};

/** What to say of a flaw, for this rule and those that look at other kinds of lines. */
export function* flawed(placed: Placed, flaw: Flaw): Generator<Draft> {
  // A missing target is the business of unknown-target.
  if (flaw.kind === 'missing-target') return;
  const span = shift({ start: flaw.start, end: flaw.end }, placed.start);
  const inserted =
    flaw.kind === 'missing-colon'
      ? '：'
      : flaw.kind === 'missing-bracket'
        ? placed.line.kind === 'heading'
          ? '】'
          : '）'
        : undefined;
  const fix = inserted !== undefined && [
    {
      title: { zh: `补上“${inserted}”`, en: `Add “${inserted}”` },
      safe: flaw.kind === 'missing-colon',
      edits: [insertion(span.start, inserted)],
    },
  ];
  yield { ...span, message: flawMessages[flaw.kind], ...(fix && { fixes: () => fix }) };
}

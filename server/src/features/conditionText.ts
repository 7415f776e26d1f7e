import { inLanguage, type Language, type Text } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import type { Condition } from '../syntax/condition.ts';
import type { Guard } from '../syntax/line.ts';
import type { Placed } from '../syntax/tree.ts';
import { booleans, findTerm, type Operator, type TargetId, targets } from '../syntax/vocabulary.ts';

/** What a guarded jump does, as a sentence; nothing where its condition is not understood. Plain text, not Markdown. */
export function guardInWords(placed: Placed<Guard>, script: Script, language: Language): string | undefined {
  const parsed = script.conditions.get(placed.index);
  if (!parsed?.condition || parsed.problems.length > 0) return undefined;
  const { zh, en } = conditionInWords(parsed.condition, script);
  const goes = targetInWords(placed.line);
  return inLanguage(
    {
      zh: `${spaced(zh, '时')}，${goes.zh}；否则继续往下一行。`,
      en: `When ${en}, ${goes.en}; otherwise the next line follows.`,
    },
    language,
  );
}

/** A condition as a person says it: `“逾期天数”大于 60，并且“老客户”为“否”`. */
export function conditionInWords(condition: Condition, script: Script, and = '，并且'): Text {
  switch (condition.kind) {
    case 'or': {
      // What 且 joins inside of 或 stays together: it has no comma of its own.
      const left = conditionInWords(condition.left, script, '并且');
      const right = conditionInWords(condition.right, script, '并且');
      return { zh: `${left.zh}，或者${right.zh}`, en: `${left.en}, or ${right.en}` };
    }
    case 'and': {
      const left = conditionInWords(condition.left, script, and);
      const right = conditionInWords(condition.right, script, and);
      return { zh: spaced(left.zh, and) + right.zh, en: `${left.en} and ${right.en}` };
    }
    case 'not':
      return denied(condition.operand, script);
    default:
      return claimed(condition, script);
  }
}

/** A number keeps a blank between itself and the words behind it. */
function spaced(text: string, more: string): string {
  return /\d$/.test(text) && !more.startsWith('，') ? `${text} ${more}` : text + more;
}

const opposite: { readonly [operator in Operator]: Operator } = {
  '>': '<=',
  '<=': '>',
  '<': '>=',
  '>=': '<',
  '==': '!=',
  '!=': '==',
};

/** 非 stands before a single comparison or variable, or before another 非. */
function denied(condition: Condition, script: Script): Text {
  switch (condition.kind) {
    case 'not':
      return conditionInWords(condition.operand, script);
    case 'holds':
      return sentence(condition.variable.text, { zh: '为“否”', en: 'is no' });
    case 'comparison':
      return claimed({ ...condition, operator: opposite[condition.operator] }, script);
    default: {
      const { zh, en } = conditionInWords(condition, script);
      return { zh: `并非${zh}`, en: `not ${en}` };
    }
  }
}

function claimed(condition: Extract<Condition, { kind: 'holds' | 'comparison' }>, script: Script): Text {
  const name = condition.variable.text;
  if (condition.kind === 'holds') return sentence(name, { zh: '为“是”', en: 'is yes' });
  const { operator, value } = condition;
  const isMoney = script.declaration(name)?.type === 'money';
  const number = /^[-+]?\d/.test(value.text);
  const truth = findTerm(booleans, value.text);
  const shown: Text = truth
    ? { zh: `“${truth.zh[0]}”`, en: truth.en[0] }
    : number
      ? { zh: ` ${value.text}${isMoney ? ' 元' : ''}`, en: `${value.text}${isMoney ? ' yuan' : ''}` }
      : { zh: `“${value.text}”`, en: `“${value.text}”` };
  const verb = verbs[operator];
  const isEqual = operator === '==' || operator === '!=';
  // One says that a number equals another, and that a thing is what it is.
  const zh = isEqual && !number ? (operator === '==' ? '为' : '不为') : verb.zh;
  return sentence(name, { zh: zh + shown.zh, en: `${verb.en} ${shown.en}` });
}

const verbs: { readonly [operator in Operator]: Text } = {
  '>': { zh: '大于', en: 'is greater than' },
  '>=': { zh: '大于或等于', en: 'is at least' },
  '<': { zh: '小于', en: 'is less than' },
  '<=': { zh: '小于或等于', en: 'is at most' },
  '==': { zh: '等于', en: 'is' },
  '!=': { zh: '不等于', en: 'is not' },
};

function sentence(variable: string, said: Text): Text {
  return { zh: `“${variable}”${said.zh}`, en: `“${variable}” ${said.en}` };
}

const goesTo: { readonly [target in TargetId]: Text } = {
  end: { zh: '结束对话', en: 'the conversation ends' },
  repeat: { zh: '再问一遍本节', en: 'this node is asked again' },
  return: { zh: '回到进入本节之前的地方', en: 'it goes back to where this node was entered from' },
  transfer: { zh: '转人工', en: 'a person takes over' },
};

function targetInWords({ target }: Guard): Text {
  if (!target || target.text === '') return { zh: '跳转（还没有写目标）', en: 'it jumps (the target is missing)' };
  const builtin = target.file ? undefined : findTerm<TargetId>(targets, target.node.text);
  if (builtin) return goesTo[builtin.id];
  const { text } = target.node;
  return target.file
    ? { zh: `转到“${target.file.text}”里的【${text}】`, en: `it goes on at [${text}] of “${target.file.text}”` }
    : { zh: `转到【${text}】`, en: `it goes on at [${text}]` };
}

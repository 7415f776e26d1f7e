import { foldName, nearest } from '../../base/names.ts';
import { shift } from '../../base/span.ts';
import type { Text } from '../../base/text.ts';
import type { Script } from '../../model/script.ts';
import type { Condition, ConditionProblem } from '../../syntax/condition.ts';
import { isLine, type Placed } from '../../syntax/tree.ts';
import { booleans, findTerm } from '../../syntax/vocabulary.ts';
import { constantConditions } from './constantConditions.ts';
import { flawed } from './flaws.ts';
import { replaceBy } from './replace.ts';
import type { Draft, StructureRule } from './rule.ts';

/** Conditions of guarded jumps that cannot be read, compare what cannot be compared, or are always or never true. */
export const conditionRule: StructureRule = {
  id: 'condition',
  severity: 'error',
  title: { zh: '条件有误', en: 'Mistake in a condition' },
  why: {
    zh: '条件写错，客户会走进不该走的分支，例如把刚逾期的人送进法律程序的说明。',
    en: 'With a wrong condition a customer enters the wrong branch, such as the talk about courts on the first day.',
  },
  examples: {
    bad: [
      '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n---\n【开场】\n坐席：您好。\n若：逾期天数 大于⟦⟧ → 结束',
      '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n---\n【开场】\n坐席：您好。\n若：逾期天数 大于 60⟦⟧',
      '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n---\n【开场】\n坐席：您好。\n若：逾期天数 大于 ⟦很久⟧ → 结束',
      '---\n变量:\n  档位: {类型: 枚举, 取值: [低, 高], 样例: 低}\n---\n【开场】\n坐席：您好。\n若：档位 等于 ⟦中⟧ → 结束',
      '---\n变量:\n  逾期天数: {类型: 整数, 范围: 1..180, 样例: 12}\n---\n【开场】\n坐席：您好。\n若：⟦逾期天数 大于 180⟧ → 转人工\n结束：完成',
      '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n---\n【开场】\n若：逾期天数 大于 60 → 结束\n坐席：您好。\n若：⟦逾期天数 大于 90⟧ → 转人工\n结束：完成',
    ],
    good: [
      '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n  是否老客户: {类型: 布尔, 样例: 是}\n---\n【开场】\n坐席：您好。\n若：逾期天数大于60 且 非 是否老客户 → 转人工\n结束：完成',
      '---\nvariables:\n  days: {type: integer, sample: 12}\n---\n[Opening]\nAgent: 您好。\nIf: days >= 30 or days = 7 -> Transfer\nEnd: done',
      '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n---\n【开场】\n坐席：您好。\n若：逾期天数 大于 60 → 转人工\n若：逾期天数 小于等于 60 → 结束',
    ],
  },
  *inLines(lines, { script }) {
    for (const placed of lines) {
      if (!isLine(placed, 'guard')) continue;
      const parsed = script.conditions.get(placed.index);
      for (const flaw of placed.line.flaws) if (flaw.kind === 'missing-arrow') yield* flawed(placed, flaw);
      for (const problem of parsed?.problems ?? [])
        yield { ...shift(problem, placed.start), message: messages[problem.kind] };
      if (parsed?.condition && parsed.problems.length === 0) yield* compare(parsed.condition, placed, script);
    }
  },
  check: constantConditions,
};

const messages: { readonly [kind in ConditionProblem['kind']]: Text } = {
  empty: {
    zh: '缺少条件，例如：若：逾期天数 大于 60 → 目标。',
    en: 'The condition is missing, as in: If: days > 60 -> target.',
  },
  'missing-variable': { zh: '这里缺少变量。', en: 'A variable is missing here.' },
  'missing-operator': { zh: '这里缺少比较，例如“大于”“等于”。', en: 'A comparison is missing here, such as > or =.' },
  'missing-value': { zh: '这里缺少要比较的值。', en: 'The value to compare with is missing here.' },
  unexpected: { zh: '无法理解条件的这一部分。', en: 'This part of the condition cannot be understood.' },
};

function* compare(condition: Condition, placed: Placed, script: Script): Generator<Draft> {
  if ('left' in condition) {
    yield* compare(condition.left, placed, script);
    yield* compare(condition.right, placed, script);
    return;
  }
  if (condition.kind === 'not') {
    yield* compare(condition.operand, placed, script);
    return;
  }
  const declaration = script.declaration(condition.variable.text);
  if (!declaration) return;
  const { type, name } = declaration;
  if (condition.kind === 'holds') {
    if (type === 'boolean') return;
    yield {
      ...shift(condition.variable, placed.start),
      message: {
        zh: `“${name}”不是布尔变量，需要和一个值比较。`,
        en: `“${name}” is not yes or no; compare it with a value.`,
      },
    };
    return;
  }
  const { value, operator } = condition;
  const span = shift(value, placed.start);
  const ordered = operator !== '==' && operator !== '!=';
  if (['integer', 'decimal', 'money'].includes(type) && !/^-?[\d,]+(\.\d+)?$/.test(value.text.normalize('NFKC'))) {
    yield {
      ...span,
      message: {
        zh: `“${name}”是数字，不能和“${value.text}”比较。`,
        en: `“${name}” is a number and cannot be compared with “${value.text}”.`,
      },
    };
  } else if (type === 'boolean' && !findTerm(booleans, value.text)) {
    yield { ...span, message: { zh: `“${name}”只能是“是”或“否”。`, en: `“${name}” is either yes or no.` } };
  } else if (
    type === 'enum' &&
    declaration.values &&
    !declaration.values.value.some((each) => foldName(each) === foldName(value.text))
  ) {
    const near = nearest(value.text, declaration.values.value);
    yield {
      ...span,
      message: {
        zh: `“${name}”没有“${value.text}”这个取值；取值有：${declaration.values.value.join('、')}。`,
        en: `“${name}” has no value “${value.text}”; its values are ${declaration.values.value.join(', ')}.`,
      },
      fixes: () => replaceBy(near, value.text, span),
    };
  } else if (ordered && ['text', 'salutation', 'phone', 'boolean', 'enum'].includes(type)) {
    yield {
      ...shift(condition.variable, placed.start),
      message: {
        zh: `“${name}”没有大小之分，只能用“等于”或“不等于”。`,
        en: `“${name}” has no order; only = and != make sense.`,
      },
    };
  }
}

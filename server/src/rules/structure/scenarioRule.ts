import { nearest, orMeant } from '../../base/names.ts';
import { shift } from '../../base/span.ts';
import { listed } from '../../base/text.ts';
import { counts } from '../../flow/build.ts';
import { suits } from '../../flow/cells.ts';
import { expectable } from '../../flow/names.ts';
import { pathsOf } from '../../flow/paths.ts';
import { repliesOf } from '../../flow/replies.ts';
import { scenarioLines } from '../../flow/scenario.ts';
import { unknownExpectation } from '../../flow/scenarioTexts.ts';
import type { Script } from '../../model/script.ts';
import type { Word } from '../../syntax/line.ts';
import { isLine, type Placed } from '../../syntax/tree.ts';
import { variableTypes } from '../../syntax/vocabulary.ts';
import { flawed } from './flaws.ts';
import { replaceBy } from './replace.ts';
import type { Draft, StructureRule, Subject } from './rule.ts';

/** Scenario lines that are not complete, stand outside a scenario, or name what the script does not have. */
export const scenarioRule: StructureRule = {
  id: 'scenario',
  severity: 'error',
  title: { zh: '用例有误', en: 'Mistake in a scenario' },
  why: {
    zh: '用例是对话术的检验；写错的用例什么也检验不了，却让人以为检验过了。',
    en: 'A scenario tests the script; one that is not written right tests nothing and looks as if it did.',
  },
  examples: {
    bad: [
      '【开场】\n坐席：您好。\n\n用例：正常\n设定：逾期天数⟦⟧',
      '【开场】\n坐席：您好。\n\n⟦期望⟧：开场',
      '【开场】\n坐席：您好。\n\n用例：⟦⟧\n期望：开场',
      '【开场】\n坐席：您好。\n客户（其他） → 结束\n\n用例：正常\n客户说：⟦其它人⟧\n期望：⟦开厂⟧',
      '---\n变量:\n  逾期天数: {类型: 整数, 范围: 1..180, 样例: 12}\n---\n【开场】\n坐席：过期{逾期天数}天。\n\n用例：正常\n设定：逾期天数 = ⟦200⟧\n期望：开场',
      '【开场】\n坐席：您好。\n\n用例：正常\n期望：开场\n⟦坐席⟧：再见。',
    ],
    good: ['【开场】\n坐席：您好。\n客户（其他） → 结束\n\n用例：正常\n客户说：其他\n期望：结束'],
  },
  *check(subject) {
    const { scenarios, lines } = subject.script.tree;
    const inside = new Set(scenarios.flatMap((scenario) => scenario.lines));
    for (const placed of lines) {
      const { kind, flaws } = placed.line;
      if (kind !== 'case' && !scenarioLines.has(kind)) continue;
      for (const flaw of flaws) yield* flawed(placed, flaw);
      if (kind === 'case' || inside.has(placed)) continue;
      yield {
        ...shift(placed.line.head, placed.start),
        message: {
          zh: '这一行属于用例，请写在“用例：…”下面。',
          en: 'This line belongs to a scenario; write it below “Case: …”.',
        },
      };
    }
    if (scenarios.length === 0) return;
    for (const placed of inside) yield* strange(placed);
    // An excerpt without any node says nothing of what can be reached.
    if (subject.script.tree.nodes.length > 0) yield* unknownNames(inside, subject);
  },
};

/** A line of the conversation below a scenario is in no node: nobody says it. */
function* strange(placed: Placed): Generator<Draft> {
  const { kind, head } = placed.line;
  if (scenarioLines.has(kind) || kind === 'unknown' || !counts(placed)) return;
  yield {
    ...shift(head, placed.start),
    message: {
      zh: '用例里只能写设定、客户说、期望和不得；这一行不属于任何一节，不会被说到。用例请写在所有节的后面。',
      en: 'A scenario holds only Given, Says, Expect and Never; this line is in no node and is never said. Scenarios stand below all nodes.',
    },
  };
}

/** Values, replies, nodes and outcomes that the script does not have. Unknown variables are the business of undefined-variable. */
function* unknownNames(inside: Iterable<Placed>, { script, packs, snapshot }: Subject): Generator<Draft> {
  const { graph } = pathsOf(script, snapshot);
  const replies = repliesOf(graph, packs.set);
  const { names, has } = expectable(graph);
  for (const placed of inside) {
    if (isLine(placed, 'given')) {
      for (const { variable, value } of placed.line.values) yield* unsuitable(variable, value, placed, script);
    } else if (isLine(placed, 'says')) {
      const { reply } = placed.line;
      if (reply.text === '' || replies.meaning(reply.text) !== undefined) continue;
      const near = nearest(reply.text, [
        ...replies.categories,
        ...packs.set.replies.flatMap(({ name }) => [name.zh, name.en]),
      ]);
      const span = shift(reply, placed.start);
      yield {
        ...span,
        message: {
          zh: `“${reply.text}”既不是回复类别，也不像任何一句例句${orMeant(near).zh}`,
          en: `“${reply.text}” is neither a reply category nor like any example${orMeant(near).en}`,
        },
        fixes: () => replaceBy(near, reply.text, span),
      };
    } else if (isLine(placed, 'expect')) {
      for (const name of placed.line.names) {
        if (has(name.text)) continue;
        const near = nearest(name.text, names);
        const span = shift(name, placed.start);
        const { message } = unknownExpectation(name.text, near);
        yield { ...span, message, fixes: () => replaceBy(near, name.text, span) };
      }
    }
  }
}

/** A value that its variable cannot have. */
function* unsuitable(variable: Word, value: Word, placed: Placed, script: Script): Generator<Draft> {
  const declaration = script.declaration(variable.text);
  if (!declaration || value.text === '' || suits(value.text, declaration)) return;
  const { type, range, values } = declaration;
  const term = variableTypes.find(({ id }) => id === type);
  const of = range ? range.value : values ? listed(values.value).zh : undefined;
  const near = values && nearest(value.text, values.value);
  const span = shift(value, placed.start);
  yield {
    ...span,
    severity: 'warning',
    message: {
      zh: `“${value.text}”不是“${variable.text}”可以有的值：应为${term?.zh[0] ?? type}${of === undefined ? '' : `（${of}）`}。`,
      en: `“${variable.text}” cannot be “${value.text}”: it is of type ${type}${of === undefined ? '' : ` (${of})`}.`,
    },
    fixes: () => replaceBy(near, value.text, span),
  };
}

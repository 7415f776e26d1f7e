import { insertion } from '../../base/edit.ts';
import { orMeant } from '../../base/names.ts';
import { listed, type Text } from '../../base/text.ts';
import { handOf } from '../../model/writing.ts';
import { yamlMessage } from '../../packs/yamlText.ts';
import type { FrontMatterProblem } from '../../syntax/frontMatter.ts';
import { frontMatterKeys } from '../../syntax/vocabulary.ts';
import { replaceBy } from './replace.ts';
import type { Draft, StructureRule, Subject } from './rule.ts';

/** Front matter that cannot be read, or says something that means nothing. */
export const frontMatterRule: StructureRule = {
  id: 'front-matter',
  severity: 'error',
  title: { zh: '文件开头的说明有误', en: 'Mistake in the front matter' },
  why: {
    zh: '渠道、阶段、机构和变量决定哪些规则适用；写错一个键，相应的检查就可能落空。',
    en: 'Channel, stage, institution and variables decide which rules apply; with one wrong key the checks may miss their mark.',
  },
  examples: {
    bad: [
      '---\n⟦渠到⟧: 电话\n---\n【开场】\n坐席：您好。',
      '---\n渠道: ⟦电报⟧\n---\n【开场】\n坐席：您好。',
      '---\n话术: 首次提醒\n⟦话术⟧: 二次提醒\n---\n【开场】\n坐席：您好。',
      '⟦---⟧\n渠道: 电话\n【开场】\n坐席：您好。',
    ],
    good: [
      '---\n话术：首次提醒\n渠道：电话\n阶段：M1\n---\n【开场】\n坐席：您好。',
      '---\ntitle: First reminder\nchannel: phone\n---\n[Opening]\nAgent: 您好。',
    ],
  },
  *check(subject) {
    for (const problem of subject.script.tree.frontMatter.problems) yield draftOf(problem, subject);
  },
};

const shapes: { readonly [wanted: string]: Text } = {
  text: { zh: '一段文字', en: 'a text' },
  list: { zh: '一个列表，例如 [甲, 乙]', en: 'a list such as [a, b]' },
  map: { zh: '“键: 值”的形式', en: 'a mapping of keys to values' },
};

function draftOf(problem: FrontMatterProblem, { script }: Subject): Draft {
  const span = { start: problem.start, end: problem.end };
  const change = (from: string, to: string | undefined): Pick<Draft, 'fixes'> => ({
    fixes: () => replaceBy(to, from, span),
  });
  switch (problem.kind) {
    case 'unclosed': {
      const { eol } = handOf(script);
      return {
        ...span,
        message: { zh: '开头的说明没有用“---”结束。', en: 'The front matter is not closed by “---”.' },
        fixes: () => [
          {
            title: { zh: '补上“---”', en: 'Add “---”' },
            safe: false,
            edits: [
              insertion(
                problem.insertAt,
                atLineStart(script.source, problem.insertAt) ? `---${eol}` : `${eol}---${eol}`,
              ),
            ],
          },
        ],
      };
    }
    case 'yaml':
      return { ...span, message: yamlMessage(problem.code, problem.detail) };
    case 'not-a-map':
      return {
        ...span,
        message: { zh: '开头的说明应当是“键: 值”，一行一个。', en: 'The front matter consists of “key: value” lines.' },
      };
    case 'too-long':
      return {
        ...span,
        message: {
          zh: '开头的说明太长，没有读取。是否漏了结束的“---”？',
          en: 'The front matter is too long and was not read. Is its closing “---” missing?',
        },
      };
    case 'alias':
      return {
        ...span,
        message: {
          zh: '这里不支持 YAML 的锚点和别名，请直接写出内容。',
          en: 'YAML anchors and aliases are not supported here; write the value itself.',
        },
      };
    case 'unknown-key':
      return {
        ...span,
        severity: 'warning',
        message: {
          zh: `没有“${problem.key}”这个键${problem.near ? orMeant(problem.near).zh : `；可用的键有：${listed(frontMatterKeys.map(({ zh }) => zh[0])).zh}。`}`,
          en: `Unknown key “${problem.key}”${problem.near ? orMeant(problem.near).en : `; known keys are ${listed(frontMatterKeys.map(({ en }) => en[0])).en}.`}`,
        },
        ...change(problem.key, problem.near),
      };
    case 'duplicate-key':
      return {
        ...span,
        message: { zh: `“${problem.key}”已经写过，请删去一个。`, en: `“${problem.key}” is given already; remove one.` },
        related: [{ ...problem.first, message: { zh: '第一次写在这里', en: 'Given here first' } }],
      };
    case 'bad-value':
      return {
        ...span,
        message: {
          zh: `“${problem.key}”不能是“${problem.value}”${orMeant(problem.near).zh}可以写：${listed(problem.allowed).zh}。`,
          en: `“${problem.key}” cannot be “${problem.value}”${orMeant(problem.near).en} Write ${listed(problem.allowed).en}.`,
        },
        ...change(problem.value, problem.near),
      };
    case 'bad-shape': {
      const shape = shapes[problem.wanted] ?? { zh: '', en: '' };
      return {
        ...span,
        message: { zh: `“${problem.key}”应当是${shape.zh}。`, en: `“${problem.key}” should be ${shape.en}.` },
      };
    }
    default: {
      const never: never = problem;
      return never;
    }
  }
}

function atLineStart(source: string, at: number): boolean {
  return at === 0 || /[\r\n]/.test(source.charAt(at - 1));
}

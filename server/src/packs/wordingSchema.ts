import {
  categoryTitles,
  confidenceNames,
  extentNames,
  factNames,
  reachNames,
  severityNames,
  speakerNames,
  suppressibleNames,
} from './labels.ts';
import {
  confidences,
  extents,
  reaches,
  replacements,
  reports,
  severities,
  speakers,
  suppressibles,
  wordingCategories,
} from './pack.ts';
import { channel, factForm, factSetForm, facts, forWhom, inChannels, names, stage } from './schemaParts.ts';
import {
  bilingual,
  bilingualFilled,
  choice,
  day,
  definition,
  either,
  form,
  list,
  name,
  optional,
  pattern,
  required,
  text,
  yesNo,
} from './shape.ts';

export const contextForm = form({
  title: required(bilingual, names.zh, names.en),
  reach: required(choice(reaches, reachNames), '线索词要在哪里才算数。', 'Where a cue must stand.'),
  cues: required(
    list(pattern),
    '线索词（表达式）：出现其一，命中就不算。',
    'Patterns; with one of them a match does not count.',
  ),
  except: optional(
    list(pattern),
    '假线索（表达式）：线索词落在其中，就不是线索。',
    'Patterns; a cue inside one of them is none.',
  ),
  void: optional(
    list(pattern),
    '失效词（表达式）：同一句里有它，语境就不起作用。',
    'Patterns; with one of them in the same sentence the context does not count at all.',
  ),
});

export const evidenceForm = form({
  fact: required(choice(facts, factNames), '这句话透露的是哪一项情况。', 'The fact that the words give away.'),
  value: required({ kind: 'fact-value' }, '透露的情况是什么。', 'What they give away about it.'),
  patterns: required(list(pattern), '怎样的话会透露它（表达式）。', 'The words that do (patterns).'),
  unless: optional(list(name('context')), '在这些语境里不说明问题。', 'Contexts in which the words say nothing.'),
  inside: optional(list(pattern), '固定说法：落在其中就不说明问题。', 'Fixed phrases in which the words say nothing.'),
});

export const wordingForm = form({
  all: required(list(pattern), '这些表达式都要出现，先后不论。', 'All of these patterns, in any order.'),
  within: optional(
    choice(extents, extentNames),
    '要出现在多大的范围之内；默认同一句。',
    'How near each other; in the same sentence by default.',
  ),
});

export const whereForm = form({
  speakers: optional(list(choice(speakers, speakerNames)), '看谁的话；默认都看。', 'Whose words; both by default.'),
  channels: optional(list(channel), '只在这些渠道。', 'Only in these channels.'),
  stages: optional(list(stage), '只在这些逾期阶段。', 'Only at these stages of delinquency.'),
  steps: optional(list(name('step')), '只在这些步骤。', 'Only in these steps.'),
  facts: optional(factSetForm, '只在已知这些情况成立时；不知道就不提示。', 'Only where these are known to hold.'),
});

export const edgeForm = form({
  pattern: required(pattern, '首尾的固定内容是怎样写的（表达式）。', 'How it is written (a pattern).'),
  instead: optional(
    text,
    '它本身就是问题所在时，换成什么；可用内置变量。',
    'What takes its place where it is what is wrong; may hold built-in variables.',
  ),
});

export const discreetForm = form({
  with: required(text, '改说的话。', 'What is said instead.'),
  channels: inChannels,
  ...forWhom,
});

export const fixForm = form({
  replace: required(choice(replacements, extentNames), '替换多大的范围。', 'What is replaced.'),
  with: required(
    { kind: 'text', holds: 'fills' },
    '换成什么；写空字符串就是删去。可用 {match}、表达式记住的名称和内置变量。',
    'The new words; an empty text deletes. May hold {match}, what a pattern remembers, and built-in variables.',
  ),
  safe: optional(
    yesNo,
    '意思绝不会变时才写 true，可自动修改。',
    'true only where the meaning cannot change; applied without looking.',
  ),
  channels: inChannels,
  ...forWhom,
});

export const exampleForm = form({
  text: required(text, '例句；⟦…⟧ 标出应当划线的文字。', 'The line; ⟦…⟧ marks what is to be underlined.'),
  facts: optional(factForm, '说这句话时已知的情况。', 'What is known when it is said.'),
  channel: optional(channel, '在哪个渠道。', 'The channel.'),
  stage: optional(stage, '在哪个逾期阶段。', 'The stage of delinquency.'),
  step: optional(name('step'), '在哪个步骤。', 'The step.'),
  because: optional(
    name('reason'),
    '为什么不算违规：语境的名称、inside 或 facts。',
    'What lifts it: a context, inside, or facts.',
  ),
});

const example = either(text, exampleForm);

export const examplesForm = form({
  bad: required(list(example), '反例，至少三条：应当被发现。', 'At least three lines that must be found.'),
  good: required(list(example), '正例，至少三条：不应当被发现。', 'At least three lines that must not be found.'),
});

export const ruleForm = form({
  id: required(
    definition('rule'),
    '规则编号：前缀/汉字、小写字母、数字和连字符。',
    'The id: prefix/lower-case letters, Chinese characters, digits, hyphens.',
  ),
  category: required(choice(wordingCategories, categoryTitles), '属于哪一类问题。', 'The category of the finding.'),
  severity: required(choice(severities, severityNames), '有多严重。', 'How bad it is.'),
  confidence: optional(
    choice(confidences, confidenceNames),
    '有多大把握；默认 high。',
    'How sure the rule is; high by default.',
  ),
  suppressible: optional(
    choice(suppressibles, suppressibleNames),
    '能否豁免；默认 true。',
    'Whether scripts may suppress it; true by default.',
  ),
  title: required(bilingual, '一句话的标题。', 'The title, in one sentence.'),
  message: required(
    bilingualFilled,
    '给作者看的提示：错在哪里，怎么改。可用 {match} 和表达式记住的名称。',
    'What the author reads: what is wrong and what to do. May hold {match} and what a pattern remembers.',
  ),
  why: required(bilingual, '为什么有这条规则。', 'Why there is such a rule.'),
  sources: required(list(name('source')), '依据，最重要的写在最前。', 'What the rule relies on, the weightiest first.'),
  from: optional(
    day,
    '规则从哪天起适用；依据的日期已经说明就不必写。',
    'The first day of the rule, where its sources do not tell.',
  ),
  to: optional(day, '规则最后适用的一天。', 'The last day of the rule.'),
  where: optional(whereForm, '适用范围；不写则处处适用。', 'Where the rule holds; everywhere by default.'),
  lifted: optional(
    factSetForm,
    '已知这些情况成立时，规则不适用。',
    'Where these are known to hold, the rule does not.',
  ),
  match: required(
    list(either(pattern, wordingForm)),
    '要找的说法（表达式），有其一即可。',
    'The patterns to find; any of them.',
  ),
  needs: optional(
    list(pattern),
    '同一句里还要有其中之一（表达式），但不划线。',
    'One of these patterns must stand in the same sentence; it is not underlined.',
  ),
  when: optional(list(name('context')), '至少要有其中一种语境，命中才算。', 'Contexts of which one must hold.'),
  unless: optional(list(name('context')), '有其中一种语境，命中就不算。', 'Contexts that lift the match.'),
  inside: optional(
    list(pattern),
    '固定说法（表达式）：命中落在其中就不算。',
    'Fixed phrases (patterns) in which a match is none.',
  ),
  report: optional(choice(reports, extentNames), '划线到哪里；默认 match。', 'What is underlined; match by default.'),
  fixes: optional(list(fixForm), '可以改成什么，最好的写在最前。', 'What to say instead, the best first.'),
  examples: required(examplesForm, '例句，也就是规则的测试。', 'Examples, which are the tests of the rule.'),
});

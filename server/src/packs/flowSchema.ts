import { variableTypes } from '../syntax/vocabulary.ts';
import {
  categoryTitles,
  confidenceNames,
  detectorSpeakerNames,
  endingNames,
  flowCategoryTitles,
  flowFixNames,
  flowKindNames,
  knowledgeHintNames,
  severityNames,
  suppressibleNames,
} from './labels.ts';
import {
  confidences,
  detectorSpeakers,
  endings,
  flowCategories,
  flowFixKinds,
  flowKinds,
  knowledgeHints,
  severities,
  suppressibles,
} from './pack.ts';
import { channel, factForm, factSetForm, says, stage, terms } from './schemaParts.ts';
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
import { wordingForm } from './wordingSchema.ts';

export const detectorExamplesForm = form({
  does: required(list(text), '至少三句：这样说就是在做这件事。', 'At least three lines that do it.'),
  not: required(list(text), '至少三句：看着像，其实不是。', 'At least three lines that look like it and do not.'),
});

export const detectorForm = form({
  id: required(definition('detector'), '识别项的编号。', 'The id of the detector.'),
  title: required(bilingual, '这句话做了什么。', 'What such a line does.'),
  speaker: optional(
    choice(detectorSpeakers, detectorSpeakerNames),
    '听谁的话；默认听坐席的。',
    'Whose words; those of the agent by default.',
  ),
  match: optional(
    list(either(pattern, wordingForm)),
    '怎样说算数（表达式），有其一即可。',
    'The words, any of them (patterns).',
  ),
  unless: optional(list(name('context')), '在这些语境里不算。', 'Contexts in which the words do not count.'),
  inside: optional(list(pattern), '固定说法：落在其中就不算。', 'Fixed phrases in which the words do not count.'),
  variables: optional(
    list(terms(variableTypes)),
    '说到这些类型的变量也算。',
    'A line with a variable of one of these types counts as well.',
  ),
  repeats: optional(
    list(terms(variableTypes)),
    '复述“记录”下来的这些类型的内容也算。',
    'A line that says back what was recorded, of one of these types, counts as well.',
  ),
  rules: optional(
    list(name('rule')),
    '这些规则会发现的话也算。',
    'What these wording rules would find counts as well.',
  ),
  facts: optional(factForm, '问这些规则时，当作已知的情况。', 'What these rules take to be known.'),
  examples: required(detectorExamplesForm, '例句，也就是识别项的测试。', 'Examples, which are its tests.'),
});

export const happeningForm = form({
  says: optional(list(name('detector')), '有人说了这样的话。', 'Somebody says so.'),
  performs: optional(list(name('step')), '进入做这些步骤的节点。', 'A node that performs one of these steps begins.'),
  takes: optional(list(name('reply')), '客户这样回答。', 'The customer answers so.'),
  facts: optional(factSetForm, '由此知道了这些情况。', 'It becomes known that one of these holds.'),
  ends: optional(list(choice(endings, endingNames)), '对话这样结束。', 'The conversation ends so.'),
  unless: optional(
    list(name('detector')),
    '同一句话里也说了这些的，不算。',
    'What is said does not count where the same line does this.',
  ),
});

export const limitsForm = form({
  hours: optional(text, '“时段”须在其间，例如 8:00-22:00。', 'The hours must lie within, such as 8:00-22:00.'),
  unanswered: optional(text, '一天未接通的次数上限。', 'Unanswered attempts a day at most.'),
  connected: optional(text, '一天接通的次数上限。', 'Connected contacts a day at most.'),
  characters: optional(
    text,
    '一条消息的字数上限，变量按样例计。',
    'Characters of a message at most, variables as their samples.',
  ),
});

export const flowFixForm = form({
  kind: required(choice(flowFixKinds, flowFixNames), '怎样改。', 'What the fix does.'),
  step: optional(name('step'), '用到的步骤。', 'The step that it uses.'),
  replies: optional(list(name('reply')), '用到的回复类别。', 'The reply categories that it adds.'),
  text: optional(
    says,
    '坐席说的话，用于 say、begin-with 和 end-with。',
    'What the agent says, for say, begin-with and end-with.',
  ),
});

export const flowWhereForm = form({
  channels: optional(
    list(channel),
    '只在这些渠道；没有写渠道的话术算电话。',
    'Only in these channels; a script that names none is a phone call.',
  ),
  stages: optional(list(stage), '只在这些逾期阶段。', 'Only at these stages of delinquency.'),
  stated: optional(yesNo, '话术写明了阶段才看。', 'Only in scripts that say their stage.'),
  facts: optional(factSetForm, '只在可能有这些情况的地方。', 'Only where these may hold.'),
});

export const knowledgeForm = form({
  id: required(text, '编号。', 'The id.'),
  title: required(bilingual, '要知道的是什么，例如“身份”。', 'What one wants to know, such as “Identity”.'),
  yes: required(bilingual, '成立时怎么说，例如“已确认”。', 'What it is called when it is so, such as “confirmed”.'),
  no: required(bilingual, '不成立时怎么说。', 'What it is called when it is not.'),
  since: required(happeningForm, '从什么时候起成立。', 'Since when it is so.'),
  until: optional(happeningForm, '到什么时候不再成立。', 'Until when it is.'),
  hint: optional(
    choice(knowledgeHints, knowledgeHintNames),
    '编辑器是否在标题旁显示；默认 never。',
    'Whether the editor shows it beside the heading; never by default.',
  ),
});

export const flowExamplesForm = form({
  bad: required(
    list(text),
    '反例话术：⟦…⟧ 标出应当划线的文字。',
    'Scripts that break the rule; ⟦…⟧ marks what is underlined.',
  ),
  good: required(list(text), '正例话术：不应当被发现。', 'Scripts that keep it.'),
});

export const flowForm = form({
  id: required(
    definition('rule'),
    '规则编号：前缀/汉字、小写字母、数字和连字符。',
    'The id: prefix/lower-case letters, Chinese characters, digits, hyphens.',
  ),
  category: required(
    choice(flowCategories, { ...categoryTitles, ...flowCategoryTitles }),
    '属于哪一类问题。',
    'The category of the finding.',
  ),
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
    '给作者看的提示；可用 {match}、{replies}、{value}、{limit}。路径会自动附上。',
    'What the author reads; may hold {match}, {replies}, {value}, {limit}. The path is added by itself.',
  ),
  why: required(bilingual, '为什么有这条规则。', 'Why there is such a rule.'),
  sources: required(list(name('source')), '依据，最重要的写在最前。', 'What the rule relies on, the weightiest first.'),
  from: optional(day, '规则从哪天起适用。', 'The first day of the rule, where its sources do not tell.'),
  to: optional(day, '规则最后适用的一天。', 'The last day of the rule.'),
  kind: required(choice(flowKinds, flowKindNames), '规则的种类。', 'The kind of the rule.'),
  where: optional(flowWhereForm, '适用范围；不写则处处适用。', 'Where the rule holds; everywhere by default.'),
  event: optional(happeningForm, '所说的事；见 kind。', 'What the rule is about; see kind.'),
  after: optional(happeningForm, '从什么时候起。', 'Since when the rule looks.'),
  until: optional(happeningForm, '到什么时候止。', 'Until when it does.'),
  requires: optional(happeningForm, '必须有的事；见 kind。', 'What has to happen; see kind.'),
  replies: optional(
    list(list(name('reply'))),
    '必须有的回复类别；[甲, 乙] 表示有其一即可。',
    'Reply categories that must be offered; of [a, b] one is enough.',
  ),
  max: optional(
    choice(['0', '1'], { 0: { zh: '不出现', en: 'not at all' }, 1: { zh: '至多一次', en: 'once at most' } }),
    '至多几次。',
    'How often at most.',
  ),
  limits: optional(limitsForm, '界限。', 'The limits.'),
  fixes: optional(list(flowFixForm), '怎样改，最好的写在最前。', 'How to mend it, the best first.'),
  examples: required(flowExamplesForm, '例子，也就是规则的测试。', 'Examples, which are the tests of the rule.'),
});

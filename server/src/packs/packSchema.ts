import type { Text } from '../base/text.ts';
import { channels, stages, type Term, variableTypes } from '../syntax/vocabulary.ts';
import {
  bindingNames,
  categoryTitles,
  confidenceNames,
  detectorSpeakerNames,
  endingNames,
  evidenceNames,
  extentNames,
  factNames,
  factValueNames,
  flowCategoryTitles,
  flowFixNames,
  flowKindNames,
  knowledgeHintNames,
  reachNames,
  severityNames,
  speakerNames,
  suppressibleNames,
} from './labels.ts';
import {
  bindings,
  confidences,
  detectorSpeakers,
  endings,
  evidenceLevels,
  extents,
  type Fact,
  factValues,
  flowCategories,
  flowFixKinds,
  flowKinds,
  knowledgeHints,
  reaches,
  replacements,
  reports,
  severities,
  speakers,
  suppressibles,
  wordingCategories,
} from './pack.ts';
import {
  bilingual,
  bilingualFilled,
  choice,
  day,
  definition,
  either,
  type Field,
  type Form,
  form,
  list,
  name,
  optional,
  pattern,
  required,
  type Scalar,
  type Shape,
  table,
  text,
  yesNo,
} from './shape.ts';

/** Everything that a rule pack may hold, each key with what it means. docs/packs.md tells the same at length. */
const says: Scalar = { kind: 'text', holds: 'says' };

const facts = Object.keys(factValues) as Fact[];
const channel = terms(channels);
const stage = terms(stages);
const names = { zh: '中文名称和英文名称。', en: 'The name in Chinese and English.' };

/** For each fact one value, or several. */
export const factForm = factsAs((values) => values);
export const factSetForm = factsAs(list);

export const sourceForm = form({
  document: required(bilingual, '文件全称，可带文号。', 'The document, with its number where it has one.'),
  article: optional(
    text,
    '条号。只写核实过的，否则不写。',
    'The article; only a verified number, leave it out otherwise.',
  ),
  binding: required(choice(bindings, bindingNames), '约束力。', 'How binding the document is.'),
  from: optional(day, '施行日期，知道才写。', 'The first day in force, if known.'),
  to: optional(day, '最后有效的一天；仍有效则不写。', 'The last day in force, if it has ended.'),
  evidence: required(choice(evidenceLevels, evidenceNames), '文本是怎么看到的。', 'How the text was seen.'),
  gist: required(bilingual, '要旨，用自己的话转述。', 'What it says, in your own words.'),
});

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

const inChannels = optional(
  list(channel),
  '只在这些渠道提供；话术没有写渠道就是电话。',
  'Offered in these channels alone; a script that names none is a phone call.',
);

export const discreetForm = form({
  with: required(text, '改说的话。', 'What is said instead.'),
  channels: inChannels,
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

export const templateReplyForm = form({
  reply: required(name('reply'), '客户怎么回答。', 'What the customer replies.'),
  examples: optional(list(text), '客户的原话。', 'Words of the customer.'),
  to: optional(name('target'), '接下来到哪一步，或内置目标。', 'The step that follows, or a built-in target.'),
  says: optional(
    list(says),
    '没有节点做那一步时，坐席直接说的话。',
    'What the agent says where no node performs that step.',
  ),
  outcome: optional(text, '以这个结果结束。', 'Ends with this outcome.'),
});

export const templateForm = form({
  channels: optional(list(channel), '用于哪些渠道；不写则都可用。', 'The channels it is for; any by default.'),
  stages: optional(list(stage), '用于哪些阶段；不写则都可用。', 'The stages it is for; any by default.'),
  organizations: optional(
    list(choice(factValues.organization as readonly string[], factValueNames as { readonly [value: string]: Text })),
    '用于哪些来电机构；不写则都可用。',
    'Who calls; any by default.',
  ),
  notes: optional(list(text), '给坐席的提示。', 'Guidance for the agent.'),
  says: optional(list(says), '坐席说的话，一条一行。', 'What the agent says, a line each.'),
  replies: optional(list(templateReplyForm), '客户的各种回答。', 'What the customer may reply.'),
  outcome: optional(text, '这一步以这个结果结束通话。', 'The step ends the conversation with this outcome.'),
});

export const contentsForm = form({
  zh: required(list(text), '中文，一条一项。', 'In Chinese, one item each.'),
  en: required(list(text), '英文，一条一项。', 'In English, one item each.'),
});

export const stepForm = form({
  id: required(definition('step'), '步骤的编号。', 'The id of the step.'),
  name: required(bilingual, names.zh, names.en),
  aliases: optional(list(text), '话术里还可以怎么写。', 'How else scripts may name it.'),
  purpose: required(bilingual, '这一步要做到什么。', 'What the step is for.'),
  contents: optional(contentsForm, '这一步应当说到的内容。', 'What belongs in the step.'),
  after: optional(list(name('step')), '应当先完成哪些步骤。', 'The steps that come before.'),
  sources: optional(list(name('source')), '依据。', 'What the step relies on.'),
  sets: optional(factForm, '在做这一步的节点里已知的情况。', 'What is known in a node that performs the step.'),
  usual: optional(
    list(stage),
    '在这些阶段，新建的话术里有这一步，即使没有规则要求。',
    'At these stages a new script has the step, though no rule asks for it.',
  ),
  templates: optional(
    list(templateForm),
    '合规的范本，取第一个适合渠道的。',
    'Compliant lines; the first that fits the channel is offered.',
  ),
  phrases: optional(
    list(says),
    '这一步还可以说的合规的话，写坐席的话时用来补全；用于客户能当场回应的渠道。',
    'More compliant sentences, offered while a line of the agent is written, on channels where the customer replies.',
  ),
});

export const answersForm = form({
  to: required(list(name('detector')), '节点里问了什么，识别项的编号。', 'What a line of the node asks: detectors.'),
  by: required(list(name('detector')), '怎样的话是回答，识别项的编号。', 'Which words answer it: detectors.'),
});

export const replyForm = form({
  id: required(definition('reply'), '回复类别的编号。', 'The id of the category.'),
  name: required(bilingual, names.zh, names.en),
  aliases: optional(list(text), '话术里还可以怎么写。', 'How else scripts may name it.'),
  about: required(bilingual, '这类回答是什么意思。', 'What such a reply means.'),
  examples: optional(list(text), '客户的原话。', 'Words of the customer.'),
  sets: optional(factForm, '客户这样回答以后已知的情况。', 'What is known below such a branch.'),
  heard: optional(
    list(name('detector')),
    '怎样的话也算这样回答：类别没有写明时据此判断。',
    'Detectors that recognise such a reply by its words, where no category names it.',
  ),
  answers: optional(
    answersForm,
    '要问了才算数的话：“是的”只有在问“您是王先生吗”的节点里才是“是本人”。',
    'Words that count only where they are asked for: “是的” is “self” only in a node that asks who listens.',
  ),
  refusal: optional(
    yesNo,
    '客户拒绝、反对或者投诉时写 true；流程图和演练里单独标出。',
    'true where the customer refuses, objects or complains; the map and the rehearsal mark such replies.',
  ),
});

export const variableForm = form({
  type: required(terms(variableTypes), '类型。', 'The type.'),
  aliases: optional(
    list(text),
    '话术里对同一个东西的其他叫法，写入范本时用话术自己的。',
    'What scripts call the same thing; a template is written with the name that the script has.',
  ),
  sample: required(text, '一个样例。', 'A sample.'),
  note: optional(bilingual, '口径等说明。', 'What the variable means.'),
});

export const packForm = form({
  // A pack in several files says its name in one of them.
  pack: optional(text, '规则包的名称，话术和 huashu.yaml 用它来指称。', 'The name that scripts and huashu.yaml use.'),
  version: optional(text, '语义化版本号，例如 0.1.0。', 'The semantic version, such as 0.1.0.'),
  title: optional(bilingual, '规则包的标题。', 'The title of the pack.'),
  prefix: optional(
    text,
    '规则编号的前缀，不写时同 pack。',
    'The prefix of the ids of rules; the name of the pack by default.',
  ),
  sources: optional(
    table(definition('source'), sourceForm),
    '规则的依据：法规、标准和指引。',
    'What the rules rely on: laws, standards, guidelines.',
  ),
  lexicons: optional(
    table(definition('lexicon'), list(pattern)),
    '词表：有名称的一组说法，表达式里用 {名称} 引用。',
    'Named alternatives, which patterns use as {name}.',
  ),
  contexts: optional(
    table(definition('context'), contextForm),
    '语境：什么情况下命中不算。',
    'Contexts: when a match does not count.',
  ),
  evidence: optional(
    list(evidenceForm),
    '一句话自己透露的情况，例如对方不是本人。',
    'What a line itself gives away about the situation.',
  ),
  detectors: optional(
    list(detectorForm),
    '识别项：一句话做了什么，流程规则据此判断。',
    'Detectors: what a line does, which the rules about the flow go by.',
  ),
  rules: optional(list(ruleForm), '规则：哪些话不能说。', 'The rules: what must not be said.'),
  flow: optional(
    list(flowForm),
    '流程规则：每条路径上事情的先后。',
    'Rules about the flow: what happens on every path, and in what order.',
  ),
  knowledge: optional(
    list(knowledgeForm),
    '在每个节点想知道的情况，显示在编辑器里。',
    'What an author wants to know at each node; the editor shows it.',
  ),
  steps: optional(
    list(stepForm),
    '一通电话的标准步骤，按先后排列。',
    'The standard steps, in the order of the conversation.',
  ),
  replies: optional(list(replyForm), '回复类别：客户会怎么回答。', 'What customers reply.'),
  variables: optional(
    table(definition('variable'), variableForm),
    '范本里用到的变量。',
    'Variables that the templates use.',
  ),
  discreet: optional(
    list(either(text, discreetForm)),
    '在还不能谈账务的地方，可以改说的话。',
    'What can be said instead where other wordings would give away the debt.',
  ),
});

function factsAs(shape: (values: Shape) => Shape): Form<Fact> {
  const fields = facts.map((fact): [Fact, Field] => {
    const values = choice(factValues[fact] as readonly string[], factValueNames as { readonly [value: string]: Text });
    return [fact, optional(shape(values), `${factNames[fact].zh}。`, `${factNames[fact].en}.`)];
  });
  return form(Object.fromEntries(fields) as { readonly [fact in Fact]: Field });
}

function terms(all: readonly Term[]): Scalar {
  const about = ({ zh, en, help }: Term): Text => ({ zh: `${zh[0]}：${help.zh}`, en: `${en[0]}: ${help.en}` });
  return { kind: 'choice', choices: all.map((term) => ({ value: term.id, about: about(term) })) };
}

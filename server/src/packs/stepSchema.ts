import type { Text } from '../base/text.ts';
import { variableTypes } from '../syntax/vocabulary.ts';
import { factValueNames } from './labels.ts';
import { factValues } from './pack.ts';
import { channel, factForm, names, says, stage, terms } from './schemaParts.ts';
import { bilingual, choice, definition, form, list, name, optional, required, text, yesNo } from './shape.ts';

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
  named: optional(
    list(text),
    '别名里哪些也只是回答，例如“肯定”：节点里问了别的，它就不是这个类别。',
    'Aliases that are no more than an answer, such as “yes”: in a node that asks something else they are not this category.',
  ),
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

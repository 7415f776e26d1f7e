import { detectorForm, flowForm, knowledgeForm } from './flowSchema.ts';
import { bindingNames, evidenceNames } from './labels.ts';
import { bindings, evidenceLevels } from './pack.ts';
import {
  bilingual,
  choice,
  day,
  definition,
  either,
  form,
  list,
  optional,
  pattern,
  required,
  table,
  text,
} from './shape.ts';
import { replyForm, stepForm, variableForm } from './stepSchema.ts';
import { contextForm, discreetForm, edgeForm, evidenceForm, ruleForm } from './wordingSchema.ts';

/** Everything that a rule pack may hold, each key with what it means; the other schemas hold its parts. docs/packs.md tells the same at length. */
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
  turns: optional(
    list(pattern),
    '转折词（表达式）：它前面的语境管不到它后面的话。',
    'Words with which speech turns (patterns): a context before them lifts nothing behind them.',
  ),
  disowned: optional(
    list(pattern),
    '被否定的引语连同否定它的话（表达式）：落在里面的匹配，对哪条规则都不算。',
    'Quotations together with the words that disown them (patterns): a match inside one counts for no rule.',
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
  edges: optional(
    list(either(pattern, edgeForm)),
    '消息首尾的固定内容（表达式），例如签名、退订方式：换说法时留着不动。',
    'What stands at the edges of a message (patterns), such as its signature and how to opt out: other words leave it in place.',
  ),
  discreet: optional(
    list(either(text, discreetForm)),
    '在还不能谈账务的地方，可以改说的话。',
    'What can be said instead where other wordings would give away the debt.',
  ),
});

import type { Text } from '../base/text.ts';
import type {
  Binding,
  Confidence,
  detectorSpeakers,
  Ending,
  EvidenceLevel,
  Extent,
  Fact,
  FlowCategory,
  FlowKind,
  flowFixKinds,
  knowledgeHints,
  Reach,
  Replacement,
  Severity,
  Speaker,
  suppressibles,
  WordingCategory,
} from './pack.ts';

/** How editor and manual name what packs write in short words; every value of a closed set has its line here. */
const text = (zh: string, en: string): Text => ({ zh, en });

export const categoryTitles: { readonly [category in WordingCategory]: Text } = {
  'threat-violence': text('暴力与人身威胁', 'Violence and threats'),
  'insult-abuse': text('辱骂与贬损', 'Insults and abuse'),
  'impersonate-authority': text('冒充国家机关', 'Posing as an authority'),
  'impersonate-lawyer': text('冒充律师', 'Posing as a lawyer'),
  'false-legal-status': text('虚构法律程序', 'False legal status'),
  'exaggerated-consequence': text('夸大后果', 'Exaggerated consequences'),
  'credit-report-misrepresent': text('歪曲征信规则', 'Misrepresented credit reporting'),
  'third-party-disclosure': text('向第三人透露债务', 'Disclosure to third parties'),
  'third-party-pressure': text('向第三人施压', 'Pressure on or through third parties'),
  'disclose-before-identity': text('核实身份之前谈债务', 'Disclosure before identity is confirmed'),
  'caller-identity-concealed': text('隐瞒来电身份', 'Concealing who calls'),
  'harass-time-frequency': text('时间与频次骚扰', 'Harassment by time or frequency'),
  'induce-borrowing': text('诱导借款还债', 'Inducing the customer to borrow'),
  'unofficial-payment-channel': text('非官方还款渠道', 'Unofficial payment channels'),
  'fee-misstatement': text('费用表述不当', 'Misstated fees'),
  'false-promise': text('虚假承诺', 'False promises'),
  'deny-rights': text('否认客户权利', 'Denying rights'),
  'privacy-overreach': text('过度索取个人信息', 'Overreach into privacy'),
  'public-shaming-visit': text('公开羞辱与不当外访', 'Public shaming and improper visits'),
  'vulnerable-pressure': text('对特殊群体施压', 'Pressure on vulnerable people'),
  'unprofessional-tone': text('用语不专业', 'Unprofessional tone'),
};

/** Those of rules about the flow; where wording can break them too, the title is the same. */
export const flowCategoryTitles: { readonly [category in Exclude<FlowCategory, WordingCategory>]: Text } = {
  'identity-before-disclosure': text('核实身份之前透露债务', 'Disclosure on a path without confirmed identity'),
  'self-identification': text('没有自报身份', 'The caller is not named'),
  'recording-notice': text('没有告知录音', 'No notice of recording'),
  'step-missing': text('缺少应有的步骤', 'Missing step'),
  'step-order': text('步骤先后不当', 'Steps out of order'),
  'reply-missing': text('缺少应有的回复分支', 'Missing reply'),
  'dispute-ignored': text('客户有异议仍继续催收', 'A dispute is ignored'),
  'hardship-ignored': text('客户有困难仍继续施压', 'Hardship is ignored'),
  'stop-contact-ignored': text('客户要求停止联系仍继续', 'A wish to stop contact is ignored'),
  'vulnerable-ignored': text('对特殊客户仍继续催收', 'A vulnerable customer is pressed'),
  'complaint-channel': text('没有告知投诉渠道', 'No way to complain is given'),
  'plan-recap': text('没有复述还款安排', 'The agreed plan is not repeated'),
  'contact-time': text('联系时段', 'Hours of contact'),
  'contact-frequency': text('联系频次', 'Frequency of contact'),
  'channel-limits': text('渠道的限制', 'Limits of the channel'),
};

export const severityNames: { readonly [severity in Severity]: Text } = {
  error: text('错误', 'error'),
  warning: text('警告', 'warning'),
  info: text('信息', 'info'),
  hint: text('提示', 'hint'),
};

export const confidenceNames: { readonly [confidence in Confidence]: Text } = {
  high: text('准确度：高', 'high confidence'),
  medium: text('准确度：中', 'medium confidence'),
  low: text('准确度：低', 'low confidence'),
};

export const bindingNames: { readonly [binding in Binding]: Text } = {
  law: text('法律', 'law'),
  regulation: text('行政法规', 'administrative regulation'),
  'departmental-rule': text('部门规章', 'departmental rule'),
  normative: text('规范性文件', 'normative document'),
  judicial: text('司法解释', 'judicial interpretation'),
  'national-standard': text('国家标准', 'national standard'),
  'self-regulatory': text('行业自律规范', 'self-regulation'),
  practice: text('良好实践', 'good practice'),
};

/** How the text of a source was seen. */
export const evidenceNames: { readonly [level in EvidenceLevel]: Text } = {
  primary: text('已核对原文', 'read in the original'),
  'near-verbatim': text('见于接近原文的转述', 'seen nearly verbatim'),
  press: text('见于新闻报道或官方解读', 'seen in press or official summaries'),
  weak: text('仅见于二手资料，引用前请核对原文', 'seen in secondary sources only; check the original before quoting'),
  general: text('由一般原则推导', 'inferred from general principles'),
};

export const factNames: { readonly [fact in Fact]: Text } = {
  identity: text('身份', 'identity'),
  listener: text('接听人', 'listener'),
  recording: text('录音', 'recording'),
  organization: text('来电机构', 'organization'),
  caseVerified: text('案件属实', 'case verified'),
  promotionVerified: text('活动属实', 'promotion verified'),
};

export const factValueNames: { readonly [value: string]: Text } = {
  confirmed: text('已确认', 'confirmed'),
  unconfirmed: text('未确认', 'unconfirmed'),
  debtor: text('本人', 'debtor'),
  'third-party': text('第三人', 'third party'),
  guarantor: text('担保人', 'guarantor'),
  minor: text('未成年人', 'minor'),
  announced: text('已告知', 'announced'),
  'not-announced': text('未告知', 'not announced'),
  bank: text('银行', 'bank'),
  agency: text('委外机构', 'agency'),
  true: text('是', 'yes'),
  false: text('否', 'no'),
};

export const reachNames: { readonly [reach in Reach]: Text } = {
  'clause-before': text('从分句开头到命中处的末尾', 'from the beginning of the clause to the end of the match'),
  clause: text('命中处所在的分句', 'the clause of the match'),
  'sentence-before': text('从句子开头到命中处的末尾', 'from the beginning of the sentence to the end of the match'),
  sentence: text('命中处所在的句子', 'the sentence of the match'),
  utterance: text('整段话', 'the whole line'),
};

export const extentNames: { readonly [extent in Extent | Replacement]: Text } = {
  match: text('命中的文字', 'the words that were found'),
  clause: text('所在的分句', 'their clause'),
  sentence: text('所在的句子', 'their sentence'),
  utterance: text('整段话', 'the whole line'),
};

export const speakerNames: { readonly [speaker in Speaker]: Text } = {
  agent: text('坐席对客户说的话', 'what the agent says to the customer'),
  guidance: text('给坐席的提示', 'guidance for the agent'),
};

export const suppressibleNames: { readonly [allowed in (typeof suppressibles)[number]]: Text } = {
  true: text('可以豁免，须写明原因', 'can be suppressed with a reason'),
  approval: text('可以豁免，须写明原因和审批人', 'can be suppressed with a reason and an approver'),
  false: text('不允许豁免', 'cannot be suppressed'),
};

export const detectorSpeakerNames: { readonly [speaker in (typeof detectorSpeakers)[number]]: Text } = {
  agent: text('坐席', 'the agent'),
  party: text('客户或第三方', 'the customer or a third party'),
  guidance: text('给坐席的提示', 'guidance for the agent'),
};

export const knowledgeHintNames: { readonly [hint in (typeof knowledgeHints)[number]]: Text } = {
  always: text('总是显示', 'always'),
  'where-so': text('可能如此的地方才显示', 'only where it may be so'),
  never: text('不显示，只在悬停时看', 'not at all, but when one hovers'),
};

export const endingNames: { readonly [ending in Ending]: Text } = {
  outcome: text('写明结果的结束', 'an end with a named outcome'),
  end: text('“→ 结束”', '“-> End”'),
  transfer: text('转人工', 'a transfer to a person'),
  'ran-out': text('说完最后一节', 'off the last node'),
  sent: text('发出一条消息', 'a message that is sent'),
};

export const flowKindNames: { readonly [kind in FlowKind]: Text } = {
  'requires-before': text(
    '在每条路径上，event 之前必须先有 requires',
    'on every path, requires has happened before event',
  ),
  'forbids-after': text('after 之后（until 之前）不得有 event', 'event does not happen after “after”, until “until”'),
  'must-reach': text(
    'after 之后（不写则从头），结束之前必须有 requires',
    'after “after” (or from the beginning) requires happens before every end',
  ),
  'must-answer': text(
    'after 之后，结束之前必须有 requires；after 之前做过的不算',
    'after “after” requires happens before every end; what was done before it does not count',
  ),
  'must-contain': text('话术里有 event，就必须有 requires', 'where event happens at all, requires happens somewhere'),
  'must-offer': text('event 所指的节点等待回复时，必须有 replies', 'a node of event that waits offers the replies'),
  'must-let-go': text(
    '客户总是回答 replies 的第一类（没有列出时算后面的），对话也要走得到结束',
    'a customer who always gives the first of replies (or the next, where that is not offered) comes to an end',
  ),
  'max-count': text('一条路径上 event 至多 max 次（0 或 1）', 'event happens at most max times on a path (0 or 1)'),
  'ends-with': text('结束之前的最后一句必须是 event', 'the last line before an end is event'),
  limits: text('开头的设置和消息的长度不得超出 limits', 'front matter and messages keep to the limits'),
};

export const flowFixNames: { readonly [kind in (typeof flowFixKinds)[number]]: Text } = {
  answer: text('照范本回应这个分支', 'answers the branch as the templates do'),
  'insert-step': text('在此之前插入 step 的范本', 'inserts the template of step before the place'),
  'add-replies': text('补上缺少的回复分支', 'adds the missing reply branches'),
  'add-anytime': text('在【随时】里补上 replies', 'adds the replies to [Anytime]'),
  'go-to-step': text('让最后一个分支改去做 step 的节点', 'sends the last branch to a node that performs step'),
  'say-before': text('在此之前说一句 step 的范本', 'says the first line of the template of step before the place'),
  'move-behind': text('把这句话移到 step 之后', 'moves the line behind step'),
  say: text(
    '在此之前，或者在客户这样回答之后，加上一句 text',
    'adds the line text before the place, or after the reply',
  ),
  'begin-with': text('以 text 开头', 'begins the message with text'),
  remove: text('删去这句话', 'removes the line'),
  'end-with': text('以 text 结尾', 'ends the message with text'),
};

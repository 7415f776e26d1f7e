import { foldName } from '../base/names.ts';
import type { Text } from '../base/text.ts';

/**
 * Every word that has a meaning in the language, once. Scanner, front matter, grammar, completion, hover and the language
 * reference all read these tables; to add a keyword or a spelling, add it here.
 */
export interface Term<Id extends string = string> {
  readonly id: Id;
  /** Chinese spellings, the preferred one first. */
  readonly zh: readonly [string, ...string[]];
  /** English spellings, the preferred one first. */
  readonly en: readonly [string, ...string[]];
  readonly help: Text;
  /** How a line with it is written, where that needs showing. */
  readonly form?: Text;
}

const term = <Id extends string>(
  id: Id,
  zh: string,
  en: string,
  helpZh: string,
  helpEn: string,
  form?: readonly [string, string],
): Term<Id> => ({
  id,
  zh: zh.split(' ') as [string, ...string[]],
  en: en.split('|') as [string, ...string[]],
  help: { zh: helpZh, en: helpEn },
  ...(form && { form: { zh: form[0], en: form[1] } }),
});

/** Words that open a line, followed by a colon. */
export const keywords = [
  term(
    'guard',
    '若',
    'If',
    '条件成立时跳转，否则继续往下。',
    'Jumps when the condition holds; otherwise the conversation goes on.',
    ['若：条件 → 目标', 'If: condition -> target'],
  ),
  term('guidance', '提示', 'Note', '给坐席看的提示，不会播出。', 'Guidance for the agent; never spoken.', [
    '提示：内容',
    'Note: text',
  ]),
  term('record', '记录', 'Record', '把客户所说的内容记入变量。', 'Stores what the customer said in a variable.', [
    '记录：变量 = 内容',
    'Record: variable = value',
  ]),
  term(
    'insertion',
    '插入',
    'Insert',
    '在此处插入另一节的内容，说完后回到下一行。',
    'The lines of another node stand here; then the next line follows.',
    ['插入：节点　或　插入：文件/节点', 'Insert: node  or  Insert: file/node'],
  ),
  term('outcome', '结束', 'End', '以一个有名称的结果结束通话。', 'Ends the conversation with a named outcome.', [
    '结束：结果',
    'End: outcome',
  ]),
  term(
    'suppression',
    '豁免',
    'Allow',
    '让一条规则在下一行、本节或全文不再提示；必须写明原因。',
    'Silences a rule for the next line, the node or the file; a reason is required.',
    ['豁免：规则，原因：…，审批：…，至：2027-06-30', 'Allow: rule, reason: …, approved: …, until: 2027-06-30'],
  ),
  term(
    'case',
    '用例',
    'Case',
    '一个用例：走一遍对话，检查结果。',
    'A scenario: walks through the conversation and checks it.',
    ['用例：名称', 'Case: name'],
  ),
  term('given', '设定', 'Given', '用例开始时各变量的值。', 'Values of variables when the scenario starts.', [
    '设定：变量 = 值，变量 = 值',
    'Given: variable = value, variable = value',
  ]),
  term(
    'says',
    '客户说 第三方说',
    'Says',
    '用例中对方的回应：一个回复类别，或其中一句例句。',
    'A reply in the scenario: a reply category or one of its examples.',
    ['客户说：回复类别', 'Says: reply category'],
  ),
  term(
    'expect',
    '期望',
    'Expect',
    '用例应当依次到达的节点或结果。',
    'Nodes or outcomes that the scenario must reach, in order.',
    ['期望：节点或结果', 'Expect: node or outcome'],
  ),
  term('never', '不得', 'Never', '到此为止坐席不得说出的词语。', 'Words that the agent must not have said so far.', [
    '不得：词语、词语',
    'Never: words, words',
  ]),
] as const;
export type KeywordId = (typeof keywords)[number]['id'];

/** Who can speak. Scripts may declare further names for these, never further kinds. */
export const roles = [
  term(
    'agent',
    '坐席 催收员 客服',
    'Agent',
    '坐席说的话，会对客户播出，并接受合规检查。',
    'What the agent says; spoken, and checked for compliance.',
    ['坐席：文本　或　坐席（语气）：文本', 'Agent: text  or  Agent (tone): text'],
  ),
  term(
    'customer',
    '客户',
    'Customer',
    '债务人本人。带括号的是回复分支，带冒号的是一句话。',
    'The debtor. With brackets a reply branch, with a colon a line.',
    ['客户（类别）：例句／例句 → 目标', 'Customer (category): example / example -> target'],
  ),
  term('third-party', '第三方', 'Third party', '债务人以外的接听人。', 'Anyone but the debtor who answers.', [
    '第三方（类别）：例句／例句 → 目标',
    'Third party (category): example / example -> target',
  ]),
] as const;
export type RoleKind = (typeof roles)[number]['id'];

/** Jump targets that need no node. */
export const targets = [
  term('end', '结束', 'End', '结束通话，结果为“结束”。', 'Ends the conversation with the outcome End.'),
  term(
    'repeat',
    '重复',
    'Repeat',
    '再问一遍本节，最多两次，之后按“其他”处理。',
    'Asks this node again, at most twice, then goes on as Other.',
  ),
  term(
    'return',
    '返回',
    'Return',
    '回到插入本节或进入【随时】之前的地方。',
    'Goes back to where an inserted or anytime node was entered from.',
  ),
  term('transfer', '转人工', 'Transfer', '转给人工坐席，通话到此结束。', 'Ends with a transfer to a person.'),
] as const;
export type TargetId = (typeof targets)[number]['id'];

/** The node whose branches the customer may take wherever the script waits for a reply. */
export const anytime = term(
  'anytime',
  '随时',
  'Anytime',
  '客户在任何等待回复之处都可以走的分支，例如投诉、要求停止联系、转人工。',
  'Branches the customer may take wherever the script waits: a complaint, a wish to stop, a person.',
);

export const frontMatterKeys = [
  term('title', '话术', 'title', '话术的标题。', 'The title of the script.'),
  term('id', '编号', 'id', '话术的编号。', 'The id of the script.'),
  term('version', '版本', 'version', '话术的版本号。', 'The version of the script.'),
  term('status', '状态', 'status', '草稿、待审核或已发布。', 'draft, review or published.'),
  term(
    'channel',
    '渠道',
    'channel',
    '电话、短信、智能外呼、在线、信函或上门。',
    'phone, sms, bot, chat, letter or visit.',
  ),
  term(
    'stage',
    '阶段',
    'stage',
    '逾期阶段：M0 至 M4+，或核销。',
    'The stage of delinquency: M0 to M4+, or written-off.',
  ),
  term('institution', '机构', 'institution', '由谁来电。', 'Who calls.'),
  term('principal', '委托方', 'principal', '受谁委托；委外机构应当填写。', 'On whose behalf an agency calls.'),
  term('hours', '时段', 'hours', '使用时段，例如 8:00-20:00。', 'When the script is used, such as 8:00-20:00.'),
  term(
    'frequency',
    '频次',
    'frequency',
    '每天的联系次数，例如 {未接通: 6, 接通: 3}。',
    'Contacts a day, such as {unanswered: 6, connected: 3}.',
  ),
  term(
    'packs',
    '规则包',
    'packs',
    '适用的规则包；不写时为 cn-credit-card。',
    'The rule packs in force; cn-credit-card by default.',
  ),
  term(
    'roles',
    '角色',
    'roles',
    '其他角色名称，例如 {小王: 坐席, 家属: 第三方}。',
    'Further names of roles, such as {Amy: Agent}.',
  ),
  term(
    'variables',
    '变量',
    'variables',
    '话术中用到的变量及其类型、样例。',
    'The variables of the script, with type and sample.',
  ),
  term('note', '说明', 'note', '给使用者的说明。', 'A note to readers.'),
] as const;
export type FrontMatterKey = (typeof frontMatterKeys)[number]['id'];

export const frequencyKeys = [
  term('unanswered', '未接通', 'unanswered', '每天未接通的拨打次数。', 'Unanswered attempts a day.'),
  term('connected', '接通', 'connected', '每天接通的次数。', 'Answered calls a day.'),
] as const;

export const variableTypes = [
  term('text', '文本', 'text', '任意文字。', 'Any text.'),
  term('salutation', '称谓', 'salutation', '对客户的称呼，例如王先生。', 'How to address the customer.'),
  term('integer', '整数', 'integer', '整数，例如天数。', 'A whole number.'),
  term('decimal', '小数', 'decimal', '小数。', 'A number with decimals.'),
  term('money', '金额', 'money', '金额，单位为元。', 'An amount of money, in yuan.'),
  term('date', '日期', 'date', '日期。', 'A date.'),
  term('time', '时间', 'time', '时刻。', 'A time of day.'),
  term('phone', '电话', 'phone', '电话号码。', 'A telephone number.'),
  term('boolean', '布尔', 'boolean', '是或否。', 'Yes or no.'),
  term('enum', '枚举', 'enum', '若干取值之一。', 'One of several values.'),
] as const;
export type VariableType = (typeof variableTypes)[number]['id'];

export const variableFields = [
  term('type', '类型', 'type', '变量的类型。', 'The type of the variable.'),
  term('range', '范围', 'range', '取值范围，例如 1..180。', 'The range of values, such as 1..180.'),
  term('values', '取值', 'values', '枚举的全部取值。', 'All values of an enum.'),
  term('sample', '样例', 'sample', '一个样例，用于预览和演练。', 'A sample for previews and rehearsal.'),
  term('note', '说明', 'note', '口径等说明。', 'What the variable means.'),
] as const;
export type VariableField = (typeof variableFields)[number]['id'];

export const statuses = [
  term('draft', '草稿', 'draft', '尚在编写。', 'Being written.'),
  term('review', '待审核', 'review', '已提交合规审核。', 'Submitted for review.'),
  term('published', '已发布', 'published', '已经审核并投入使用。', 'Approved and in use.'),
] as const;

export const channels = [
  term('phone', '电话', 'phone', '坐席拨打的电话。', 'Calls made by agents.'),
  term('sms', '短信', 'sms', '短信，单向。', 'Text messages, one-way.'),
  term('bot', '智能外呼', 'bot', '智能语音机器人外呼。', 'Calls made by a voice bot.'),
  term('chat', '在线', 'chat', '在线客服。', 'Online chat.'),
  term('letter', '信函', 'letter', '书面信函，单向。', 'Letters, one-way.'),
  term('visit', '上门', 'visit', '外访。', 'Visits.'),
] as const;
export type Channel = (typeof channels)[number]['id'];

export const stages = [
  term('M0', 'M0', 'M0', '尚未逾期或到期提醒。', 'Due, not yet overdue.'),
  term('M1', 'M1', 'M1', '逾期 1 至 30 天。', '1 to 30 days overdue.'),
  term('M2', 'M2', 'M2', '逾期 31 至 60 天。', '31 to 60 days overdue.'),
  term('M3', 'M3', 'M3', '逾期 61 至 90 天。', '61 to 90 days overdue.'),
  term('M4+', 'M4+', 'M4+', '逾期 91 天以上。', 'More than 90 days overdue.'),
  term('written-off', '核销', 'written-off', '已核销。', 'Written off.'),
] as const;
export type Stage = (typeof stages)[number]['id'];

export const booleans = [
  term('true', '是', 'yes|true', '是。', 'Yes.'),
  term('false', '否', 'no|false', '否。', 'No.'),
] as const;

export const operators = [
  term('>=', '大于等于 不小于', '>=|≥', '大于或等于。', 'Greater than or equal to.'),
  term('<=', '小于等于 不大于', '<=|≤', '小于或等于。', 'Less than or equal to.'),
  term('!=', '不等于', '!=|≠', '不等于。', 'Not equal to.'),
  term('==', '等于', '==|=', '等于。', 'Equal to.'),
  term('>', '大于', '>', '大于。', 'Greater than.'),
  term('<', '小于', '<', '小于。', 'Less than.'),
] as const;
export type Operator = (typeof operators)[number]['id'];

export const connectives = [
  term('and', '且', 'and', '两个条件都成立。', 'Both conditions hold.'),
  term('or', '或', 'or', '至少一个条件成立。', 'At least one condition holds.'),
  term('not', '非', 'not', '条件不成立。', 'The condition does not hold.'),
] as const;
export type Connective = (typeof connectives)[number]['id'];

export const suppressionScopes = [
  term('node', '本节', 'node', '从此处到本节末尾。', 'The rest of the node.'),
  term('file', '全文', 'file', '整个文件；写在第一节之前。', 'The whole file; stands above the first node.'),
] as const;

export const suppressionFields = [
  term('reason', '原因', 'reason', '为什么可以豁免。', 'Why the finding may stand.'),
  term('approved', '审批', 'approved', '由谁批准。', 'Who approved it.'),
  term(
    'until',
    '至',
    'until',
    '到哪一天为止，例如 2027-06-30。',
    'The last day on which it counts, such as 2027-06-30.',
  ),
] as const;
export type SuppressionField = (typeof suppressionFields)[number]['id'];

/** Variables that every script has without declaring them. */
export const builtinVariables = [
  {
    ...term('agent-number', '工号', '工号', '坐席的工号。', 'The agent’s staff number.'),
    type: 'text',
    sample: '8021',
  },
  {
    ...term('institution', '机构', '机构', '来电机构的名称。', 'The name of the institution that calls.'),
    type: 'text',
    sample: '某某银行信用卡中心',
  },
  {
    ...term('hotline', '客服电话', '客服电话', '官方客服电话。', 'The official service number.'),
    type: 'phone',
    sample: '95XXX',
  },
  { ...term('today', '今天', '今天', '通话当天的日期。', 'The day of the call.'), type: 'date', sample: '2026-06-01' },
] as const satisfies readonly (Term & { type: VariableType; sample: string })[];

/** Every spelling of a term, Chinese first. */
export function spellings(of: Term): readonly string[] {
  return [...of.zh, ...of.en];
}

const tables = new WeakMap<readonly Term[], ReadonlyMap<string, Term>>();

/** The term of a table that is spelt so, in any width or case. */
export function findTerm<Id extends string>(terms: readonly Term<Id>[], spelling: string): Term<Id> | undefined {
  let table = tables.get(terms);
  if (!table) {
    table = new Map(terms.flatMap((each) => spellings(each).map((word) => [foldName(word), each] as const)));
    tables.set(terms, table);
  }
  return table.get(foldName(spelling)) as Term<Id> | undefined;
}

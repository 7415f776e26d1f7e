import { foldName } from '../base/names.ts';
import type { Table } from './block.ts';
import { atArrows, labelled, numbered, quotedParts } from './marks.ts';
import type { Reader } from './reader.ts';
import { meaningOf } from './roles.ts';
import { titleOf } from './words.ts';

type Column = 'step' | 'id' | 'speaker' | 'speech' | 'reply' | 'examples' | 'target' | 'note' | 'other';

const columns: readonly (readonly [Column, RegExp])[] = [
  ['id', /^(?:编号|序号|节点编号|步骤编号|流程编号|节点ID|ID|No\.?|#|话术编号)$/i],
  [
    'target',
    /^(?:下一步(?:骤|环节|节点|流程|动作)?|跳转(?:至|到)?(?:节点|环节|步骤|流程|目标)?|流转(?:至|节点)?|去向|转向|后续(?:流程|动作|步骤)?|下一(?:节点|环节|流程)|目标节点|next(?: step)?|go ?to)$/i,
  ],
  [
    'examples',
    /^(?:例句|示例|关键词|语料|客户(?:语料|例句|示例|常见说法)|用户(?:语料|说法|例句)|常见说法|examples?|keywords?)$/i,
  ],
  [
    'reply',
    /^(?:(?:客户|用户|对方)(?:可能)?(?:的)?(?:回应|回答|反应|回复|反馈|意图|情况|异议|问题|说法?|态度|类型|答复|分支)(?:分类|类型|分支)?|意图|回应|异议|异议类型|常见异议|客户|用户|分支|分支条件|条件|触发条件|问题|常见问题|应答分支|回复类别|reply|response|customer(?: says| reply| response)?)$/i,
  ],
  ['speaker', /^(?:说话人|角色|人物|发言人|身份|说话方|speaker|role|who)$/i],
  [
    'speech',
    /^(?:(?:参考|标准|建议|推荐|坐席|座席|催收员?|客服|机器人|AI|应答|应对|主|播报|回复|沟通|示例|开场|安抚|催收人员)*(?:话术|脚本|台词|应答|回复|应对|播报|说法)(?:内容|示例|参考|文本|模板)?|内容|文案|TTS|(?:短信)?内容|短信文案|坐席|座席|催收员|客服|对话(?:内容)?|我方|应对方式|处理话术|script|speech|text|agent(?: says)?|line)$/i,
  ],
  [
    'step',
    /^(?:环节|步骤|流程|阶段|节点|场景|模块|节点名称|流程节点|步骤名称|环节名称|话术环节|话术场景|沟通环节|主流程|标题|类型|话术类型|分类|类别|话术分类|step|stage|node|scene)$/i,
  ],
  [
    'note',
    /^(?:备注|说明|注意(?:事项)?|要点|提示|目的|目标|关键点|禁用语|禁忌|技巧|沟通要点|话术要点|风险提示|合规提示|操作|系统操作|动作|语气|notes?|remarks?|tips?)$/i,
  ],
];

function columnOf(cell: string): Column | undefined {
  const name = cell
    .replace(/[\s*：:]+/g, ' ')
    .replace(/[（(][^）)]*[）)]/g, '')
    .trim();
  return columns.find(([, pattern]) => pattern.test(name) || pattern.test(name.replace(/ /g, '')))?.[0];
}

/** The row that names the columns: one of the first, with two names at least. */
function headerOf(rows: Table['rows']): { readonly at: number; readonly columns: readonly Column[] } | undefined {
  for (const [at, row] of rows.slice(0, 5).entries()) {
    const found = row.map(columnOf);
    const known = found.filter((column) => column !== undefined);
    const filled = row.filter((cell) => cell.trim() !== '').length;
    if (
      known.length >= 2 &&
      known.length * 2 >= filled &&
      known.some((column) => column === 'speech' || column === 'reply')
    )
      return { at, columns: found.map((column) => column ?? 'other') };
  }
  return undefined;
}

/** Reads a table; one whose columns are not understood is kept row by row. */
export function readTable(table: Table, reader: Reader): void {
  const rows = table.rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ''));
  const header = headerOf(rows);
  if (!header) {
    readPlainRows(rows, reader);
    return;
  }
  for (const row of rows.slice(0, header.at)) reader.note(row.filter((cell) => cell !== '').join(' '));
  const names = rows[header.at] ?? [];
  const state: State = { columns: header.columns, names, reader, step: undefined, said: '', branched: false };
  for (const row of rows.slice(header.at + 1)) readRow(row, state);
  reader.mode = undefined;
}

/** Without a header: two columns may be a speaker and what he says; anything else is kept. */
function readPlainRows(rows: readonly (readonly string[])[], reader: Reader): void {
  const speaking = rows.filter(([first = '']) => meaningOf(first.replace(/[：:]$/, ''))?.kind === 'speaker').length;
  for (const row of rows) {
    const cells = row.filter((cell) => cell !== '');
    const [first = '', ...rest] = cells;
    if (speaking * 2 > rows.length && rest.length > 0)
      reader.line(`${first.replace(/[：:]$/, '')}：${rest.join(' ').replace(/\n/g, ' ')}`);
    else if (cells.length === 1) for (const line of first.split('\n')) reader.line(line);
    else reader.note(cells.map((cell) => cell.replace(/\n+/g, ' ')).join(' | '));
  }
}

interface State {
  readonly columns: readonly Column[];
  readonly names: readonly string[];
  readonly reader: Reader;
  /** The step at hand; a cell that is empty, as in merged cells, goes on with it. */
  step: string | undefined;
  /** What was said last in the step. */
  said: string;
  /** The step has replies already, so that what is said next is another turn. */
  branched: boolean;
}

function readRow(row: readonly string[], state: State): void {
  const { columns: kinds, reader } = state;
  const cells = (kind: Column): string[] => row.filter((cell, index) => kinds[index] === kind && cell !== '');
  const [id] = cells('id');
  const title = cells('step').join(' ').replace(/\n/g, ' ');
  const replyAt = kinds.indexOf('reply');
  const replies = cells('reply').join('\n');
  const speech = (side: 'before' | 'after'): string =>
    row
      .filter(
        (cell, index) =>
          kinds[index] === 'speech' && cell !== '' && (replyAt < 0 || index < replyAt === (side === 'before')),
      )
      .join('\n');
  const lead = speech('before');
  const answer = replyAt < 0 ? '' : speech('after');
  const target = cells('target').join('\n');
  openStep(title, id, lead, state);
  reader.mode = undefined;
  const note = (): void => {
    for (const [index, cell] of row.entries()) {
      if (cell !== '' && (kinds[index] === 'note' || kinds[index] === 'other'))
        reader.note(`${state.names[index] ?? ''}：${cell.replace(/\n+/g, ' ')}`.replace(/^：/, ''));
    }
  };
  // A note belongs to what the row brings: to what is said, else to the reply.
  const withReply = replies !== '' && (lead === '' || lead === state.said);
  if (!withReply) note();
  if (lead !== '' && lead !== state.said) {
    state.said = lead;
    speak(lead, cells('speaker').join(' '), reader);
  }
  if (replies === '') {
    if (target !== '') follow(target, reader);
    return;
  }
  state.branched = true;
  readReplies(replies, {
    examples: cells('examples').join('\n'),
    answer,
    target,
    reader,
    note: withReply ? note : undefined,
  });
}

function openStep(title: string, id: string | undefined, lead: string, state: State): void {
  const { reader } = state;
  const mark = numbered(title);
  const name = titleOf(mark?.rest || title);
  const keys = id === undefined ? [] : [id];
  if (name !== '' && name !== state.step) reader.node(name, mark, '', { next: '' }, keys);
  else if (state.step === undefined && name === '' && id !== undefined && state.columns.includes('target'))
    reader.node(id, undefined, '', { next: '' }, keys);
  // In a node that waits for a reply already, what is said next would belong to the last reply.
  else if (state.branched && lead !== '' && lead !== state.said)
    reader.node(state.step ?? name, undefined, '', { next: '' }, keys);
  else return;
  if (name !== '') state.step = name;
  state.said = '';
  state.branched = false;
}

function speak(text: string, speaker: string, reader: Reader): void {
  const who = meaningOf(speaker);
  for (const line of sentencesOf(text)) {
    if (line === '') continue;
    const inner = numbered(line)?.rest ?? line;
    const colon = labelled(inner);
    reader.mode = who?.kind === 'speaker' ? who.speaker : 'agent';
    if (speaker !== '' && who === undefined) reader.guide(`${speaker}：${line}`);
    else if (colon && meaningOf(colon.label) && reader.label(colon.label, colon.bracket, colon.rest, inner)) continue;
    else reader.said(who?.kind === 'speaker' ? who.speaker : 'agent', inner, speaker);
  }
  reader.mode = undefined;
}

/** The lines of a cell; one that was only broken to fit its column goes on with the one before. */
function sentencesOf(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    const before = lines.at(-1);
    const goesOn =
      before !== undefined && !/[。！？!?；;…”"」：:.]$/.test(before) && !numbered(line) && !labelled(line);
    if (goesOn) lines[lines.length - 1] = before + line;
    else lines.push(line);
  }
  return lines;
}

function readReplies(
  text: string,
  {
    examples,
    answer,
    target,
    reader,
    note,
  }: {
    readonly examples: string;
    readonly answer: string;
    readonly target: string;
    readonly reader: Reader;
    readonly note: (() => void) | undefined;
  },
): void {
  const lines = text.split('\n').filter((line) => line !== '');
  const targets = target.split('\n').filter((line) => line !== '');
  const paired = targets.length === lines.length;
  for (const [index, line] of lines.entries()) {
    const inner = numbered(line)?.rest ?? line;
    const [head = inner, ...onward] = atArrows(inner);
    const colon = labelled(head);
    const last = index === lines.length - 1;
    const said = [colon?.rest ?? '', last ? examples : ''].filter((each) => each !== '').join('\n');
    reader.reply(colon?.label ?? head, said, 'customer');
    if (last) note?.();
    if (answer !== '' && last) speak(answer, '', reader);
    if (onward.length > 0) follow(onward.join(' → '), reader);
    else if (paired || (targets.length === 1 && (answer === '' || last)))
      follow(targets[paired ? index : 0] ?? '', reader);
    else if (last) for (const each of targets) reader.note(each);
  }
}

function follow(target: string, reader: Reader): void {
  const plain = target
    .replace(/\n+/g, ' ')
    .replace(/^(?:跳转|转|进入|跳)?(?:到|至|入)?\s*[：:]?\s*(?=.)/, '')
    .trim();
  if (plain === '' || /^[-—/无]+$/.test(plain)) return;
  if (quotedParts(plain).length > 1 || plain.length > 24) reader.note(target);
  else reader.jump(plain);
}

/** Whether a table has columns that a script has. */
export function isScriptTable({ rows }: Table): boolean {
  return headerOf(rows.map((row) => row.map((cell) => foldName(cell)))) !== undefined;
}

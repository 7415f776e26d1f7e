import type { Text } from '../server/src/base/text.ts';
import { jsonFormat, type LineKind, lineKinds } from '../server/src/handover/json.ts';
import {
  channels,
  operators,
  roles,
  stages,
  statuses,
  type Term,
  targets,
  variableTypes,
} from '../server/src/syntax/vocabulary.ts';

type Json = { readonly [key: string]: unknown };

const both = ({ zh, en }: Text): string => `${zh} / ${en}`;
const derived: Text = { zh: '（推算所得，还原时不看。）', en: '(Derived; does not count on the way back.)' };

const string: Json = { type: 'string' };
const strings: Json = { type: 'array', items: string };
const refer = (name: string): Json => ({ $ref: `#/definitions/${name}` });
const listOf = (name: string): Json => ({ type: 'array', items: refer(name) });
const choice = (terms: readonly Term[]): Json => ({ enum: terms.map(({ id }) => id) });
const told = (zh: string, en: string, schema: Json): Json => ({ description: both({ zh, en }), ...wrapped(schema) });
const known = (zh: string, en: string, schema: Json): Json => told(`${zh}${derived.zh}`, `${en} ${derived.en}`, schema);

/** What stands beside a reference does not count. */
function wrapped(schema: Json): Json {
  return '$ref' in schema ? { allOf: [schema] } : schema;
}

const object = (properties: Json, required: readonly string[] = []): Json => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});

const text = told('内容。', 'What it says.', string);
const target = told('去向：节的名称、“文件/节”，或内置的去向。', 'A node, file/node, or a built-in target.', string);
const goesTo = known('去向是什么。', 'What the target is.', refer('goesTo'));
const keyword = told('行首的词，与惯用的不同时才有。', 'The word it begins with, where not the usual one.', string);
const role = told('说话人，按话术里的叫法。', 'Who speaks, as the script calls him.', string);
const speaker = known('说话人是哪一方。', 'Which side that is.', choice(roles));
const variables = known('内容里的变量。', 'The variables in the text.', strings);

/** What lines of each kind have besides `kind`, `id` and `source`; the first of two lists is required. */
const lines: { readonly [kind in LineKind]: readonly [Json, Json, Text] } = {
  blank: [{}, {}, { zh: '空行。', en: 'A blank line.' }],
  remark: [{ text }, {}, { zh: '备注，不会播出。', en: 'A remark, never spoken.' }],
  utterance: [
    { role, text },
    {
      speaker,
      tone: told('语气。', 'How it is said.', string),
      variables,
      characters: known('字数，变量换成样例。', 'Characters, with samples for variables.', { type: 'integer' }),
      seconds: known('说完要几秒。', 'Seconds that it takes to say it.', { type: 'number' }),
    },
    { zh: '一句话。', en: 'Something that is said.' },
  ],
  branch: [
    { role, category: told('回复类别，按话术里的叫法。', 'The reply category, as the script calls it.', string) },
    {
      speaker,
      reply: known('规则包里这一类别的编号。', 'The id of that category in the rule packs.', string),
      examples: told('例句。', 'Examples.', strings),
      target,
      goesTo,
      lines: told('选了这个回复之后的各行。', 'The lines below, until the next branch.', listOf('line')),
    },
    { zh: '对方的一种回复。', en: 'A reply that the other side may give.' },
  ],
  jump: [{ target }, { goesTo }, { zh: '跳转。', en: 'A jump.' }],
  guard: [
    { condition: told('条件。', 'The condition.', string), target },
    { keyword, test: known('拆开的条件。', 'The condition taken apart.', refer('test')), goesTo },
    { zh: '条件成立时跳转。', en: 'A jump that is taken when its condition holds.' },
  ],
  guidance: [
    { text },
    { keyword, variables },
    { zh: '给坐席看的提示，不会播出。', en: 'Guidance for the agent; never spoken.' },
  ],
  record: [
    { text },
    { keyword },
    { zh: '记录：变量 = 内容。', en: 'Stores what the customer said: variable = value.' },
  ],
  insertion: [
    { target },
    { keyword, goesTo },
    { zh: '插入另一节的内容。', en: 'The lines of another node stand here.' },
  ],
  outcome: [{ text }, { keyword }, { zh: '以一个有名称的结果结束。', en: 'Ends with a named outcome.' }],
  suppression: [{ text }, { keyword }, { zh: '豁免。', en: 'A suppression.' }],
  given: [{ text }, { keyword }, { zh: '用例：变量的值。', en: 'Of a scenario: values of variables.' }],
  says: [{ text }, { keyword }, { zh: '用例：对方的回应。', en: 'Of a scenario: a reply.' }],
  expect: [{ text }, { keyword }, { zh: '用例：应当到达的节点或结果。', en: 'Of a scenario: what must be reached.' }],
  never: [{ text }, { keyword }, { zh: '用例：不得说出的词语。', en: 'Of a scenario: words that must not be said.' }],
  other: [{ text }, {}, { zh: '没有读懂的行，原样保留。', en: 'A line that was not understood, as it stands.' }],
};

const id = known(
  '编号：只要这一行的内容和所在的节不变，编号就不变。',
  'Stays the same as long as the line and its node do.',
  string,
);
const source = told(
  '这一行的原样，排版与惯用的不同时才有；内容没有改动时按它还原。',
  'The line as it is written, where that is not the usual layout; counts where nothing else has changed.',
  string,
);
const place = told('标题所在的行，从 0 数起。', 'The line of its heading, from 0.', { type: 'integer' });

function lineSchema(kind: LineKind): Json {
  const [required, optional, about] = lines[kind];
  return {
    description: both(about),
    ...object({ kind: { const: kind }, id, ...required, ...optional, source }, ['kind', ...Object.keys(required)]),
  };
}

const header = object({
  title: told('标题。', 'Title.', string),
  id: told('编号。', 'Id.', string),
  version: told('版本号。', 'Version.', string),
  status: told('状态。', 'Status.', choice(statuses)),
  channel: told('渠道。', 'Channel.', choice(channels)),
  stage: told('逾期阶段。', 'Stage of delinquency.', choice(stages)),
  institution: told('由谁来电。', 'Who calls.', string),
  principal: told('受谁委托。', 'On whose behalf.', string),
  hours: told('使用时段。', 'When the script is used.', object({ from: string, to: string }, ['from', 'to'])),
  frequency: told(
    '每天的联系次数。',
    'Contacts a day.',
    object({ unanswered: { type: 'integer' }, connected: { type: 'integer' } }),
  ),
  packs: told('适用的规则包。', 'The rule packs in force.', strings),
  roles: told('其他角色名称。', 'Further names of roles.', {
    type: 'array',
    items: object({ name: string, kind: choice(roles) }, ['name', 'kind']),
  }),
  note: told('说明。', 'A note to readers.', string),
});

/** The JSON schema of exported scripts. */
export function scriptSchema(): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: 'generated by syntaxes/generate.ts; run: npm run generate',
    title: 'Huashu 话术 / Huashu script (huashu export --format json)',
    ...object(
      {
        format: { const: jsonFormat },
        version: { const: 1 },
        language: told('关键词用哪种语言。', 'The language of the keywords.', { enum: ['zh', 'en'] }),
        script: told('话术的基本信息。', 'What the front matter says.', header),
        variables: told('变量。', 'The variables.', listOf('variable')),
        frontMatter: told('头部的原样。', 'The front matter as it is written.', string),
        lineEnd: { const: '\r\n' },
        before: told('第一节之前的行。', 'The lines above the first node.', listOf('line')),
        nodes: told('各节，第一节是对话的开头。', 'The nodes; the conversation begins at the first.', listOf('node')),
        scenarios: told('用例。', 'The scenarios.', listOf('scenario')),
      },
      ['format', 'version', 'nodes'],
    ),
    definitions: {
      variable: object(
        { name: string, type: choice(variableTypes), range: string, values: strings, sample: string, note: string },
        ['name', 'type'],
      ),
      node: object(
        {
          id,
          name: told('节名；第一个标题之上的行没有。', 'Missing for the lines above the first heading.', string),
          steps: told('所执行的标准步骤，按话术里的叫法。', 'The standard steps, as the script calls them.', strings),
          performs: known('标准步骤的编号。', 'The ids of the standard steps.', strings),
          anytime: known('随时可以走的分支。', 'Its branches can be taken whenever a reply is awaited.', {
            type: 'boolean',
          }),
          next: known('没有跳走时接下去的节。', 'The node that follows where nothing leads away.', {
            type: ['string', 'null'],
          }),
          line: place,
          source,
          lead: told('第一个回复之前的各行。', 'The lines before the first branch.', listOf('line')),
          branches: told('各种回复。', 'The branches.', listOf('branch')),
        },
        ['lead', 'branches'],
      ),
      scenario: object({ id, name: string, keyword, line: place, source, lines: listOf('line') }, ['name', 'lines']),
      line: { oneOf: lineKinds.filter((kind) => kind !== 'branch').map(refer) },
      ...Object.fromEntries(lineKinds.map((kind) => [kind, lineSchema(kind)])),
      goesTo: {
        oneOf: [
          object({ kind: { const: 'node' }, node: string }, ['kind', 'node']),
          object({ kind: { const: 'other-file' }, file: string, name: string }, ['kind', 'file', 'name']),
          object({ kind: { enum: [...targets.map((each) => each.id), 'unknown'] } }, ['kind']),
        ],
      },
      test: {
        oneOf: [
          object({ kind: { enum: ['and', 'or'] }, left: refer('test'), right: refer('test') }, [
            'kind',
            'left',
            'right',
          ]),
          object({ kind: { const: 'not' }, operand: refer('test') }, ['kind', 'operand']),
          object({ kind: { const: 'holds' }, variable: string }, ['kind', 'variable']),
          object({ kind: { const: 'comparison' }, variable: string, operator: choice(operators), value: string }, [
            'kind',
            'variable',
            'operator',
            'value',
          ]),
        ],
      },
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

import assert from 'node:assert/strict';
import { parsePattern } from '../../server/src/matcher/pattern.ts';
import { compile, run } from '../../server/src/matcher/program.ts';
import { loadPack } from '../../server/src/packs/load.ts';

const head = `pack: mine
prefix: mine
sources:
  S: { document: { zh: 甲, en: A }, binding: law, evidence: primary, gist: { zh: 甲, en: A } }
`;

const rule = (more: string): string => `rules:
  - id: mine/a
    category: insult-abuse
    severity: error
    title: { zh: 甲, en: A }
    message: { zh: 甲, en: A }
    why: { zh: 甲, en: A }
    sources: [S]
    ${more}
    examples: { bad: [甲, 乙, 丙], good: [丁, 戊, 己] }
`;

/** The problems of a pack as `line:column message`. */
function problems(text: string): string[] {
  return loadPack([{ path: 'mine.yaml', text }]).problems.map(
    ({ line, character, message }) => `${line + 1}:${character + 1} ${message.zh}`,
  );
}

suite('pack loader', () => {
  test('a good pack has no problem', () => {
    const { pack, problems: found } = loadPack([{ path: 'mine.yaml', text: head + rule('match: [笨蛋]') }]);
    assert.deepEqual(found, []);
    assert.deepEqual(
      pack?.rules.map(({ id }) => id),
      ['mine/a'],
    );
  });

  test('every mistake is reported at its line and column', () => {
    assert.deepEqual(problems(head + rule("match: ['笨(蛋']")), ['13:15 括号没有合上。']);
    assert.deepEqual(problems(head + rule('match: [笨蛋]\n    matsh: [x]')), [
      '14:5 没有“matsh”这个键，是不是想写“match”？',
    ]);
    assert.deepEqual(problems(head + rule("match: ['{没有}']")), ['13:13 没有名为“没有”的词表。']);
    assert.deepEqual(problems(head.replace('binding: law', 'binding: lore')), [
      '4:45 “lore”不是可用的值。可用的值有：law、regulation、departmental-rule、normative、judicial、national-standard、self-regulatory、practice。',
    ]);
    assert.match(problems(`${head}rules: [`)[0]!, /^5:\d+ YAML 写法有误/);
    assert.match(problems('')[0]!, /缺少规则包的名称/);
    assert.match(
      problems(`${head}${rule('match: [笨蛋]')}${rule('match: [笨蛋]').replace('rules:\n', '')}`)[0]!,
      /“mine\/a”出现了两次/,
    );
    assert.match(
      problems(head + rule('match: [笨蛋]\n    fixes: [{ replace: match, with: "{谁}" }]'))[0]!,
      /^14:\d+ “\{谁\}”既不是/,
    );
    assert.match(problems(head + rule('match: [笨蛋]').replace('bad: [甲, 乙, 丙]', 'bad: [甲]'))[0]!, /至少 3 条/);
  });

  test('one bad rule leaves the others in force', () => {
    const good = rule('match: [笨蛋]');
    const bad = rule("match: ['(']").replace('rules:\n', '').replace('mine/a', 'mine/b');
    const { pack } = loadPack([{ path: 'mine.yaml', text: head + good + bad }]);
    assert.deepEqual(
      pack?.rules.map(({ id }) => id),
      ['mine/a'],
    );
  });

  test('lexicons in a circle are refused, and whatever uses them matches nothing', () => {
    const text = `${head}lexicons: { 甲: ['{乙}'], 乙: ['{甲}'] }\n${rule("match: ['{甲}笨蛋']")}`;
    assert.match(problems(text)[0]!, /绕了一圈/);
    assert.ok(loadPack([{ path: 'mine.yaml', text }]).pack);
  });

  test('a pattern that would grow without measure is refused', () => {
    const doubling = Array.from({ length: 30 }, (_, i) => `  L${i}: ['{L${i + 1}}{L${i + 1}}']`).join('\n');
    const text = `${head}lexicons:\n${doubling}\n  L30: [啊]\n${rule("match: ['{L0}']")}`;
    assert.match(problems(text).at(-1)!, /展开后太大/);
  });
});

suite('patterns', () => {
  const found = (pattern: string, text: string): string[] => {
    const parsed = parsePattern(pattern);
    assert.equal(parsed.problem, undefined, pattern);
    return [
      ...run(compile(parsed.pattern, new Map([['亲友', [parsePattern('(爸|妈|老公公|老公)').pattern]]]))!, text),
    ].map(({ start, end }) => text.slice(start, end));
  };

  test('literals, alternatives, options, lexicons and numbers', () => {
    assert.deepEqual(found('打断(你|您)?的(腿|手)', '打断的腿，打断您的手，打断他的手'), ['打断的腿', '打断您的手']);
    assert.deepEqual(found('找{亲友}', '找老公公，找妈，找他'), ['找老公公', '找妈']);
    assert.deepEqual(found('{数}天', '逾期45天、三十天、\ue000天、天'), ['45天', '三十天', '\ue000天']);
  });

  test('the shortest gap wins, and no gap goes over the end of a sentence', () => {
    assert.deepEqual(found('再{0-6}告', '再告，再不还就告你告'), ['再告', '再不还就告']);
    assert.deepEqual(found('上{0-6}征信', '这次不上。征信系统'), []);
    assert.deepEqual(found('上{0-2}征信', '上一二三征信'), []);
  });

  test('clause boundaries', () => {
    assert.deepEqual(found('^你好$', '你好,你好吗,说你好.'), ['你好']);
  });

  test('what was there is remembered', () => {
    const { pattern } = parsePattern('{who:你|您}{0-3}滚');
    const [match] = run(compile(pattern, new Map())!, '请您快滚');
    assert.deepEqual(match!.captures.get('who'), { start: 1, end: 2 });
  });

  test('mistakes are named at their place', () => {
    for (const [pattern, start] of [
      ['(甲', 0],
      ['甲)', 1],
      ['{', 0],
      ['{9-1}甲', 0],
      ['{0-99}甲', 0],
      ['甲?', 1],
      ['(甲)?', 0],
      ['{0-3}', 0],
      ['{Who:甲}', 0],
    ] as const) {
      assert.equal(parsePattern(pattern).problem?.start, start, pattern);
    }
  });

  test('time grows with text times pattern, whatever the pack says', () => {
    const { pattern } = parsePattern(`${'(啊|啊啊)?{0-30}'.repeat(20)}完`);
    const program = compile(pattern, new Map())!;
    const started = performance.now();
    assert.deepEqual([...run(program, '啊'.repeat(5_000))], []);
    assert.ok(performance.now() - started < 10_000);
  });
});

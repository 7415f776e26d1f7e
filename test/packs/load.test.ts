import assert from 'node:assert/strict';
import { fold, foldPlain } from '../../server/src/matcher/fold.ts';
import { matchesOf } from '../../server/src/matcher/matches.ts';
import { parsePattern } from '../../server/src/matcher/pattern.ts';
import { Program } from '../../server/src/matcher/program.ts';
import { Reading } from '../../server/src/matcher/reading.ts';
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

  test('ids of rules may be Chinese; a prefix that cannot stand in them is reported once', () => {
    const own = (head + rule('match: [笨蛋]'))
      .replace('prefix: mine', 'prefix: 本行')
      .replace('mine/a', '本行/不用昵称');
    assert.deepEqual(problems(own), []);
    assert.deepEqual(problems(own.replace('不用昵称', '不用 昵称')), [
      '6:9 规则编号应为“本行/…”，只用汉字、小写字母、数字和连字符。',
    ]);
    const named = own
      .replace('prefix: 本行\n', '')
      .replace('pack: mine', 'pack: Our Bank')
      .replace('本行/', 'Our Bank/');
    assert.deepEqual(problems(named), ['1:7 规则编号以“Our Bank”开头，所以它只能用汉字、小写字母、数字和连字符。']);
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
    const text = (last: string): string =>
      `${head}lexicons:\n${doubling}\n  L30: [${last}]\n${rule("match: ['{L0}']")}`;
    // What is remembered has to be told apart wherever it stands; anything else is written once.
    assert.match(problems(text("'{who:啊}'")).at(-1)!, /展开后太大/);
    assert.doesNotMatch(problems(text('啊')).at(-1) ?? '', /展开后太大/);
  });
});

suite('detectors and rules about the flow', () => {
  const more = `steps:
  - { id: confirm, name: { zh: 确认, en: Confirm }, purpose: { zh: 甲, en: A } }
replies:
  - { id: self, name: { zh: 本人, en: Self }, about: { zh: 甲, en: A }, heard: [asks] }
`;
  const detector = (text = 'match: [请问]'): string => `detectors:
  - id: asks
    title: { zh: 询问, en: Asks }
    ${text}
    examples: { does: [请问, 请问您, 请问谁], not: [甲, 乙, 丙] }
`;
  const flow = (text: string): string => `flow:
  - id: mine/f
    category: step-order
    severity: error
    title: { zh: 甲, en: A }
    message: { zh: 甲, en: A }
    why: { zh: 甲, en: A }
    sources: [S]
    ${text}
    examples: { bad: ["【甲】\\n坐席：⟦您好。⟧"], good: ["【甲】\\n坐席：请问"] }
`;
  const all = (detectors: string, flows: string): string => head + more + detectors + flows;

  test('are read, with the places of their examples', () => {
    const text = all(
      detector('match: [请问, { all: [您, 谁], within: clause }]\n    speaker: party\n    variables: [money]'),
      flow(
        'kind: forbids-after\n    event: { says: [asks] }\n    after: { takes: [self], facts: { identity: confirmed } }\n    until: { performs: [confirm], ends: [outcome] }\n    fixes: [{ kind: go-to-step, step: confirm }]',
      ),
    );
    const { pack, problems: found, examples } = loadPack([{ path: 'mine.yaml', text }]);
    assert.deepEqual(found, []);
    assert.deepEqual(pack?.detectors.map(({ id, speaker, match, variables }) => [id, speaker, match, variables])[0], [
      'asks',
      'party',
      [
        { all: ['请问'], within: 'sentence' },
        { all: ['您', '谁'], within: 'clause' },
      ],
      ['money'],
    ]);
    const [rule] = pack!.flow;
    assert.deepEqual(rule?.after, {
      says: [],
      performs: [],
      takes: ['self'],
      facts: { identity: ['confirmed'] },
      ends: [],
    });
    assert.deepEqual(rule.until?.ends, ['outcome']);
    assert.deepEqual(rule.examples.bad, [{ text: '【甲】\n坐席：您好。', mark: { start: 7, end: 10 } }]);
    const lines = text.split('\n');
    for (const example of [...pack!.detectors.flatMap((each) => [...each.examples.does, ...each.examples.not])]) {
      const { line, character, end } = examples.get(example)!;
      assert.equal(lines[line]!.slice(character, end.character), example.text);
    }
    assert.ok([...rule.examples.bad, ...rule.examples.good].every((example) => examples.has(example)));
  });

  test('mistakes in detectors are reported at their line and column', () => {
    for (const [text, expected] of [
      ["match: ['请(问']", /^12:15 括号没有合上/],
      ['unless: [nowhere]\n    match: [请问]', /^12:14 没有名为“nowhere”的语境/],
      ['rules: [mine/x]', /^12:13 没有名为“mine\/x”的规则/],
      ['unless: []', /^10:5 需要 match、variables、repeats 或 rules 之一/],
      ['variables: [euro]\n    match: [请问]', /^12:17 “euro”不是可用的值/],
      ['speaker: bot\n    match: [请问]', /^12:14 “bot”不是可用的值/],
      ['macth: [请问]', /^12:5 没有“macth”这个键，是不是想写“match”/],
    ] as const)
      assert.match(problems(head + more + detector(text))[0] ?? '', expected, text);
    const few = detector().replace('does: [请问, 请问您, 请问谁]', 'does: [请问]');
    assert.match(problems(head + more + few)[0]!, /^13:15 does 和 not 各至少 3 句/);
    assert.match(problems(head + more + detector() + detector().replace('detectors:\n', ''))[0]!, /“asks”出现了两次/);
    assert.match(problems(head + more)[0]!, /^8:78 没有名为“asks”的识别项/);
  });

  test('mistakes in rules about the flow are reported at their line and column', () => {
    for (const [text, expected] of [
      ['kind: requires-befor', /^22:11 “requires-befor”不是可用的值，是不是想写“requires-before”/],
      ['kind: requires-before\n    event: { says: [asks] }', /^15:5 “requires-before”还需要：requires。/],
      ['kind: max-count', /^15:5 “max-count”还需要：event、max。/],
      ['kind: must-reach\n    requires: { says: [ask] }', /^23:24 没有名为“ask”的识别项/],
      ['kind: must-reach\n    requires: { performs: [confirmed] }', /^23:28 没有名为“confirmed”的步骤/],
      ['kind: must-reach\n    requires: { takes: [selves] }', /^23:25 没有名为“selves”的回复类别/],
      ['kind: must-reach\n    requires: { facts: { identity: [known] } }', /^23:37 “known”不是可用的值/],
      ['kind: must-reach\n    requires: { ends: [over] }', /^23:24 “over”不是可用的值/],
      ['kind: must-reach\n    requires: { say: [asks] }', /^23:17 没有“say”这个键，是不是想写“says”/],
      ['kind: must-reach\n    requires: {}', /^23:15 至少写一样：says、performs/],
      ['kind: must-offer\n    replies: [[self, nobody]]', /^23:22 没有名为“nobody”的回复类别/],
      ['kind: max-count\n    event: { says: [asks] }\n    max: few', /^24:10 “few”不是可用的值/],
      ['kind: limits\n    limits: { hours: 8-22 }', /^23:22 请写成 8:00-22:00/],
      ['kind: must-reach\n    requires: { says: [asks] }\n    where: { channels: [fax] }', /^24:25 “fax”不是可用的值/],
      [
        'kind: must-reach\n    requires: { says: [asks] }\n    fixes: [{ kind: go-to-step, step: nowhere }]',
        /^24:39 没有名为“nowhere”的步骤/,
      ],
    ] as const)
      assert.match(problems(all(detector(), flow(text)))[0] ?? '', expected, text);
    const rule = flow('kind: must-reach\n    requires: { says: [asks] }');
    assert.match(problems(all(detector(), rule.replace('mine/f', 'f')))[0]!, /^15:9 规则编号应为“mine\/…”/);
    assert.match(problems(all(detector(), rule.replace(/good: .*\]/, 'good: []')))[0]!, /正例和反例各至少一个/);
    assert.deepEqual(loadPack([{ path: 'mine.yaml', text: all(detector(), rule) }]).problems, []);
  });

  test('a rule of which a part cannot be read is left out: it would mean something else', () => {
    const rules = (text: string): number =>
      loadPack([{ path: 'mine.yaml', text: all(detector(), flow(text)) }]).pack!.flow.length;
    assert.equal(rules('kind: must-reach\n    requires: { says: [asks] }'), 1);
    assert.equal(rules('kind: must-reach\n    requires: { says: [asks, ask] }'), 0);
    assert.equal(rules('kind: must-reach\n    requires: { says: [asks], facts: { identity: [known] } }'), 0);
    assert.equal(rules('kind: must-offer\n    replies: [[self, nobody]]'), 0);
  });
});

suite('patterns', () => {
  const found = (pattern: string, text: string): string[] => {
    assert.equal(parsePattern(pattern).problem, undefined, pattern);
    return [
      ...matchesOf(
        new Program(pattern, new Map([['亲友', [parsePattern('(爸|妈|老公公|老公)').pattern]]])),
        new Reading(fold(text)),
      ),
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
    const [match] = matchesOf(new Program('{who:你|您}{0-3}滚', new Map()), new Reading(fold('请您快滚')));
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
    const program = new Program(`${'(啊|啊啊)?{0-30}'.repeat(20)}完`, new Map());
    const started = performance.now();
    assert.deepEqual([...matchesOf(program, new Reading(foldPlain('啊'.repeat(5_000))))], []);
    assert.ok(performance.now() - started < 10_000);
  });
});

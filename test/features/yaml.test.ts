import assert from 'node:assert/strict';
import type { CompletionItem, MarkupContent, TextEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { completion } from '../../server/src/features/completion.ts';
import { definition } from '../../server/src/features/definition.ts';
import { hover } from '../../server/src/features/hover.ts';
import { examinePack, moved } from '../../server/src/host/packExamples.ts';
import { pack, yamlFixture } from './yamlFixture.ts';

/** The small pack with something else in the place of `old`; `$0` is the cursor. */
const packWith = (old: string, other: string): string => {
  assert.ok(pack.includes(old), old);
  return pack.replace(old, () => other);
};

function items(text: string, name?: string): readonly CompletionItem[] {
  const { context, params } = yamlFixture(text, name);
  return completion.run(context, params).items.toSorted((a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''));
}

const labels = (text: string, name?: string): string[] => items(text, name).map(({ label }) => label);

/** The text after an item is chosen. */
function chosen(text: string, label: string, name?: string): string {
  const item = items(text, name).find((each) => each.label === label);
  assert.ok(item, `no “${label}” among ${labels(text, name).join(' ')}`);
  const document = TextDocument.create('file:///w/a.yaml', 'yaml', 1, text.replace('$0', ''));
  return TextDocument.applyEdits(document, [item.textEdit as TextEdit]);
}

function hovered(text: string, name?: string): string | undefined {
  const { context, params } = yamlFixture(text, name);
  const found = hover.run(context, params);
  return found ? (found.contents as MarkupContent).value : undefined;
}

suite('completion in rule packs', () => {
  test('keys that are not there yet, the required ones first', () => {
    assert.deepEqual(labels(`${pack}$0`), [
      'version',
      'title',
      'turns',
      'disowned',
      'evidence',
      'detectors',
      'flow',
      'knowledge',
      'edges',
      'discreet',
    ]);
    assert.deepEqual(labels(packWith('title: { zh: 否定, en: Negation }, reach: clause-before', '$0')).slice(0, 2), [
      'title',
      'reach',
    ]);
    const inRule = labels(packWith('    unless: [negated]', '    $0'));
    assert.ok(inRule.includes('unless') && inRule.includes('inside'));
    assert.ok(!inRule.includes('match') && !inRule.includes('sources'));
    assert.deepEqual(labels(packWith('{ zh: 违法, en: Illegal }', '{ zh: 违法, $0 }')), ['en']);
  });

  test('nothing is offered in a text that goes on from the line above', () => {
    assert.deepEqual(labels('pack: a\n"a long long text\n$0'), []);
  });

  test('a key brings what its value needs', () => {
    assert.equal(chosen('pack: a\ntit$0', 'title'), 'pack: a\ntitle:\n  zh: $1\n  en: $2');
    assert.match(chosen(packWith('unless: [negated]', 'unl$0'), 'unless'), /\n {4}unless: \[\$1\]\n/);
    assert.match(chosen(packWith('unless: [negated]', 'unl$0: [negated]'), 'unless'), /\n {4}unless: \[negated\]\n/);
    assert.match(
      chosen(packWith('unless: [negated]', 'inside:$0').replace('inside:', 'ins'), 'inside'),
      /inside:\n {6}- '\$1'\n/,
    );
    assert.match(
      chosen(`${pack}  - $0`, '全部必填的键'),
      /\n {2}- id: mine\/\$1\n {4}category: \$2\n[\s\S]*\n {6}bad:\n {8}- \$12\n/,
    );
    assert.match(chosen('pack: a\nrules:\n  $0', '全部必填的键'), /\n {2}- id: a\/\$1\n {4}category/);
  });

  test('values: closed sets, and whatever the pack defines', () => {
    for (const [old, typed, expected] of [
      ['category: threat-violence', 'category: $0', 'insult-abuse'],
      ['severity: error', 'severity: w$0', 'warning'],
      ['binding: law', 'binding: $0', 'judicial'],
      ['evidence: primary', 'evidence: $0', 'near-verbatim'],
      ['[LAW-1]', '[$0]', 'LAW-1'],
      ['[LAW-1]', '\n      - $0', 'LAW-1'],
      ['unless: [negated]', 'when: [$0]', 'negated'],
      ['unless: [negated]', 'where: { channels: [phone, $0] }', 'sms'],
      ['unless: [negated]', 'where:\n      stages: [$0]', 'M4+'],
      ['unless: [negated]', 'where:\n      steps: [$0]', 'confirm'],
      ['unless: [negated]', 'lifted: { listener: $0 }', 'minor'],
      ['[再不还就打你,', '[{ text: 打你, because: $0 },', 'inside'],
      ['variables:', 'evidence:\n  - { fact: identity, value: $0 }\nvariables:', 'unconfirmed'],
    ] as const) {
      assert.ok(labels(packWith(old, typed)).includes(expected), `${typed}: ${labels(packWith(old, typed)).join(' ')}`);
    }
    for (const [typed, expected] of [
      ['detectors: [{ speaker: $0 }]', 'party'],
      ['detectors: [{ variables: [$0] }]', 'money'],
      ['detectors: [{ rules: [$0] }]', 'mine/threat'],
      ['detectors: [{ unless: [$0] }]', 'negated'],
      ['flow:\n  - kind: $0', 'requires-before'],
      ['flow:\n  - category: $0', 'recording-notice'],
      ['flow:\n  - event: { performs: [$0] }', 'confirm'],
      ['flow:\n  - event: { takes: [$0] }', 'self'],
      ['flow:\n  - requires: { facts: { identity: [$0] } }', 'confirmed'],
      ['flow:\n  - requires: { ends: [$0] }', 'transfer'],
      ['flow:\n  - replies: [[$0]]', 'self'],
      ['flow:\n  - fixes: [{ kind: $0 }]', 'insert-step'],
      ['flow:\n  - fixes: [{ kind: insert-step, step: $0 }]', 'confirm'],
      ['flow:\n  - where: { channels: [$0] }', 'bot'],
      [
        'detectors: [{ id: asks, title: { zh: 问, en: Asks }, match: [请问] }]\nflow:\n  - event: { says: [$0] }',
        'asks',
      ],
    ] as const) {
      const found = labels(`${pack}${typed}`);
      assert.ok(found.includes(expected), `${typed}: ${found.join(' ')}`);
    }
    assert.deepEqual(labels(packWith('[negated]', '[negated, $0]')), []);
    assert.equal(
      items(packWith('category: threat-violence', 'category: 暴$0'))[0]!.filterText,
      'threat-violence 暴力与人身威胁',
    );
  });

  test('in braces: lexicons and gaps in patterns, captures and variables in texts', () => {
    const match = "['打{who:你|您}']";
    assert.deepEqual(labels(packWith(match, "['{$0}打']")), ['亲友', '数', '0-4', '0-12,', '0-3 words']);
    assert.match(chosen(packWith(match, "\n      - '打{亲$0'"), '亲友'), /- '打\{亲友\}'/);
    const fix = labels(packWith('unless: [negated]', "fixes: [{ replace: match, with: '{$0}' }]"));
    assert.deepEqual(fix.slice(0, 3), ['match', 'who', '工号']);
    const says = packWith(
      'purpose: { zh: 确认, en: Confirm }',
      "purpose: { zh: 确认, en: Confirm }, templates: [{ says: ['{$0}'] }]",
    );
    assert.equal(labels(says)[0], '客户称呼');
  });

  test('nothing in texts, comments and YAML files of others', () => {
    assert.deepEqual(labels(packWith('zh: 违法', 'zh: 违$0法')), []);
    assert.deepEqual(labels(`${pack}# $0`), []);
    assert.deepEqual(labels('services:\n  $0', 'compose.yaml'), []);
    assert.deepEqual(labels('pack: mine\n$0', 'other.yaml').slice(0, 2), ['version', 'title']);
  });

  test('no text breaks it', () => {
    for (let end = 0; end < pack.length; end += 31) labels(`${pack.slice(0, end)}$0`);
    for (let at = 0; at < pack.length; at += 29) hovered(`${pack.slice(0, at)}$0${pack.slice(at)}`);
  });
});

suite('completion in huashu.yaml', () => {
  test('keys, packs, rules, categories and levels', () => {
    assert.deepEqual(labels('$0', 'huashu.yaml'), ['packs', 'asOf', 'rules', 'overrides', 'root']);
    assert.ok(labels('packs: [$0]', 'huashu.yaml').includes('cn-credit-card'));
    const rules = labels('rules:\n  cn/no-insult: off\n  $0', 'huashu.yaml');
    assert.ok(
      ['cn/no-threat-of-violence', 'threat-violence', 'dead-end', 'step-order'].every((each) => rules.includes(each)),
    );
    assert.ok(!rules.includes('cn/no-insult'));
    assert.deepEqual(labels('rules:\n  dead-end: $0', 'huashu.yaml'), ['error', 'warning', 'info', 'hint', 'off']);
    assert.equal(chosen('rules:\n  cn/no-ins$0: off', 'cn/no-insult', 'huashu.yaml'), 'rules:\n  cn/no-insult: off');
    assert.deepEqual(labels('asOf: $0', 'huashu.yaml'), ['2026-11-23']);
  });
});

suite('hover and definition in YAML', () => {
  test('keys, values and names are explained', () => {
    for (const [old, typed, expected] of [
      ['severity', 'sev$0erity', /必填[\s\S]*有多严重[\s\S]*`warning`　警告/],
      ['threat-violence', 'threat$0-violence', /暴力与人身威胁[\s\S]*`mine\/threat` 不得威胁（错误）/],
      ['[LAW-1]', '[LAW$0-1]', /《某法》第68条[\s\S]*不得威胁[\s\S]*法律 · 已核对原文/],
      ['[negated]', '[neg$0ated]', /语境：否定[\s\S]*`` 不会 ``/],
      ['binding: law', 'binding: la$0w', /法律/],
      ["'打{who", "'{亲$0友}打{who", /词表[\s\S]*老婆/],
      ["'打{who", "'打{0-$06,}{who", /最多 6 个任意字符，可以跨逗号/],
      ['id: mine/threat', 'id: mine/$0threat', /不得威胁[\s\S]*违法/],
    ] as const) {
      assert.match(hovered(packWith(old, typed)) ?? '', expected, typed);
    }
    for (const [typed, expected] of [
      ['flow:\n  - kind: requires-be$0fore', /每条路径上/],
      ['flow:\n  - ki$0nd: limits', /必填[\s\S]*规则的种类/],
      ['flow:\n  - requires: { en$0ds: [outcome] }', /对话这样结束/],
      ['flow:\n  - fixes: [{ kind: insert-st$0ep }]', /插入 step 的范本/],
      ['flow:\n  - event: { takes: [se$0lf] }', /是本人/],
      ['detectors: [{ spea$0ker: party }]', /听谁的话/],
    ] as const)
      assert.match(hovered(`${pack}${typed}`) ?? '', expected, typed);
    assert.match(
      hovered('rules:\n  cn/identity-before-disc$0losure: off', 'huashu.yaml') ?? '',
      /可以这样改[\s\S]*看什么[\s\S]*坐席的话（透露账务/,
    );
    assert.match(
      hovered('rules:\n  cn/no-thr$0eat-of-violence: off', 'huashu.yaml') ?? '',
      /不得威胁人身安全[\s\S]*依据/,
    );
    assert.match(hovered('rules:\n  dead-$0end: off', 'huashu.yaml') ?? '', /对话没有下文/);
    assert.match(hovered('pac$0ks: [cn-credit-card]', 'huashu.yaml') ?? '', /没有写“规则包”/);
    assert.equal(hovered('serv$0ices: {}', 'compose.yaml'), undefined);
  });

  test('names lead to what they stand for', () => {
    const lineOf = (text: string): number | undefined => {
      const { context, params } = yamlFixture(text);
      return definition.run(context, params)?.range.start.line;
    };
    const line = (text: string): number => pack.slice(0, pack.indexOf(text)).split('\n').length - 1;
    assert.equal(lineOf(packWith('[LAW-1]', '[LA$0W-1]')), line('LAW-1:'));
    assert.equal(lineOf(packWith('[negated]', '[ne$0gated]')), line('negated:'));
    assert.equal(lineOf(packWith("'打{who", "'{亲$0友}打{who")), line('亲友:'));
  });
});

suite('examples in the editor', () => {
  test('failures go along with their examples while the pack is tried again', () => {
    const before = yamlFixture(packWith('您好,', '我要打您,')).sheet!.pack!;
    const after = yamlFixture(packWith('您好,', '我要打您,').replace('rules:', '# …\nrules:')).sheet!.pack!;
    const failed = [...examinePack(before, '2026-11-23', new Set())].flat();
    assert.equal(moved(failed, after)[0]!.problem.problem.line, failed[0]!.problem.problem.line + 1);
    assert.deepEqual(moved(failed, yamlFixture(pack).sheet!.pack!), []);
  });

  const failing = (text: string): string[] => {
    const { sheet } = yamlFixture(text);
    return [...examinePack(sheet!.pack!, '2026-11-23', new Set())].flat().map(
      ({
        problem: {
          problem: { line, character, end, message },
        },
      }) => `${line + 1}:${character + 1}-${end.character + 1} ${message.zh}`,
    );
  };

  test('those that fail are found at their place', () => {
    assert.deepEqual(failing(pack), []);
    const at = pack.split('\n').findIndex((line) => line.includes('good: ')) + 1;
    assert.deepEqual(failing(packWith('您好,', '我要打您,')), [`${at}:22-26 误报 mine/threat“打您”：我要打您`]);
    assert.deepEqual(failing(packWith('明天打你一顿', '{ text: 明天揍你一顿 }')), [
      `${at - 1}:28-44 没有发现：明天揍你一顿`,
    ]);
  });

  const detecting = `detectors:
  - id: says-goodbye
    title: { zh: 道别, en: Says goodbye }
    match: [再见]
    examples:
      does: [再见, 您好再见, 那再见]
      not: [您好, 请问, 好的]
flow:
  - id: mine/goodbye
    category: step-missing
    severity: info
    kind: ends-with
    title: { zh: 道别, en: Goodbye }
    message: { zh: 没有道别, en: No goodbye }
    why: { zh: 礼貌, en: Polite }
    sources: [LAW-1]
    event: { says: [says-goodbye] }
    examples:
      bad: ["【甲】\\n坐席：您好。\\n⟦结束：完成⟧"]
      good: ["【甲】\\n坐席：再见。\\n结束：完成"]
`;

  test('those of detectors and of rules about the flow as well', () => {
    const text = pack + detecting;
    const line = (of: string): number => text.slice(0, text.indexOf(of)).split('\n').length;
    assert.deepEqual(failing(text), []);
    assert.deepEqual(failing(text.replace('那再见]', '那好]')), [`${line('does: ')}:24-26 没有认出：那好`]);
    assert.deepEqual(failing(text.replace('[您好, 请问', '[您好, 再见了')), [`${line('not: ')}:17-20 误认：再见了`]);
    const [wrong] = failing(text.replace('坐席：再见。', '坐席：您好。'));
    assert.match(wrong ?? '', new RegExp(`^${line('good: ["')}:14-\\d+ 误报“结束：完成”`));
    const [elsewhere] = failing(text.replace('您好。\\n⟦结束：完成⟧', '⟦您好。⟧\\n结束：完成'));
    assert.match(elsewhere ?? '', new RegExp(`^${line('bad: ["')}:13-\\d+ 划线的是“结束：完成”`));
  });
});

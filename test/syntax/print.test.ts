import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../../server/src/base/edit.ts';
import { alike } from '../../server/src/syntax/alike.ts';
import { parseCondition, variablesKnown } from '../../server/src/syntax/condition.ts';
import type { Line } from '../../server/src/syntax/line.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { print } from '../../server/src/syntax/print.ts';
import type { Tree } from '../../server/src/syntax/tree.ts';

function formatted(source: string): string {
  return applyEdits(source, print(parse(source)));
}

/** Lines that stand alone; those that are written the same in a script of either language. */
const lines: readonly (readonly [before: string, after: string])[] = [
  ['[开场]自报身份,录音告知', '【开场】 自报身份、录音告知'],
  ['［ 开场 】　自报身份 、 录音告知', '【开场】 自报身份、录音告知'],
  ['【Opening】Identify yourself、Recording notice', '[Opening] Identify yourself, Recording notice'],
  ['->说明目的', '→ 说明目的'],
  ['－》 公共 ／ [ 告知渠道 ]', '→ 公共/【告知渠道】'],
  ['＝》Close', '-> Close'],
  ['　坐席:您好， 请问？  ', '坐席：您好， 请问？'],
  ['坐席 ( 语气平和 ) :  您好(先生)/女士:好 -> 吧 ', '坐席（语气平和）：您好(先生)/女士:好 -> 吧'],
  ['Agent：您好，{工号}｛x｝', 'Agent: 您好，{工号}｛x｝'],
  ['Agent（calm）:Hello', 'Agent (calm): Hello'],
  ['Agent：', 'Agent:'],
  ['客户:我是', '客户：我是'],
  ['客户(是本人):是我/我就是->说明目的', '客户（是本人）：是我／我就是 → 说明目的'],
  ['客户（是本人）： 是我 ／／ 我就是／ → 说明目的', '客户（是本人）：是我／我就是 → 说明目的'],
  ['客户(有困难(失业)):“还/不还->了”/"好"→结束', '客户（有困难(失业)）：“还/不还->了”／"好" → 结束'],
  ['客户（无应答）→重复', '客户（无应答） → 重复'],
  ['客户（无应答）：→重复', '客户（无应答） → 重复'],
  ['客户(无应答):', '客户（无应答）：'],
  ['Customer（Self）：Yes／That is me→Close', 'Customer (Self): Yes / That is me -> Close'],
  ['third party(Other)->Close', 'third party (Other) -> Close'],
  ['若:逾期天数大于60->了解原因', '若：逾期天数 大于 60 → 了解原因'],
  ['若：逾期天数>=60  且非是否结清或 甲＝“ 乙 ”→ 丙', '若：逾期天数 >= 60 且 非 是否结清 或 甲 ＝ “ 乙 ” → 丙'],
  ['If:days>60 and not paid->Close', 'If: days > 60 and not paid -> Close'],
  ['若：大于 → 丙', '若：大于 → 丙'],
  ['提示:不要  提账务', '提示：不要  提账务'],
  ['Note：none', 'Note: none'],
  ['记录:承诺日＝客户所说 = 日期', '记录：承诺日 = 客户所说 = 日期'],
  ['记录：｛承诺日｝=x', '记录：｛承诺日｝ = x'],
  ['插入: 公共／告知渠道', '插入：公共/告知渠道'],
  ['结束 :受理', '结束：受理'],
  ['End：done', 'End: done'],
  [
    '豁免(本节):cn/x,原因:a，b，审批：合规部,至:2027-06-30',
    '豁免（本节）：cn/x，原因：a，b，审批：合规部，至：2027-06-30',
  ],
  ['Allow：cn/x，reason：why, really，until：2027-06-30', 'Allow: cn/x, reason: why, really, until: 2027-06-30'],
  ['Allow（node）：cn/x，reason：why', 'Allow (node): cn/x, reason: why'],
  ['用例:家人接听', '用例：家人接听'],
  ['设定:逾期天数=20,客户称呼＝王先生', '设定：逾期天数 = 20，客户称呼 = 王先生'],
  ['Given：days=20，name=Li', 'Given: days = 20, name = Li'],
  ['客户说:“是我”', '客户说：“是我”'],
  ['不得:“逾期”,欠款， 最低', '不得：“逾期”、欠款、最低'],
  ['Never：debt、bill', 'Never: debt, bill'],
  ['期望:甲,乙', '期望：甲、乙'],
  ['  #备注 （x） ', '#备注 （x）'],
  ['＃备注', '＃备注'],
];

/** What is wrong or unfinished stays as it is, but for blanks at its ends where it has a class. */
const untouched: readonly string[] = [
  '您好,我是:坐席',
  ' 小王:您好 ',
  '坐席您好 ',
  '[开场',
  '客户(其他->结束',
  '客户(其他)好->结束',
  '若:逾期天数>60',
  '豁免:规则 多余,别的,原因:x',
  '设定:天数',
  '期望:',
  '记录:x',
  '->',
];

suite('canonical layout', () => {
  for (const [before, after] of lines) {
    test(before, () => {
      assert.equal(formatted(`${before}\n`), `${after}\n`);
      assert.equal(formatted(`${after}\n`), `${after}\n`);
    });
  }

  for (const line of untouched) test(`${line} stays`, () => assert.equal(formatted(`${line}\n`), `${line}\n`));

  test('a line that is not written to its end loses the blanks around it', () => {
    assert.equal(formatted('　若:逾期天数>60  \n'), '若:逾期天数>60\n');
  });

  test('headings and jumps are written as most lines of the script, the others as their own word', () => {
    assert.equal(
      formatted('[Opening]\nAgent：Hi\n坐席:您好\n→Close\nNote:x\n'),
      '[Opening]\nAgent: Hi\n坐席：您好\n-> Close\nNote: x\n',
    );
    assert.equal(formatted('[Opening]\n坐席:Hi\n->Close\n'), '【Opening】\n坐席：Hi\n→ Close\n');
    assert.equal(formatted('[Opening]\n→Close\n[结束语]\n'), '[Opening]\n-> Close\n\n【结束语】\n');
  });

  test('a declared role is written as the script is', () => {
    assert.equal(
      formatted('---\n角色: {Amy: 坐席}\n---\n\n【开场】\nAmy:您好\n坐席：好\n'),
      '---\n角色: {Amy: 坐席}\n---\n\n【开场】\nAmy：您好\n坐席：好\n',
    );
  });

  test('one blank line above nodes and scenarios, and above the remarks that belong to them', () => {
    assert.equal(
      formatted('\n \n# 甲\n【甲】\n坐席：好\n\n　\n\n→ 乙\n# 乙\n豁免：x，原因：y\n【乙】\n用例：一\n期望：乙\n\n\n'),
      '# 甲\n【甲】\n坐席：好\n\n→ 乙\n\n# 乙\n豁免：x，原因：y\n【乙】\n\n用例：一\n期望：乙\n',
    );
  });

  test('a suppression of the rest of a node stays with it', () => {
    assert.equal(formatted('豁免（全文）：x，原因：y\n【甲】\n'), '豁免（全文）：x，原因：y\n\n【甲】\n');
  });

  test('line ends and the byte-order mark are kept, and new line ends are like the first', () => {
    assert.equal(formatted('\ufeff【甲】\r\n坐席:好\r\n【乙】'), '\ufeff【甲】\r\n坐席：好\r\n\r\n【乙】\r\n');
    assert.equal(formatted('\ufeff \n\n [甲]'), '\ufeff【甲】\n');
    assert.equal(formatted('\ufeff－－－\r话术：x\r---\r'), '\ufeff---\r话术: x\r---\r');
    assert.equal(formatted(''), '');
    assert.equal(formatted('\ufeff\n\n'), '\ufeff');
  });

  test('a fence does not move to the first line, where it would open front matter', () => {
    assert.equal(formatted('\n\n---\n话术: x\n---\n'), '\n---\n话术: x\n---\n');
  });

  test('front matter: what YAML would not see becomes YAML; values and remarks stay', () => {
    assert.equal(
      formatted(
        '———\n话术：标题：含“冒号”，逗号  # 备注：甲\n规则包：【cn-credit-card，./a.yaml】　＃ 包\n变量：\n　天数：｛类型：整数，样例:12｝\n说明：|\n  甲：乙，丙 \n---\n',
      ),
      '---\n话术: 标题：含“冒号”，逗号  # 备注：甲\n规则包: [cn-credit-card, ./a.yaml]  # 包\n变量:\n  天数: {类型: 整数, 样例: 12}\n说明: |\n  甲：乙，丙 \n---\n',
    );
  });

  test('front matter that YAML cannot read stays', () => {
    const broken = '---\n话术：x\n变量：{甲：［}\n---\n';
    assert.equal(formatted(broken), broken);
  });

  test('the edits are small: none reaches into what is spoken', () => {
    const source = ' 坐席 (平和):您好->再见 \n';
    assert.deepEqual(
      print(parse(source)).map(({ start, end, newText }) => `${source.slice(start, end)}|${newText}`),
      [' |', ' (|（', '):|）：', ' |'],
    );
  });
});

/** Everything of a script that has a meaning: lines but blank ones, nodes, conditions, front matter. */
function meaningOf(tree: Tree): unknown {
  const variables = variablesKnown(tree);
  const indexes = new Map<number, number>();
  const lines = tree.lines.flatMap(({ line, index }): unknown[] => {
    if (line.kind === 'blank' || line.kind === 'front-matter') return [];
    indexes.set(index, indexes.size);
    return [wordsOf(line, variables)];
  });
  const numbers = (of: readonly { readonly index: number }[]): unknown =>
    of.flatMap(({ index }) => indexes.get(index) ?? []);
  const nodes = tree.nodes.map(({ heading, lead, branches }) => [
    heading && indexes.get(heading.index),
    numbers(lead),
    branches.map(({ branch, body }) => [indexes.get(branch.index), numbers(body)]),
  ]);
  const scenarios = tree.scenarios.map((each) => [indexes.get(each.heading.index), numbers(each.lines)]);
  const { frontMatter } = tree;
  return [lines, nodes, scenarios, frontMatter.lines, frontMatter];
}

function wordsOf(line: Line, variables: readonly string[]): unknown {
  if (line.kind !== 'guard') return line;
  return { ...line, condition: parseCondition(line.condition, variables).condition ?? line.condition };
}

function spoken(tree: Tree): string[] {
  return tree.lines.flatMap(({ line }) =>
    'speech' in line ? [line.speech.text] : line.kind === 'record' ? [line.value.text] : [],
  );
}

function assertLaws(source: string): void {
  const before = parse(source);
  const edits = print(before);
  let at = 0;
  for (const { start, end } of edits) {
    assert.ok(start >= at && end >= start, `edits overlap in ${JSON.stringify(source)}`);
    at = end;
  }
  const once = applyEdits(source, edits);
  const after = parse(once);
  const told = JSON.stringify([source, once]);
  assert.ok(alike(meaningOf(after), meaningOf(before)), `another meaning: ${told}`);
  assert.deepEqual(spoken(after), spoken(before), told);
  assert.equal(formatted(once), once, `not done at once: ${told}`);
}

const root = join(import.meta.dirname, '../..');
const scriptsBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.huashu'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
const samples = scriptsBelow('samples');
const scripts = [...samples, ...scriptsBelow('test/quality/flow')];

/** Always the same numbers. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const tokens =
  '坐席 客户 第三方 Agent Customer 小王 若 If 提示 记录 插入 结束 End 豁免 Allow 用例 设定 客户说 期望 不得 本节 全文 是本人 其他 重复 甲 乙 天数 大于 60 且 非 or 原因 审批 reason 至 2027-01-01 您好 {工号} ｛x 公共'
    .split(' ')
    .concat([
      '：',
      ':',
      '（',
      '(',
      '）',
      ')',
      '【',
      '[',
      '】',
      ']',
      '，',
      ',',
      '、',
      '／',
      '/',
      '→',
      '->',
      '-》',
      '——>',
      '=',
      '＝',
    ])
    .concat([
      '“',
      '”',
      '"',
      '「',
      '」',
      '#',
      '＃',
      '---',
      '———',
      ' ',
      '  ',
      '\u3000',
      '\u200b',
      '\ufeff',
      '\t',
      '\ud800',
      '|',
      '>',
      '{',
      '}',
    ])
    .concat(['\n', '\n', '\n', '\r\n', '\n\n', '\n\n\n', '\r']);

suite('canonical layout, for any text at all', () => {
  test('the samples are laid out so', () => {
    for (const source of samples) assert.equal(formatted(source), source);
  });

  test('the same meaning, the same speech, and done at once: scripts, and the beginnings of some', () => {
    for (const source of scripts) assertLaws(source);
    for (const source of samples)
      for (let length = 0; length < source.length; length += 97) assertLaws(source.slice(0, length));
  }).timeout(30_000);

  test('scripts with their signs in other widths and blanks anywhere', () => {
    const random = randomOf(7);
    const others: { readonly [sign: string]: string } = {
      '：': ':',
      '（': '(',
      '）': ')',
      '，': ',',
      '、': ',',
      '／': '/',
      '→': '->',
      '【': '[',
      '】': ']',
      ':': '：',
      '(': '（',
      ')': '）',
      ',': '，',
      '[': '［',
      ']': '】',
      '{': '｛',
      '}': '｝',
      '/': '／',
    };
    for (const source of scripts) {
      const mixed = source.replace(/[：（），、／→【】:(),[\]{}/\n]/g, (sign) => {
        const way = random(6);
        if (sign === '\n') return way === 0 ? '\n　' : way === 1 ? ' \n' : way === 2 ? '\n\n' : sign;
        return way < 2 ? (others[sign] ?? sign) : way === 2 ? ` ${sign}` : way === 3 ? `${sign} ` : sign;
      });
      assertLaws(mixed);
    }
  }).timeout(30_000);

  test('random texts', () => {
    const random = randomOf(1);
    for (let i = 0; i < 8_000; i++) {
      const front = random(4) === 0 ? '---\n' : '';
      assertLaws(front + Array.from({ length: 1 + random(24) }, () => tokens[random(tokens.length)]).join(''));
    }
  }).timeout(60_000);

  test('in linear time', () => {
    const time = (count: number): number => {
      const nodes = Array.from(
        { length: count },
        (_, i) =>
          `[节点${i}]步骤甲，步骤乙\n坐席:您好{工号}\n  若:天数大于${i}且非 结清->节点1\n客户(是本人):是我/我就是->节点2\n客户（其他）→ 节点3\n记录:日期${i % 9}=明天\n\n\n#备注 \n`,
      );
      const tree = parse(nodes.join(''));
      let best = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 5; i++) {
        const started = performance.now();
        print(tree);
        best = Math.min(best, performance.now() - started);
      }
      return best;
    };
    const [small, large] = [time(300), time(1200)];
    assert.ok(large < Math.max(200, small * 12), `${small.toFixed()} ms, ${large.toFixed()} ms`);
  });

  test('signs without end on one line', () => {
    for (const sign of ['坐席（', '客户（其他）：/', '若：“', '【【', '->', '豁免：，原因：', '设定：=,'])
      assertLaws(`${sign.repeat(1 + Math.floor(19_000 / sign.length))}\n`);
  }).timeout(10_000);
});

import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/edit.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { print } from '../../server/src/syntax/print.ts';

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

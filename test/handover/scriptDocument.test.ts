import assert from 'node:assert/strict';
import mammoth from 'mammoth';
import { isLine } from '../../server/src/syntax/tree.ts';
import { bytesOf, everyScript, opened } from './ways.ts';

const source = `---
话术: 提醒 <1>
渠道: 电话
变量:
  天数: {类型: 整数, 样例: 12}
---
# 给看的人
【开场】 自报身份
提示：语气平和
坐席（轻声）：您好，逾期{天数}天。
若：天数 大于 60 → 转人工
客户（愿意还款）：今天／明天 → 道别
客户（有异议）：不对
记录：异议 = 客户所述
豁免：cn/no-insult，原因：内部
坐席：我为您登记。
客户（其他）

【道别】
坐席：再见 & <祝好>。
结束：完成

用例：甲
客户说：其他
`;

/** The text of a page without tags and blanks. */
function plain(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>|<[^>]+>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, '');
}

suite('a script as a document', () => {
  test('says at each step what is said, what the customer may answer, and where that leads; nothing for checkers alone', async () => {
    const html = new TextDecoder().decode(await bytesOf(source, 'html'));
    const text = plain(html.replace(/[\s\S]*<\/nav>/, ''));
    assert.equal(
      text,
      [
        '渠道电话变量变量类型样例取值范围说明天数整数12流程图',
        '开场自报身份提示：语气平和坐席（轻声）：您好，逾期{天数}天。若：天数大于60→转人工',
        '对方回应坐席应对下一步',
        '客户：愿意还款今天／明天道别',
        '客户：有异议不对记录：异议=客户所述坐席：我为您登记。道别',
        '客户：其他道别',
        '道别坐席：再见&<祝好>。结束：完成',
      ].join(''),
    );
    assert.match(html, /<h1>提醒 &#60;1&#62;<\/h1>/);
    // A target leads to the heading of its node.
    const [, id] = /<h2 id="(L[0-9a-f]+)">道别/.exec(html)!;
    assert.ok(html.includes(`<a href="#${id}">道别</a>`));
    assert.doesNotMatch(html, /<script|(?:src|href)="(?!data:|#)/i);
  });

  test('in Word it says the same, and everything that is spoken in every sample', async () => {
    for (const [path, text] of [...everyScript()].filter(([each]) => each.startsWith('samples/'))) {
      const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await bytesOf(text, 'docx')) });
      const written = value.replace(/\s+/g, '');
      for (const placed of opened(text).script.tree.lines)
        if (isLine(placed, 'utterance')) assert.ok(written.includes(placed.line.speech.text.replace(/\s+/g, '')), path);
    }
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await bytesOf(source, 'docx')) });
    const html = new TextDecoder()
      .decode(await bytesOf(source, 'html'))
      .replace(/[\s\S]*<body>|<nav>[\s\S]*<\/nav>/g, '');
    assert.equal(value.replace(/\s+/g, ''), plain(html));
  });

  test('what no XML can hold is replaced, and the document stays whole', async () => {
    const text = '【开场】\n坐席：您\u0001好\ud800。\n';
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await bytesOf(text, 'docx')) });
    assert.match(value, /您\ufffd好\ufffd。/);
    assert.match(new TextDecoder().decode(await bytesOf(text, 'html')), /您\ufffd好\ufffd。/);
  });
});

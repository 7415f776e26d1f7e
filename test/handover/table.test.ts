import assert from 'node:assert/strict';
import { strFromU8, unzipSync } from 'fflate';
import { csvOf } from '../../server/src/handover/csv.ts';
import { bookOf, linesSheet, scriptOfSheets } from '../../server/src/handover/table.ts';
import { bytesOf, opened, readBack } from './ways.ts';

const source = `---
话术: 提醒
时段: 8:00-20:00
变量:
  天数: {类型: 整数, 样例: 12, 说明: "截至今天, 含当天"}
---
【开场】 自报身份
坐席（语气平和）：您好，逾期{天数}天。
若：天数 大于 60 → 转人工
客户（愿意还款）：今天还／“明天/后天” → 结束
客户（其他）
→ 结束

用例：愿意
客户说：愿意还款
期望：结束
`;

type Cells = (string | number)[];

/** The rows below the titles, and what the script becomes when they are changed. */
function table(text = source): { readonly rows: Cells[]; back(): string } {
  const { sheets } = bookOf(opened(text).script);
  const copies = sheets.map(({ columns, rows }) => ({
    titles: columns.map(({ title }) => title),
    rows: rows.map((row) => [...row]),
  }));
  return {
    rows: copies[0]!.rows,
    back: () =>
      scriptOfSheets(copies.map(({ titles, rows }) => ({ rows: [titles, ...rows.map((row) => row.map(String))] })))!,
  };
}

suite('a script as a table', () => {
  test('a row a line, with its node, who speaks, what is said, how long that is, and where it leads', () => {
    const { columns, rows } = linesSheet(opened(source).script);
    assert.deepEqual(
      columns.map(({ title }) => title),
      ['编号', '节', '标准步骤', '类型', '说话人', '内容', '回复类别', '去向', '字数', '秒数', '原文'],
    );
    assert.deepEqual(
      rows.slice(0, 6).map((row) => row.slice(1)),
      [
        ['开场', '自报身份', '节', '', '', '', '', '', '', ''],
        ['开场', '自报身份', '台词', '坐席（语气平和）', '您好，逾期{天数}天。', '', '', 9, 1.8, ''],
        ['开场', '自报身份', '若', '', '天数 大于 60', '', '转人工', '', '', ''],
        ['开场', '自报身份', '回复', '客户', '今天还／“明天/后天”', '愿意还款', '结束', '', '', ''],
        ['开场', '自报身份', '回复', '客户', '', '其他', '', '', '', ''],
        ['开场', '自报身份', '跳转', '', '', '', '结束', '', '', ''],
      ],
    );
    assert.deepEqual(rows[6], ['', '', '', '', '', '', '', '', '', '', '']);
  });

  test('an id stays while other lines come, go and change', () => {
    const ids = (text: string) => {
      const { columns, rows } = linesSheet(opened(text).script);
      assert.equal(columns[0]?.title, '编号');
      return new Map(rows.map((row) => [`${row[5]}${row[6]}`, row[0]]));
    };
    const before = ids(source);
    const after = ids(
      source
        .replace('若：天数 大于 60 → 转人工\n', '')
        .replace('【开场】 自报身份\n', '# 备注\n\n【开场】\n坐席：早上好。\n')
        .replace('→ 结束\n\n用例', '→ 转人工\n\n用例'),
    );
    for (const key of ['您好，逾期{天数}天。', '其他', '今天还／“明天/后天”愿意还款'])
      assert.equal(after.get(key), before.get(key), key);
    assert.match(String(before.get('其他')), /^L[0-9a-f]{10}$/);
    assert.equal(new Set(before.values()).size, before.size);
  });

  test('what is changed in a cell is changed in the script, and nothing else is', () => {
    const { rows, back } = table();
    rows[1]![5] = '您好，这里是{机构}。';
    rows[3]![7] = '转人工';
    rows[4]![6] = '拒绝';
    assert.equal(
      back(),
      source
        .replace('您好，逾期{天数}天。', '您好，这里是{机构}。')
        .replace('“明天/后天” → 结束', '“明天/后天” → 转人工')
        .replace('（其他）', '（拒绝）'),
    );
  });

  test('a row that somebody adds needs no type, and one with a new name begins a node', () => {
    const { rows, back } = table();
    const row = (cells: { readonly [index: number]: string }): Cells =>
      Array.from({ length: 11 }, (_, index) => cells[index] ?? '');
    rows.splice(
      6,
      0,
      row({ 1: '道别', 2: '结束通话', 4: '坐席', 5: '再见。\n祝您愉快。' }),
      row({ 1: '道别', 7: '结束' }),
    );
    rows[0]![1] = '招呼';
    assert.match(
      back(),
      /【招呼】 自报身份\n坐席（语气平和）：[^【]*\n\n【道别】 结束通话\n坐席：再见。 祝您愉快。\n→ 结束\n\n用例/,
    );
  });

  test('the front matter is written anew where its cells say something else', () => {
    const { sheets } = bookOf(opened(source).script);
    const changed = sheets.map(({ columns, rows }) => ({
      rows: [
        columns.map(({ title }) => title),
        ...rows.map((row) => row.map((cell) => String(cell).replace('截至今天, 含当天', '截至昨天: 不含当天'))),
      ],
    }));
    // The line as it was is there as well, but says something else now.
    changed[1]!.rows = changed[1]!.rows.map((row) =>
      row.map((cell) => cell.replace('截至昨天: 不含当天', '截至今天, 含当天')),
    );
    assert.match(
      scriptOfSheets(changed)!,
      /^---\n话术: 提醒\n时段: 8:00-20:00\n变量:\n {2}天数: \{类型: 整数, 样例: 12, 说明: "截至昨天: 不含当天"\}\n---\n【开场】/,
    );
  });

  test('a layout of one’s own comes back along with what has not changed', () => {
    const own = '[开场]自报身份\n  坐席: 您好。\n客户(其他):喂  ->  结束\n【坏';
    const { rows, back } = table(own);
    assert.equal(back(), `${own}\n`);
    rows[1]![5] = '早。';
    assert.equal(back(), '[开场]自报身份\n坐席：早。\n客户(其他):喂  ->  结束\n【坏\n');
  });

  test('in English the table is English', () => {
    const { columns, rows } = linesSheet(
      opened('[Opening] recording-notice\nAgent: Hello.\nCustomer (Other): Hi -> End\n').script,
    );
    assert.equal(
      columns.map(({ title }) => title).join(' '),
      'Id Node Steps Type Speaker Text Reply Target Characters Seconds Source',
    );
    assert.deepEqual(
      rows.map((row) => row.slice(3, 8).join('|')),
      ['Node||||', 'Line|Agent|Hello.||', 'Reply|Customer|Hi|Other|End'],
    );
  });

  test('another table is none of ours', () => {
    assert.equal(
      scriptOfSheets([
        {
          rows: [
            ['环节', '话术'],
            ['开场', '您好'],
          ],
        },
      ]),
      undefined,
    );
    assert.equal(scriptOfSheets([]), undefined);
  });
});

suite('a workbook', () => {
  test('its sheets have names, filters, titles that stay, and a hidden column for the way back', async () => {
    const parts = unzipSync(await bytesOf(source, 'xlsx'));
    const part = (name: string): string => strFromU8(parts[name]!);
    assert.deepEqual(part('xl/workbook.xml').match(/name="[^"]+"/g), ['name="话术"', 'name="信息"', 'name="变量"']);
    assert.match(part('xl/worksheets/sheet1.xml'), /<autoFilter ref="A1:K11"\/>/);
    assert.match(part('xl/worksheets/sheet1.xml'), /<col min="11" max="11" [^>]*hidden="1"/);
    assert.equal(part('xl/worksheets/sheet1.xml').match(/hidden=/g)?.length, 1);
    assert.match(part('xl/worksheets/sheet1.xml'), /ySplit="1"/);
  });

  test('the same script has the same bytes, and no cell is a formula', async () => {
    const text = '【=1+1】\n坐席：=HYPERLINK("http://example.com")\n坐席：+86\n';
    const bytes = await bytesOf(text, 'xlsx');
    assert.deepEqual(await bytesOf(text, 'xlsx'), bytes);
    assert.doesNotMatch(strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml']!), /<f>/);
    assert.equal(await readBack(bytes, 'xlsx'), text);
  });
});

suite('comma-separated values', () => {
  test('begin with the mark of UTF-8 and quote what needs it', () => {
    const csv = csvOf(linesSheet(opened('【开场】\n坐席：您好，“请”问"谁"。\n').script));
    assert.match(csv, /^\ufeff编号,节,/);
    assert.match(csv, /\r\n[^\r\n]+,开场,,台词,坐席,"您好，“请”问""谁""。",,,11,[\d.]+,\r\n$/);
  });

  test('hold nothing that a spreadsheet would work out, in any width, and say the same again when they are read', async () => {
    const said = ['=1+1', '+86 10', '-5', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠甲', "'=1", '=cmd|/c calc!A0'];
    const text = `【开场】\n${said.map((each) => `坐席：${each}\n`).join('')}`;
    const bytes = await bytesOf(text, 'csv');
    const cells = new TextDecoder()
      .decode(bytes)
      .split(/[,\r\n]+/)
      .map((cell) => cell.replace(/^"/, ''));
    assert.deepEqual(
      cells.filter((cell) => /^[=+\-@\t＝＋－＠]/.test(cell)),
      [],
    );
    assert.equal(await readBack(bytes, 'csv'), text);
  });
});

import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/documents/documents.ts';
import { type Content, importContent } from '../../server/src/importing/importing.ts';
import { bundledSet } from '../packs.ts';
import { archive, excelFiles, p, wordFiles, wordTable } from './office.ts';

async function opened(name: string, bytes: Uint8Array): Promise<Content> {
  const result = await openDocument(name, bytes);
  assert.ok('content' in result, 'refused' in result ? result.refused.zh : '');
  return result.content;
}

async function scriptOf(name: string, bytes: Uint8Array): Promise<string> {
  return importContent(await opened(name, bytes), { packs: bundledSet, day: '2026-06-01' }).body;
}

const script = '坐席：您好，请问是张先生吗？\n客户：是我。\n';

suite('documents', () => {
  test('Word: headings, text and tables', async () => {
    const table = wordTable([
      ['客户回应', '下一步'],
      ['是本人', '说明来意'],
      ['打错了', '结束'],
    ]);
    const body = `${p('核实身份', '1')}${p('坐席：请问是XX先生吗？')}${table}${p('说明来意', '1')}${p('“您的账单到期了。”')}`;
    assert.equal(
      await scriptOf('话术.docx', archive(wordFiles(body))),
      '【核实身份】\n坐席：请问是{客户称呼}吗？\n客户（是本人） → 说明来意\n客户（打错了） → 结束\n\n【说明来意】\n坐席：您的账单到期了。\n',
    );
  });

  test('Word: underlined blanks are filled in', async () => {
    const blank = '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">      </w:t></w:r>';
    const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
    const body = `<w:p>${run('坐席：您欠款')}${blank}${run('元。')}</w:p>`;
    assert.equal(await scriptOf('a.docx', archive(wordFiles(body))), '坐席：您欠款{应还金额}元。\n');
  });

  test('Excel: columns, and cells that were merged', async () => {
    const rows = [
      ['环节', '话术', '客户回应', '下一步'],
      ['开场', '您好，请问是XX女士吗？', '是本人', '说明来意'],
      ['', '', '打错了', '结束通话'],
      ['说明来意', '您的账单逾期XX天', '', '结束'],
    ];
    assert.equal(
      await scriptOf('a.xlsx', archive(excelFiles(rows))),
      '【开场】\n坐席：您好，请问是{客户称呼}吗？\n客户（是本人） → 说明来意\n客户（打错了） → 结束\n\n【说明来意】\n坐席：您的账单逾期{逾期天数}天\n→ 结束\n',
    );
  });

  const gbk = new Uint8Array([0xd7, 0xf8, 0xcf, 0xaf, 0xa3, 0xba, 0xc4, 0xfa, 0xba, 0xc3, 0xa1, 0xa3]);
  const utf16 = (text: string, bom: boolean): Uint8Array =>
    new Uint8Array(Buffer.from((bom ? '\ufeff' : '') + text, 'utf16le'));
  test('text in UTF-8, GBK and UTF-16', async () => {
    assert.equal(await scriptOf('a.txt', new TextEncoder().encode(`\ufeff${script}`)), script);
    assert.equal(await scriptOf('a.txt', gbk), '坐席：您好。\n');
    assert.equal(await scriptOf('a.txt', utf16(script, true)), script);
    assert.equal(await scriptOf('a.txt', utf16(script, false)), script);
    assert.equal(
      await scriptOf(
        'a.txt',
        new Uint8Array(Buffer.from(`\ufeff${script}`, 'utf16le')).map((_, i, all) => all[i ^ 1] ?? 0),
      ),
      script,
    );
  });

  test('a page that says its encoding', async () => {
    const head = new TextEncoder().encode('<meta charset=gb2312><p>');
    assert.equal(await scriptOf('a.htm', new Uint8Array([...head, ...gbk])), '坐席：您好。\n');
  });

  const zeros = (megabytes: number): Uint8Array => new Uint8Array(megabytes * 1024 * 1024);
  const word = wordFiles(p('坐席：您好'));
  const bomb = archive({ ...word, 'word/document.xml': zeros(40) });
  /** The directory claims that the bomb is small. */
  const liar = bomb.slice();
  for (let at = 0; at + 4 < liar.length; at++) {
    const view = new DataView(liar.buffer);
    if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) > 1e7)
      view.setUint32(at + 24, 100, true);
  }
  const entity =
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document>&a;</w:document>';
  const vast = excelFiles([['话术']])['xl/worksheets/sheet1.xml']!.replace('r="A1"', 'r="XFD1048576"');
  /** A workbook whose only cell is placed somewhere. */
  const placed = (row: string, cell = 'A1'): Uint8Array => {
    const files = excelFiles([['话术']]);
    const sheet = files['xl/worksheets/sheet1.xml']!.replace(/(<row\b[^>]*?\sr=")[^"]*/, `$1${row}`);
    return archive({ ...files, 'xl/worksheets/sheet1.xml': sheet.replace('r="A1"', `r="${cell}"`) });
  };
  const cells = (count: number): string => '<c><v>1</v></c>'.repeat(count);
  const unplaced = (rows: string): Uint8Array => {
    const files = excelFiles([['话术']]);
    const sheet = files['xl/worksheets/sheet1.xml']!.replace(
      /<sheetData>.*<\/sheetData>/s,
      `<sheetData>${rows}</sheetData>`,
    );
    return archive({ ...files, 'xl/worksheets/sheet1.xml': sheet });
  };
  const sheets = excelFiles([['话术']])['xl/workbook.xml']!.replace(/<sheet\b[^>]*\/>/, (sheet) => sheet.repeat(300));
  const hostile: readonly (readonly [string, string, Uint8Array, RegExp])[] = [
    ['a bomb', 'a.docx', bomb, /过大/],
    ['a bomb whose directory lies', 'a.docx', liar, /过大/],
    [
      'many parts that are large together',
      'a.docx',
      archive({ ...word, 'word/a.xml': zeros(12), 'word/b.xml': zeros(12), 'word/c.xml': zeros(12) }),
      /过大/,
    ],
    [
      'too many entries',
      'a.docx',
      archive({ ...word, ...Object.fromEntries(Array.from({ length: 2500 }, (_, i) => [`x${i}`, ''])) }),
      /过大/,
    ],
    ['entities', 'a.docx', archive({ ...word, 'word/document.xml': entity }), /不安全/],
    [
      'a document type in a workbook',
      'a.xlsx',
      archive({ ...excelFiles([['话术']]), 'xl/styles.xml': '<!DOCTYPE a><a/>' }),
      /不安全/,
    ],
    [
      'a cell far away',
      'a.xlsx',
      archive({ ...excelFiles([['话术']]), 'xl/worksheets/sheet1.xml': vast }),
      /工作表过大/,
    ],
    ['a row beyond numbers', 'a.xlsx', placed('99999999999'), /工作表过大/],
    ['a row that is no number', 'a.xlsx', placed('Infinity'), /损坏/],
    ['a cell that is a number of another kind', 'a.xlsx', placed('1', 'A1e9'), /损坏/],
    ['a cell in a column beyond letters', 'a.xlsx', placed('1', 'ZZZZZZZZZ1'), /损坏/],
    ['a cell that is written in codes', 'a.xlsx', placed('1', 'A&#49;e9'), /损坏/],
    ['more cells than a row has, without places', 'a.xlsx', unplaced(`<row>${cells(300)}</row>`), /工作表过大/],
    [
      'more rows than a sheet has, without places',
      'a.xlsx',
      unplaced(`<row>${cells(1)}</row>`.repeat(20_001)),
      /工作表过大/,
    ],
    [
      'one sheet named again and again',
      'a.xlsx',
      archive({ ...excelFiles([['话术']]), 'xl/workbook.xml': sheets }),
      /工作表太多/,
    ],
    [
      'cells that no sheet has',
      'a.xlsx',
      archive({
        ...excelFiles([['话术']]),
        'xl/_rels/workbook.xml.rels': excelFiles([['话术']])['xl/_rels/workbook.xml.rels']!.replace(
          'Id="r1"',
          'Id="r2"',
        ),
      }),
      /损坏/,
    ],
    ['elements without end', 'a.docx', archive(wordFiles('<w:p>'.repeat(100_000))), /损坏/],
    ['a workbook called Word', 'a.docx', archive(excelFiles([['话术']])), /不是 \.docx/],
    ['half an archive', 'a.docx', archive(word).slice(0, 400), /损坏/],
    ['no archive', 'a.xlsx', new TextEncoder().encode('话术'), /不是 \.xlsx/],
    ['an archive called text', 'a.txt', archive(word), /扩展名不对/],
    ['an old document', 'a.doc', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1]), /旧版/],
    ['a PDF', 'a.pdf', new TextEncoder().encode('%PDF-1.7'), /PDF/],
    ['something else', 'a.png', new Uint8Array([0x89, 0x50]), /不能导入/],
    ['bytes that are no text', 'a.txt', new Uint8Array([0x80, 0xff, 0x00, 0x00, 0x81]), /编码/],
    ['five megabytes of text', 'a.txt', zeros(5), /过大/],
  ];

  test('a chart among the sheets of a workbook is passed over', async () => {
    const files = excelFiles([['话术']]);
    const book = files['xl/workbook.xml']!.replace('</sheets>', '<sheet name="图" sheetId="2" r:id="r9"/></sheets>');
    const links = files['xl/_rels/workbook.xml.rels']!.replace(
      /<Relationship (?=[^>]*worksheet).*?\/>/,
      (link) => link + link.replace('r1', 'r9').replace(/worksheets?/g, (word) => word.replace('work', 'chart')),
    );
    const bytes = archive({ ...files, 'xl/workbook.xml': book, 'xl/_rels/workbook.xml.rels': links });
    const result = await openDocument('a.xlsx', bytes);
    assert.deepEqual('content' in result && result.content, {
      kind: 'tables',
      sheets: [{ name: '话术', rows: [['话术']] }],
    });
  });

  for (const [title, name, bytes, why] of hostile) {
    test(`refuses ${title}`, async () => {
      const begin = performance.now();
      const result = await openDocument(name, bytes);
      assert.ok('refused' in result);
      assert.match(result.refused.zh, why);
      assert.ok(result.refused.en.length > 10);
      assert.ok(performance.now() - begin < 3000);
    });
  }
});

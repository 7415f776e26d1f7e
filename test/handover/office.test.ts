import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { linesSheet } from '../../server/src/handover/table.ts';
import { rowsOf } from '../../server/src/importing/plainText.ts';
import { isLine } from '../../server/src/syntax/tree.ts';
import { bytesOf, opened } from './ways.ts';

const sample = readFileSync('samples/信用卡逾期电话提醒.huashu', 'utf8');

// LibreOffice is large, and no test of ours brings it along: apt-get install libreoffice-writer libreoffice-calc
suite('LibreOffice opens what is exported', function () {
  this.timeout(180_000);
  let folder: string;

  suiteSetup(function () {
    if (spawnSync('soffice', ['--version']).status !== 0) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'huashu-office-'));
  });
  suiteTeardown(() => folder && rmSync(folder, { recursive: true, force: true }));

  /** A file in another format, as LibreOffice writes it. */
  function converted(name: string, bytes: Uint8Array, to: string): string {
    writeFileSync(join(folder, name), bytes);
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile'))}`;
    const { status, stderr } = spawnSync(
      'soffice',
      [profile, '--headless', '--convert-to', to, '--outdir', folder, name],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    assert.equal(status, 0, stderr);
    const ending = to.slice(0, to.indexOf(':'));
    const written = readdirSync(folder).find(
      (each) => each.startsWith(name.replace(/\.[^.]*$/, '')) && each.endsWith(`.${ending}`),
    );
    assert.ok(written, `${to}: ${stderr}`);
    return readFileSync(join(folder, written), 'utf8').replace(/^\ufeff/, '');
  }

  test('the document, with every sentence in it', async () => {
    const text = converted('a.docx', await bytesOf(sample, 'docx'), 'txt:Text (encoded):UTF8').replace(/\s+/g, '');
    for (const placed of opened(sample).script.tree.lines)
      if (isLine(placed, 'utterance')) assert.ok(text.includes(placed.line.speech.text.replace(/\s+/g, '')));
  });

  test('the flow that is drawn in it, with its letters', async function () {
    // From Debian's package poppler-utils.
    if (spawnSync('pdftotext', ['-v']).status !== 0) this.skip();
    converted('c.docx', await bytesOf(sample, 'docx'), 'pdf:writer_pdf_Export');
    const { stdout } = spawnSync('pdftotext', ['c.pdf', '-'], { cwd: folder, encoding: 'utf8' });
    const words = stdout.split(/\s*\n\s*/);
    // A card has the name alone in its line, and there is a heading besides.
    for (const { heading } of opened(sample).script.tree.nodes) {
      const { name, steps } = heading!.line;
      const found = words.filter((each) => each === name.text).length;
      assert.ok(found >= (steps.length > 0 ? 1 : 2), name.text);
    }
  });

  test('the workbook, cell by cell', async () => {
    // Comma, quotation mark, UTF-8, texts as they are shown, the first sheet.
    const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1';
    const rows = rowsOf(converted('b.xlsx', await bytesOf(sample, 'xlsx'), filter), ',');
    const { columns, rows: ours } = linesSheet(opened(sample).script);
    const expected = [columns.map(({ title }) => title), ...ours.map((row) => row.map(String))];
    assert.deepEqual(rows.slice(0, expected.length), expected);
  });
});

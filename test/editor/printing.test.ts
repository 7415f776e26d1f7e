import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { exported } from '../../server/src/documents/exporting.ts';
import { reportedAs } from '../../server/src/documents/reporting.ts';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { isLine } from '../../server/src/syntax/tree.ts';
import { today, uriOf } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';

const pictures = path.resolve('out/screenshots/printing');

suite('pages in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  suiteSetup(async () => {
    const { HUASHU_BROWSER: executablePath } = process.env;
    if (!executablePath) throw new Error('The editor tests are run by `npm test -- editor`.');
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  suiteTeardown(() => browser?.close());

  const workspace = createWorkspace({ bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today });
  const opened = async (name: string) =>
    workspace.set(uriOf(name), 0, await readFile(path.join('samples', `${name}.huashu`), 'utf8'));

  for (const what of ['a script', 'a report'] as const)
    test(`${what} is shown and printed whole, and asks for nothing`, async () => {
      const script = await opened('信用卡逾期电话提醒');
      await opened('公共');
      const snapshot = workspace.snapshot();
      const nameOf = (uri: string): string => decodeURIComponent(uri);
      const bytes =
        what === 'a script'
          ? await exported('html', script, snapshot, 'zh-CN')
          : (await reportedAs('html', { script, snapshot, language: 'zh-CN', nameOf, version: '1' })).bytes;
      const page = await browser.newPage({ viewport: { width: 900, height: 1200 } });
      const asked: string[] = [];
      const wrong: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => wrong.push(message.text()));
      page.on('pageerror', (error) => wrong.push(error.message));
      await page.setContent(new TextDecoder().decode(bytes), { waitUntil: 'load' });
      await page.emulateMedia({ media: 'print' });
      const text = ((await page.evaluate('document.body.innerText')) as string).replace(/\s+/g, '');
      for (const placed of script.tree.lines)
        if (isLine(placed, 'utterance')) assert.ok(text.includes(placed.line.speech.text.replace(/\s+/g, '')));
      assert.ok(await page.evaluate('[...document.images].every((image) => image.complete && image.naturalWidth > 0)'));
      // Nothing is wider than a sheet of paper.
      await page.setViewportSize({ width: 680, height: 1000 });
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
      const pdf = await page.pdf({
        preferCSSPageSize: true,
        printBackground: true,
        path: path.join(pictures, `${what}.pdf`),
      });
      const sheets = [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
        ([, width, height]) => [Number(width), Number(height)].map(Math.round).join('×'),
      );
      assert.ok(sheets.length > 5, `${sheets.length}`);
      // A4, and the flow across it.
      assert.deepEqual([...new Set(sheets)].sort(), ['595×842', '842×595']);
      assert.deepEqual([asked.filter((url) => !url.startsWith('data:')), wrong], [[], []]);
      await page.close();
    });
});

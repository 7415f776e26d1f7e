import assert from 'node:assert/strict';
import { scriptOfJson } from '../../server/src/handover/fromJson.ts';
import { bookOf, scriptOfSheets } from '../../server/src/handover/table.ts';
import { jsonOf } from '../../server/src/handover/toJson.ts';
import { randomOf } from '../chance.ts';
import { bytesOf, everyScript, opened, readBack } from './ways.ts';

/** A workbook has no line ends, and ends where its last row does. */
function asInBook(source: string): string {
  return `${source.replace(/\r\n?/g, '\n').replace(/\n*$/, '')}\n`;
}

function throughBook(source: string): string | undefined {
  const { sheets } = bookOf(opened(source).script);
  return scriptOfSheets(
    sheets.map(({ columns, rows }) => ({
      rows: [columns.map(({ title }) => title), ...rows.map((row) => row.map(String))],
    })),
  );
}

function throughJson(source: string): string {
  const { script, snapshot } = opened(source);
  const read = scriptOfJson(JSON.stringify(jsonOf(script, snapshot)));
  return 'script' in read ? read.script : read.refused.en;
}

suite('there and back', function () {
  this.timeout(120_000);
  const scripts = everyScript();

  test('every script of the repository comes back from JSON and from a workbook as it was, to the byte', async () => {
    assert.ok(scripts.size > 500);
    for (const [path, source] of scripts) {
      assert.equal(throughJson(source), source, path);
      assert.equal(throughBook(source), asInBook(source), path);
    }
    for (const [path, source] of [...scripts].filter(([each]) => each.startsWith('samples/'))) {
      assert.equal(await readBack(await bytesOf(source, 'xlsx'), 'xlsx'), asInBook(source), path);
      assert.equal(await readBack(await bytesOf(source, 'json'), 'json'), source, path);
    }
  });

  test('so does one that somebody is still writing, and one that is broken', () => {
    const random = randomOf(7);
    const signs = '：:（）()【】[]→->=／/、，,#“”"「」{}｛ \u3000\u2028---若提示豁免用例结束\ufeff\r\n';
    const all = [...scripts.values()].filter((source) => source.length > 1000);
    for (let round = 0; round < 200; round++) {
      let source = (all[random(all.length)] as string).slice(0, 800 + random(2500));
      for (let cut = random(12); cut > 0; cut--) {
        const at = random(source.length);
        const rest = source.slice(at + random(3));
        source = source.slice(0, at) + (random(2) === 0 ? rest : signs.charAt(random(signs.length)) + rest);
      }
      // Line ends of several kinds in one file become the one kind that it has.
      const one = source.includes('\r\n') ? source.replace(/\r\n|\r|\n/g, '\r\n') : source.replace(/\r/g, '\n');
      assert.equal(throughJson(one), one);
      assert.equal(throughBook(one), asInBook(one));
    }
  });
});

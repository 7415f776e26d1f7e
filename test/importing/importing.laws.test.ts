import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { type Content, importContent } from '../../server/src/importing/importing.ts';
import { assertParses, contentOf, folder, options } from './importFixture.ts';

suite('importing anything at all', () => {
  const names = readdirSync(folder).filter((name) => /\.(?:txt|md|html|csv)$/.test(name));

  test('any cut of any source gives a script that parses', () => {
    for (const name of names) {
      const { kind, text } = contentOf(name) as { kind: 'text'; text: string };
      for (let end = 0; end < text.length; end += 37)
        assertParses(importContent({ kind, text: text.slice(0, end) }, options));
    }
  });

  const hostile: { readonly [title: string]: Content } = {
    'a megabyte of one line': { kind: 'text', text: `坐席：您好，${'请问您方便吗'.repeat(170_000)}` },
    'a megabyte of short lines': { kind: 'text', text: '1. 您好：“{X→\n'.repeat(30_000) },
    'brackets and quotes': { kind: 'text', text: '（【“"{<'.repeat(120_000) },
    'blanks to fill in': { kind: 'text', text: `坐席：${'XX月_'.repeat(60_000)}` },
    'tabs and quotes': { kind: 'text', text: '"\t""a\t'.repeat(150_000) },
    'deep HTML': { kind: 'html', text: `${'<div><table><tr><td>'.repeat(50_000)}您好` },
    'deep lists': { kind: 'html', text: `${'<ul><li>'.repeat(100_000)}您好` },
    'tags that never end': { kind: 'html', text: '<'.repeat(1_000_000) },
    entities: { kind: 'html', text: '&amp;&#x4f60;&nbsp;'.repeat(50_000) },
    'spans of cells': {
      kind: 'html',
      text: `<table>${'<tr><td rowspan=99999 colspan=99999>您好</td></tr>'.repeat(2000)}</table>`,
    },
    'Markdown marks': { kind: 'markdown', text: '**__`[a](|\\'.repeat(100_000) },
    'a table of commas': { kind: 'csv', text: `话术,客户回应\n${',"'.repeat(300_000)}` },
    'controls and halves of characters': {
      kind: 'text',
      text: '坐席：\u0000\ud800您\u202e好\u2028是\ufeff\n\udc00：\n',
    },
  };
  for (const [title, content] of Object.entries(hostile)) {
    test(`bears ${title}`, () => {
      const begin = performance.now();
      assertParses(importContent(content, options));
      assert.ok(performance.now() - begin < 20_000, `${Math.round(performance.now() - begin)} ms`);
    }).timeout(40_000);
  }
});

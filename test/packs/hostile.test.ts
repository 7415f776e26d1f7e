import assert from 'node:assert/strict';
import { readConfig } from '../../server/src/model/config.ts';
import { loadPack } from '../../server/src/packs/load.ts';
import { parse } from '../../server/src/syntax/parse.ts';

/** Nine of nine of nine …: written out it would fill the memory of the world. */
const laughs = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefghi'].map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]`),
].join('\n');

const bombs: readonly (readonly [string, string])[] = [
  ['aliases of aliases', laughs],
  ['keys that are merged', 'x: &x {a: 1}\ny: {<<: *x, <<: [*x, *x]}'],
  // The process itself would end when its stack does in the middle of an expression.
  ['brackets without end', '['.repeat(100_000)],
  ['braces without end', '{a: '.repeat(20_000)],
  ['lists in lists without end', '- '.repeat(50_000)],
  ['keys of keys without end', '? '.repeat(20_000)],
  ['very many keys', Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join('\n')],
  ['very many anchors', Array.from({ length: 5_000 }, (_, index) => `k${index}: &a${index} x`).join('\n')],
  ['a very long text', `id: ${'x'.repeat(3_000_000)}`],
  ['tags without end', `id: ${'!!a '.repeat(2_000)}x`],
  ['very many documents', '---\n'.repeat(20_000)],
  ['names of what objects have anyway', '__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}'],
];

suite('hostile YAML', function () {
  this.timeout(20_000);
  for (const [title, text] of bombs) {
    test(`${title}: what is wrong is said, in a pack, a configuration and front matter`, () => {
      assert.ok(loadPack([{ path: 'pack.yaml', text }]).problems.length > 0);
      assert.ok(readConfig('huashu.yaml', text).problems.length > 0);
      // The first of many fences ends the front matter, and there is nothing wrong with it.
      const { problems } = parse(`---\n${text}\n---\n【甲】\n`).frontMatter;
      assert.ok(problems.length > 0 || text.startsWith('---'));
      assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    });
  }
});

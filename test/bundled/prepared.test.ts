import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataOf } from '../../server/src/base/bytes.ts';
import { type Prepared, prepare } from '../../server/src/rules/compiledPack.ts';
import { bundledPacks } from '../packs.ts';

suite('what comes along with the bundled packs', () => {
  const dist = join(import.meta.dirname, '../../dist');

  test('the packs are those of the sources', () => {
    assert.deepEqual(JSON.parse(readFileSync(join(dist, 'packs.utf16'), 'utf16le')), bundledPacks);
  });

  test('what their patterns need was worked out as it would be now', () => {
    const kept = dataOf(readFileSync(join(dist, 'packs.bin'))) as readonly Prepared[];
    assert.equal(kept.length, bundledPacks.length);
    for (const [index, pack] of bundledPacks.entries()) {
      const fresh = prepare(pack);
      assert.ok(fresh.looking.rules.index!.triggers.length > 300, pack.id);
      assert.deepEqual(kept[index], fresh, pack.id);
    }
  });
});

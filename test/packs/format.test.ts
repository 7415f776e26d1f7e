import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configForm } from '../../server/src/model/configSchema.ts';
import { couldBePart, packAmong } from '../../server/src/packs/packFolder.ts';
import { packForm } from '../../server/src/packs/packSchema.ts';
import { type Form, keysOf, type Shape } from '../../server/src/packs/shape.ts';
import { parseYaml } from '../../server/src/packs/yamlText.ts';

/** Every key anywhere in a format. */
function* keysIn(shape: Shape): Generator<string> {
  if (shape.kind === 'list' || shape.kind === 'table') yield* keysIn(shape.of);
  else if (shape.kind === 'either') yield* keysIn(shape.long);
  else if (shape.kind === 'form') {
    for (const key of keysOf(shape)) {
      yield key;
      yield* keysIn((shape as Form).fields[key]!.shape);
    }
  }
}

suite('formats of YAML files', () => {
  for (const [page, form] of [
    ['packs', packForm],
    ['configuration', configForm],
  ] as const) {
    for (const file of [`${page}.md`, `${page}.zh-CN.md`]) {
      test(`docs/${file} tells of every key`, () => {
        const text = readFileSync(join(import.meta.dirname, '../../docs', file), 'utf8');
        const missing = [...new Set(keysIn(form))].filter((key) => !new RegExp(`\\b${key}\\b`).test(text));
        assert.deepEqual(missing, []);
      });
    }
  }

  for (const file of ['packs.md', 'packs.zh-CN.md', 'configuration.md', 'configuration.zh-CN.md']) {
    test(`what docs/${file} shows is YAML`, () => {
      const text = readFileSync(join(import.meta.dirname, '../../docs', file), 'utf8');
      // Indented blocks are pieces of what stands above them.
      const blocks = [...text.matchAll(/^```yaml\n(?! )([\s\S]*?)^```/gm)].map(([, block = '']) => block);
      assert.ok(blocks.length > 0);
      for (const block of blocks) assert.deepEqual([...parseYaml(block).errors], [], block);
    });
  }

  test('a folder is a pack where one file says so and no key belongs to something else', () => {
    const file = (text: string): { text: string; yaml: ReturnType<typeof parseYaml> } => ({
      text,
      yaml: parseYaml(text),
    });
    const [whole, rules, slip, empty] = ['pack: a', 'rules: []', 'rulez: []', ''].map(file);
    const [compose, other, items] = ['version: 3\nservices: {}', 'pack: b', '- a'].map(file);
    assert.deepEqual(packAmong([whole!, rules!, slip!, empty!, compose!, items!]), [whole, rules, slip, empty]);
    assert.deepEqual(packAmong([whole!, other!, rules!]), []);
    assert.deepEqual(packAmong([rules!]), []);
    assert.ok(couldBePart(parseYaml('rul')));
  });
});

import assert from 'node:assert/strict';
import { copyOf, type Script, scriptOf, unusual } from '../../server/src/model/script.ts';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { check } from '../../server/src/rules/check.ts';
import { longScript } from '../bench/scripts.ts';
import { pieces, randomOf } from '../chance.ts';
import { liveBytes } from '../liveBytes.ts';
import { bundledPacks } from '../packs.ts';

const settings = { bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today: '2026-06-01' };
const front = '---\n规则包: [cn-credit-card]\n---\n';
const scenario = '用例：走一遍\n客户说：是本人\n期望：甲/结尾\n';

/** What every script of a workspace is asked for. */
function brief({ outward, names, hasScenarios, packs }: Script): unknown {
  return { files: outward.map(({ file, node }) => [file, node]), names, hasScenarios, packs };
}

suite('a script that is edited', () => {
  test('is the one of its text, whether or not each state is read, and whatever is said to have been replaced', () => {
    const random = randomOf(31);
    const piece = (): string => pieces[random(pieces.length)] as string;
    let source = `${front}${longScript(2)}${scenario}`;
    const workspace = createWorkspace(settings);
    workspace.set('file:///w/a.huashu', 0, source);
    for (let version = 1; version < 600; version++) {
      const from = random(source.length + 1);
      const to = Math.min(source.length, from + random(4));
      const before = source;
      source = source.slice(0, from) + piece() + source.slice(to);
      // Told of another text than the one before, it counts for nothing.
      const replaced = random(5) === 0 ? { before: '', start: 0, end: 0 } : { before, start: from, end: to };
      const script = workspace.set('file:///w/a.huashu', version, source, random(5) === 0 ? undefined : replaced);
      if (random(3) > 0) continue;
      const fresh = scriptOf('file:///w/a.huashu', version, source);
      assert.deepEqual(script.tree.lines, fresh.tree.lines, JSON.stringify(source));
      assert.deepEqual([script.names, script.targets, script.variables], [fresh.names, fresh.targets, fresh.variables]);
    }
  }).timeout(30_000);
});

suite('scripts that are known and not open', () => {
  test('answer in brief what they would answer if they had been read', () => {
    for (const source of [
      '',
      front,
      `${front}${longScript(3)}\n→ 公共/告别\n${scenario}`,
      '【甲】\n坐席：您好。\n客户（其他） → ../公共／告别\n插入 → 公共/告知\n',
    ]) {
      const [read, known] = [scriptOf('file:///w/a.huashu', 0, source), scriptOf('file:///w/a.huashu', 0, source)];
      assert.equal(read.tree.source, source);
      assert.deepEqual(brief(known), brief(read), source);
      assert.deepEqual(brief(copyOf(read)), brief(read), source);
    }
  });

  test('whatever the words and signs are written with', () => {
    const random = randomOf(21);
    const of = (all: readonly string[]): string => all[random(all.length)] as string;
    const starts = [
      '',
      ' ',
      '\u3000',
      '插入：',
      '插⼊：',
      'Insert:',
      'ＩＮＳＥＲＴ ',
      'inſert：',
      'ⓘnsert：',
      '客户（其他）：甲／乙',
      '坐席：',
    ];
    const arrows = ['', '→', '->', '=>', '-》', '——>', '—＞', '＝》', '-', '>'];
    const targets = ['甲/乙', '甲／乙', '../公共/告别', '乙', '/', '“甲/乙”'];
    const keys = [
      '规则包',
      'packs',
      'ＰＡＣＫＳ',
      'Packs',
      'packſ',
      '规则⼝',
      '"p\\x61cks"',
      '𝐩acks',
      '标题',
      '规则 包',
      'ⓟacks',
    ];
    let [outward, packs] = [0, 0];
    for (let round = 0; round < 3000; round++) {
      const lines = Array.from({ length: 1 + random(4) }, () => of(starts) + of(arrows) + of(['', ' ']) + of(targets));
      const front = random(2)
        ? `${of(['---', '———', '－－－'])}\n${of(keys)}${of([':', '：', ': '])} [甲, ./乙.yaml]\n---\n`
        : '';
      const source = front + (random(2) ? '【节】\n' : '') + lines.join(of(['\n', '\r\n', '\r']));
      const [read, known] = [scriptOf('file:///w/a.huashu', 0, source), scriptOf('file:///w/a.huashu', 0, source)];
      assert.equal(read.tree.source, source);
      // What was read tells of itself; of the other the two are asked before anything makes it be read.
      assert.ok(read.names);
      assert.deepEqual([known.outward, known.packs], [read.outward, read.packs], source);
      outward += known.outward.length;
      packs += known.packs ? 1 : 0;
    }
    assert.ok(outward > 500 && packs > 300, `${outward} ${packs}`);
    const words = /[a-z插入规则包]/;
    for (let unit = 0; unit < 0x10000; unit++) {
      const character = String.fromCharCode(unit);
      const folded = character.normalize('NFKC').toLowerCase();
      const plain = /[a-zａ-ｚ插入规则包]/i.test(character);
      if (words.test(folded) && !plain) assert.ok(unusual.test(character), `${unit.toString(16)} ${folded}`);
    }
  });

  test('cost little more than their texts, also when each was checked and asked', () => {
    const workspace = createWorkspace(settings);
    const sources = Array.from({ length: 300 }, (_, index) => longScript(37).replace('某某', `某某${index}`));
    // The first check makes what all have in common.
    const first = createWorkspace(settings);
    assert.ok(check(first.set('file:///w/x.huashu', 0, longScript(5)), first.snapshot()).length > 0);
    const before = liveBytes();
    for (const [index, source] of sources.entries()) workspace.set(`file:///w/${index}.huashu`, 0, source);
    let [nodes, found] = [0, 0];
    for (const { uri, names, outward } of workspace.snapshot().scripts) {
      const world = workspace.snapshot().apart(() => false);
      const script = world.script(uri);
      assert.deepEqual(outward, []);
      nodes += names.length;
      found += script ? check(script, world).length : 0;
    }
    assert.equal(nodes, 300 * 40);
    assert.ok(found > 0);
    const grown = liveBytes() - before;
    // Two are the texts; the trees of all would be fifty.
    assert.ok(grown < 12_000_000, `${grown} bytes`);
  }).timeout(60_000);
});

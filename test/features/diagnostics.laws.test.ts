import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { diagnosticsOf } from '../../server/src/features/diagnostics.ts';
import type { Context } from '../../server/src/features/feature.ts';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { check } from '../../server/src/rules/check.ts';
import { createChecker } from '../../server/src/rules/checker.ts';
import { scriptOfLines } from '../bench/generate.ts';
import { randomOf } from '../chance.ts';
import { today } from '../fixture.ts';
import { liveBytes } from '../liveBytes.ts';
import { bundledPacks } from '../packs.ts';

const uri = 'file:///w/a.huashu';
const typed = [
  '的',
  '1',
  '\n',
  '【',
  '我们会上门找您',
  '坐席：再不还钱就起诉你。\n',
  '豁免（本节）：threat，原因：已核实\n',
  '',
];

suite('diagnostics of a script that is edited', () => {
  test('say the same, whatever the editor was told before, and most are what it was told', () => {
    const extraPacks = bundledPacks.map(({ id }) => id);
    const workspace = createWorkspace({ bundled: bundledPacks, files: new Map(), configs: [], extraPacks, today });
    const checker = createChecker();
    const random = randomOf(11);
    let source = scriptOfLines(300);
    let told: readonly Diagnostic[] = [];
    let kept = 0;
    let count = 0;
    for (let version = 1; version < 60; version++) {
      const at = random(source.length);
      source = source.slice(0, at) + typed[random(typed.length)] + source.slice(at + (random(3) === 0 ? random(4) : 0));
      const script = workspace.set(uri, version, source);
      const snapshot = workspace.snapshot();
      const context: Context = {
        snapshot,
        language: 'zh-CN',
        docs: 'file:///docs/',
        findings: (each) => checker.check(each, snapshot),
      };
      const before = told;
      told = diagnosticsOf(script, { ...context, told: () => before });
      assert.deepEqual(told, diagnosticsOf(script, context), `version ${version}`);
      kept += told.filter((each) => before.includes(each)).length;
      count += told.length;
    }
    assert.ok(kept > count / 2, `${kept} of ${count}`);
  });

  test('keep no text alive, as those of a whole folder are kept', async () => {
    const extraPacks = bundledPacks.map(({ id }) => id);
    const workspace = createWorkspace({ bundled: bundledPacks, files: new Map(), configs: [], extraPacks, today });
    const told: (readonly Diagnostic[])[] = [];
    const tell = async (seed: number): Promise<void> => {
      const script = workspace.set(uri, seed, scriptOfLines(1000, seed));
      const snapshot = workspace.snapshot();
      const findings = check(script, snapshot);
      told.push(diagnosticsOf(script, { snapshot, language: 'zh-CN', findings: () => findings }));
      // What is referred to weakly lives at least until the turn ends.
      await setImmediate();
    };
    // Others push the lines of these out of what is remembered of lines.
    for (let seed = 1; seed <= 15; seed++) await tell(seed);
    const before = liveBytes();
    for (let seed = 16; seed <= 45; seed++) await tell(seed);
    assert.ok(told.flat().length > 100);
    const grown = liveBytes() - before;
    // What is found takes eleven; with the trees of all it would be twenty-nine.
    assert.ok(grown < 18_000_000, `${grown} bytes`);
  }).timeout(60_000);
});

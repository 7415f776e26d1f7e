import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { diagnosticsOf } from '../../server/src/features/diagnostics.ts';
import type { Context } from '../../server/src/features/feature.ts';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { createChecker } from '../../server/src/rules/checker.ts';
import { scriptOfLines } from '../bench/generate.ts';
import { randomOf } from '../chance.ts';
import { today } from '../fixture.ts';
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
});

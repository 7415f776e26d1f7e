import assert from 'node:assert/strict';
import { type Config, emptyConfig } from '../../server/src/model/config.ts';
import { createWorkspace, type Settings } from '../../server/src/model/workspace.ts';
import { check } from '../../server/src/rules/check.ts';
import { type Grounds, groundsOf, sameGrounds } from '../../server/src/rules/grounds.ts';
import { today, uriOf } from '../fixture.ts';
import { randomFrom } from '../flow/scripts.ts';
import { bundledPacks } from '../packs.ts';

const names = ['甲.huashu', '乙.huashu', '子/丙.huashu', '子/公共.huashu'];

/** Parts of scripts that jump to, insert, visit and lack one another. */
const parts = [
  '坐席：您好，这里是某某银行，本次通话会录音。\n',
  '坐席：您的信用卡账单已经逾期了。\n',
  '坐席：再挂电话我就找人打断你的腿。\n',
  '插入：乙/一\n',
  '插入：公共/二\n',
  '插入：子/公共/二\n',
  '→ 甲/一\n',
  '→ 乙/二\n',
  '→ 公共/一\n',
  '→ 返回\n',
  '结束：完成\n',
  '\n【一】\n',
  '\n【二】\n',
  '客户（是本人）：是我 → 乙/一\n客户（其他） → 结束\n',
];

test('as long as its grounds are the same, a script has the same findings, whatever changes around it', () => {
  const settings: Settings = { bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today };
  let [kept, checked] = [0, 0];
  for (let seed = 1; seed <= 6; seed++) {
    const chance = randomFrom(seed);
    const random = (count: number): number => Math.floor(chance() * count);
    const workspace = createWorkspace(settings);
    const known = new Map<string, { readonly grounds: Grounds; readonly findings: string }>();
    const some = (): string => [...Array(6)].map(() => parts[random(parts.length)]).join('');
    for (let step = 0; step < 60; step++) {
      const uri = uriOf(names[random(names.length)] ?? '');
      const change = random(24);
      if (change < 2) workspace.remove(uri);
      else if (change < 3) {
        const levels = new Map([['threat-violence', random(2) === 0 ? 'hint' : 'off'] as const]);
        const config: Config = { ...emptyConfig, rules: levels };
        workspace.configure({ ...settings, configs: [{ config, folder: uriOf(random(2) === 0 ? '' : '子/') }] });
      } else workspace.set(uri, step, `${random(3) === 0 ? '' : '【一】\n'}${some()}`);
      const snapshot = workspace.snapshot();
      for (const script of snapshot.scripts) {
        const grounds = groundsOf(script, snapshot);
        const findings = JSON.stringify(check(script, snapshot));
        const before = known.get(script.uri);
        if (before && sameGrounds(before.grounds, grounds)) {
          assert.equal(before.findings, findings, `seed ${seed}, step ${step}: ${script.uri}`);
          kept++;
        } else checked++;
        known.set(script.uri, { grounds, findings });
      }
    }
  }
  assert.ok(kept > 300 && checked > 300, `${kept} kept, ${checked} checked`);
});

import { housePack } from './housePack.ts';

/** A folder whose every name is Chinese and holds blanks, brackets, and characters that mean something to a URI. */
export const folderName = '催收 话术（2026 年）#1 100%';

export const names = {
  config: 'huashu.yaml',
  pack: '规则/本行 规则.yaml',
  shared: '公共 话术/告知，渠道.话术',
  script: '电话 催收/首次 提醒＋M1.huashu',
} as const;

/** Files by name: a script whose nodes, variables and roles have names of several words, and what it depends on. */
export const files: Readonly<Record<(typeof names)[keyof typeof names], string>> = {
  'huashu.yaml': `packs: [cn-credit-card, ./规则/本行 规则.yaml]
overrides:
  - files: ["电话 催收/**"]
    rules: { 本行/不用昵称: hint }
`,
  '规则/本行 规则.yaml': housePack('本行', '本行/不用昵称'),
  '公共 话术/告知，渠道.话术': '【告知 官方渠道】\n坐席：您可以拨打{客服电话}。\n结束：已告知 渠道\n',
  '电话 催收/首次 提醒＋M1.huashu': `---
话术: 首次 提醒
变量:
  持卡人 称呼: {类型: 称谓, 样例: 王先生}
角色: {小王 经理: 坐席}
---

【开场 问候】
小王 经理：亲爱的，您好，请问是{持卡人 称呼}吗？
客户（其他） → 说明 来意

【说明 来意】
豁免：本行/不用昵称，原因：客户 要求
小王 经理：亲爱的，打扰您了。
→ ../公共 话术/告知，渠道/告知 官方渠道

用例：接通 后 告知
客户说：其他
期望：告知 官方渠道
`,
};

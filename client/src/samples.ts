import { Uri } from 'vscode';

/** The scripts in the folder `samples`: what an extension in a browser cannot list for itself. The first one is opened. */
export const samples = [
  '信用卡逾期电话提醒.huashu',
  '公共.huashu',
  '短信M1.huashu',
  '智能外呼到期提醒.huashu',
  '在线客服逾期沟通.huashu',
  '委外上门沟通.huashu',
  '信函M3.huashu',
  '违规示例.huashu',
  'english-keywords.huashu',
] as const;
export type Sample = (typeof samples)[number];

/** The scheme of copies that are kept in memory, and gone with the window. */
export const practiceScheme = 'huashu-practice';

/** The copy of a sample that one may change at will. */
export function practiceCopy(name: Sample): Uri {
  return Uri.from({ scheme: practiceScheme, path: `/${name}` });
}

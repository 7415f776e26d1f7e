import type { Text } from '../../base/text.ts';
import type { Standing } from '../../rules/standing.ts';

/** How a script stands with a rule, in words. */
export const stateTexts: { readonly [state in Standing['state']]: Text } = {
  violated: { zh: '违反', en: 'violated' },
  excused: { zh: '违反，已豁免', en: 'violated, suppressed' },
  elsewhere: { zh: '违反，已在同一处按更重的规则提示', en: 'violated where a graver rule is told' },
  met: { zh: '符合', en: 'met' },
  'not-applicable': { zh: '不涉及', en: 'not applicable' },
  off: { zh: '未检查：配置关闭', en: 'not checked: turned off' },
  unread: { zh: '未检查：文件无法读取', en: 'not checked: the file cannot be read' },
};

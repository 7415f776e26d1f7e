import type { Text } from '../base/text.ts';
import type { SuppressionEntry } from '../rules/suppressions.ts';

/** What people call the states of suppressions, and what these cover. */
export const stateNames: { readonly [state in SuppressionEntry['state']]: Text } = {
  'in-use': { zh: '生效', en: 'in use' },
  unused: { zh: '没有用到', en: 'unused' },
  expired: { zh: '已到期', en: 'expired' },
  invalid: { zh: '无效', en: 'invalid' },
};

export const scopeNames: { readonly [scope in SuppressionEntry['scope']]: Text } = {
  line: { zh: '下一行', en: 'the next line' },
  node: { zh: '本节其余部分', en: 'the rest of the node' },
  file: { zh: '全文', en: 'the file' },
};

import type { Text } from '../base/text.ts';
import type { Severity } from '../packs/pack.ts';

/** What people call the levels. */
export const severityNames: { readonly [severity in Severity]: Text } = {
  error: { zh: '错误', en: 'error' },
  warning: { zh: '警告', en: 'warning' },
  info: { zh: '建议', en: 'info' },
  hint: { zh: '提示', en: 'hint' },
};

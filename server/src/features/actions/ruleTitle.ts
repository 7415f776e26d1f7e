import type { Text } from '../../base/text.ts';
import type { Script } from '../../model/script.ts';
import type { Finding } from '../../rules/finding.ts';
import { categoryTitle } from '../describe.ts';
import type { Context } from '../feature.ts';

/** What the rule of a finding is called, whoever made it. */
export function ruleTitle({ rule, category }: Finding, script: Script, { snapshot }: Context): Text {
  return snapshot.packs(script).set.rule(rule)?.title ?? categoryTitle(category) ?? { zh: rule, en: rule };
}

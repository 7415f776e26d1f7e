import type { FrontMatter } from '../syntax/frontMatter.ts';

/** Who calls, as far as the front matter tells: an agency says on whose behalf, or its name says what it does for a living. */
export function organizationOf({ principal, institution }: FrontMatter): 'agency' | 'bank' | undefined {
  if (principal) return 'agency';
  if (!institution) return undefined;
  if (lender.test(institution.value)) return 'bank';
  return agency.test(institution.value) ? 'agency' : undefined;
}

const lender = /银行|农信|农商|信用(联)?社|信用卡|\bbank\b/i;
/** Asset managers that are joint-stock companies buy debts rather than collect those of others. */
const agency = /催收|外包|外访|咨询|信用管理|商务服务|信息服务|资产服务|资产管理(?!股份)|律师事务所|collection/i;

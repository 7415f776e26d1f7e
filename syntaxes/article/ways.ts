import type { ArticlePoint } from './point.ts';

/** What debtors are advised to do: replies that a script has to take up. */
export const wayPoints: readonly ArticlePoint[] = [
  {
    part: 'way',
    number: 1,
    title: { zh: '尽早联系银行', en: 'Contact the bank early' },
    gist: {
      zh: '一旦逾期就主动找银行，说明原因，一起想办法。',
      en: 'Once overdue, go to the bank, say why, and look for a way together.',
    },
    carriers: {
      replies: ['contacted-bank', 'hardship', 'willing'],
      rules: ['cn/earlier-contact-followed-up', 'cn/hardship-possible', 'cn/channel-given'],
      detectors: ['acknowledges'],
    },
  },
  {
    part: 'way',
    number: 2,
    title: { zh: '理清收支', en: 'Look at one’s means' },
    gist: {
      zh: '把收入和开支理清楚，定一个还得起的计划。',
      en: 'Go through income and expenses, and plan what can be paid.',
    },
    carriers: {
      steps: ['handle-hardship'],
      replies: ['considering', 'partial', 'hardship'],
      rules: ['cn/time-to-consider', 'cn/no-false-ultimatum', 'cn/no-inducing-borrowing', 'cn/no-selling-necessities'],
    },
    differs: {
      zh: '“找更多资金来源”由客户自己决定。话术不教客户借新还旧、变卖生活必需品，也不逼着当场答应。',
      en: 'Where more money comes from is for the customer to decide. A script suggests no new borrowing and no selling of necessities, and forces no answer on the spot.',
    },
  },
  {
    part: 'way',
    number: 3,
    title: { zh: '协商还款计划', en: 'Negotiate a plan' },
    gist: {
      zh: '和银行商量分期，或者减少费用和利息。',
      en: 'Talk to the bank about instalments, or about lower charges and interest.',
    },
    carriers: {
      steps: ['discuss-plan', 'offer-alternatives'],
      replies: ['negotiate'],
      rules: [
        'cn/negotiation-answered',
        'cn/no-denying-negotiation',
        'cn/no-waiver-promise',
        'cn/no-late-fee-term',
        'cn/no-pressing-after-agreement',
      ],
    },
    differs: {
      zh: '原文说的“滞纳金”2017年起已经取消，现在是合约约定的违约金；话术里说滞纳金会提示，并可一键改正。个性化分期是可以协商，不是必须同意，以银行审核为准。',
      en: 'The late fee (滞纳金) of the article was abolished from 2017; contracts provide for liquidated damages (违约金). The old word is flagged, with a fix. A personalised plan may be agreed; nobody has a claim to it, and the bank decides.',
    },
  },
  {
    part: 'way',
    number: 4,
    title: { zh: '先还最低还款额', en: 'Pay at least the minimum' },
    gist: {
      zh: '还不清全部的，至少先还最低还款额，免得后果加重。',
      en: 'Who cannot pay all pays at least the minimum, so that things get no worse.',
    },
    carriers: {
      steps: ['offer-alternatives'],
      replies: ['partial'],
      rules: ['cn/part-payment-welcomed', 'cn/promise-amount-repeated', 'cn/no-refusing-breakdown'],
      detectors: ['offers-alternatives'],
    },
    differs: {
      zh: '要同时说明剩余部分按合约计息，不说成“还了最低就没事”。',
      en: 'That interest runs on the rest is said along; the minimum does not make everything well.',
    },
  },
  {
    part: 'way',
    number: 5,
    title: { zh: '寻求专业帮助', en: 'Seek professional help' },
    gist: {
      zh: '自己解决不了的，请教律师或者财务顾问。',
      en: 'Who cannot manage alone turns to a lawyer or a financial adviser.',
    },
    carriers: {
      replies: ['lawyer', 'adviser'],
      rules: ['cn/help-acknowledged', 'cn/no-pressing-after-lawyer', 'cn/no-obstructing-complaints'],
      detectors: ['has-lawyer', 'takes-adviser'],
    },
    differs: {
      zh: '鼓励正规的律师、顾问和法律援助；收费的“代理维权”“债务清零”不在此列，可以提醒客户当心，但不拿来吓人。',
      en: 'Lawyers, advisers and legal aid are welcome; paid “debt relief agents” are not meant. A warning is allowed, a threat is not.',
    },
  },
  {
    part: 'way',
    number: 6,
    title: { zh: '弥补信用记录', en: 'Mend the credit record' },
    gist: {
      zh: '还清以后保持良好的还款记录，信用慢慢恢复。',
      en: 'Once paid, keep a good record; credit recovers with time.',
    },
    carriers: {
      replies: ['credit-report', 'already-paid'],
      rules: [
        'cn/credit-question-answered',
        'cn/no-record-deletion-promise',
        'cn/no-personal-power-over-reports',
        'cn/no-blacklist-threat',
      ],
      categories: ['credit-report-misrepresent'],
    },
    differs: {
      zh: '没有“信用修复”的捷径：不良信息自结清之日起保存五年，有错走异议程序。2026年3月31日截止的一次性信用修复政策已经过期，不再许诺；收费的征信修复都不提供、不介绍。',
      en: 'There is no short cut: a negative entry is kept five years from settlement, and errors go through an objection. The one-off relief that ended on 31 March 2026 is over and no longer promised; paid “credit repair” is neither offered nor recommended.',
    },
  },
];

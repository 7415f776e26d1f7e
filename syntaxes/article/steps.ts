import type { ArticlePoint } from './point.ts';

/** The eight steps of a call. */
export const stepPoints: readonly ArticlePoint[] = [
  {
    part: 'step',
    number: 1,
    title: { zh: '确认身份', en: 'Confirm the identity' },
    gist: {
      zh: '先报出自己是谁，再核对接听的是不是持卡人本人。',
      en: 'Say who calls, then make sure that the listener is the cardholder.',
    },
    carriers: {
      steps: ['self-identify', 'recording-notice', 'confirm-identity', 'third-party'],
      replies: ['self', 'not-self', 'wrong-number', 'minor', 'guarantor'],
      rules: [
        'cn/identity-before-disclosure',
        'cn/institution-before-questions',
        'cn/identity-replies',
        'cn/recording-before-substance',
        'cn/third-party-hears-nothing',
        'cn/no-disclosure-before-identity',
        'cn/no-agency-posing-as-bank',
        'cn/no-asking-secrets',
      ],
      detectors: ['names-institution', 'asks-identity'],
    },
    differs: {
      zh: '委外机构只报“某某公司”不够，要说明受哪家银行委托；核对只用证件后四位一类最少的信息。',
      en: 'An agency that names only itself says too little: it states the bank that entrusted it. The check uses the least data, such as the last four digits of the ID.',
    },
  },
  {
    part: 'step',
    number: 2,
    title: { zh: '说明目的', en: 'State the purpose' },
    gist: {
      zh: '确认本人之后，简短讲清楚为哪一笔账来电。',
      en: 'Once the identity is confirmed, say briefly which bill the call is about.',
    },
    carriers: {
      steps: ['state-purpose'],
      replies: ['already-paid', 'dispute', 'willing'],
      rules: ['cn/purpose-stated', 'cn/purpose-before-fees', 'cn/due-already', 'cn/no-refusing-breakdown'],
      detectors: ['states-bill'],
    },
    differs: {
      zh: '只说“有一笔逾期款项”不够：金额、到期日要说准，本金、利息、违约金分开讲，并问客户有没有疑问。',
      en: 'A mere “overdue amount” is too little: amount and due date are exact, principal, interest and damages apart, and the customer is asked whether it is right.',
    },
  },
  {
    part: 'step',
    number: 3,
    title: { zh: '理解起因', en: 'Understand the reason' },
    gist: {
      zh: '问一问为什么没有按时还，听进去，再一起想办法。',
      en: 'Ask why the payment was missed, listen, and look for a way together.',
    },
    carriers: {
      steps: ['understand-reason', 'handle-hardship', 'handle-vulnerable'],
      replies: ['hardship', 'illness-or-bereavement', 'distress'],
      rules: [
        'cn/reason-asked',
        'cn/reason-before-plan',
        'cn/reason-met-with-understanding',
        'cn/understanding-shown',
        'cn/vulnerable-cared-for',
        'cn/no-mockery',
      ],
      detectors: ['asks-reason', 'shows-understanding', 'hears-reason'],
    },
  },
  {
    part: 'step',
    number: 4,
    title: { zh: '提醒逾期费用', en: 'Remind of the costs' },
    gist: {
      zh: '说明逾期会产生哪些费用，对个人征信有什么影响。',
      en: 'Say what an overdue bill costs and what it does to the credit record.',
    },
    carriers: {
      steps: ['remind-fees'],
      replies: ['credit-report'],
      rules: [
        'cn/fees-explained',
        'cn/no-late-fee-term',
        'cn/no-inflated-fees',
        'cn/no-invented-charges',
        'cn/no-blacklist-threat',
      ],
      detectors: ['names-fees'],
    },
    differs: {
      zh: '费用只按合约说，名称是“违约金”；征信只说如实报送、自结清之日起保存五年，不说“不良后果”吓人。说完马上给办法，不反复用来施压。',
      en: 'Charges are those of the contract, under their right name (违约金). Of credit reporting only the truth is told: reported as it is, kept five years from settlement. A way out follows at once; it is no means of pressure.',
    },
  },
  {
    part: 'step',
    number: 5,
    title: { zh: '探讨还款计划', en: 'Discuss a plan' },
    gist: {
      zh: '按客户的实际情况，一起定一个还得起的安排。',
      en: 'Agree on an arrangement that fits what the customer can really pay.',
    },
    carriers: {
      steps: ['discuss-plan', 'confirm-commitment'],
      replies: ['promise', 'partial', 'negotiate', 'considering'],
      rules: [
        'cn/promise-amount-repeated',
        'cn/promise-date-repeated',
        'cn/promise-channel-repeated',
        'cn/no-pressing-after-agreement',
        'cn/no-false-scarcity',
        'cn/no-unauthorised-promise',
      ],
      detectors: ['proposes-plan', 'recaps-amount', 'recaps-date'],
    },
    differs: {
      zh: '不说“可以灵活调整”这类自己定不了的话：减免、停息、分期由银行审批，只说帮客户提交申请。',
      en: 'Nothing is called flexible that a collector cannot decide: waivers and instalments need the bank’s approval, so the agent offers to submit the request.',
    },
  },
  {
    part: 'step',
    number: 6,
    title: { zh: '提供其他还款途径', en: 'Offer other ways to pay' },
    gist: {
      zh: '一次还不清的，告诉他可以分期或者申请延长时间。',
      en: 'Whoever cannot pay at once hears of instalments and more time.',
    },
    carriers: {
      steps: ['offer-alternatives'],
      replies: ['partial', 'hardship'],
      rules: [
        'cn/way-out-offered',
        'cn/alternatives-before-legal',
        'cn/part-payment-welcomed',
        'cn/no-inducing-borrowing',
        'cn/no-payment-by-relatives',
        'cn/no-private-account',
      ],
      detectors: ['offers-alternatives', 'gives-payment-channel'],
    },
    differs: {
      zh: '途径限于官方的方案和渠道。借新还旧、找亲友凑钱、转到个人账户，都不是途径。',
      en: 'The ways are the bank’s plans and channels. New borrowing, relatives’ money and private accounts are none.',
    },
  },
  {
    part: 'step',
    number: 7,
    title: { zh: '建立沟通渠道', en: 'Open a channel' },
    gist: {
      zh: '留下客服电话、网上平台等联系方式，方便以后沟通。',
      en: 'Leave a hotline or an online channel, so that both sides can get in touch.',
    },
    carriers: {
      steps: ['open-channel', 'close'],
      replies: ['inconvenient', 'complaint', 'stop-contact'],
      rules: [
        'cn/channel-given',
        'cn/more-than-one-channel',
        'cn/complaint-answered',
        'cn/no-private-contact',
        'cn/contact-hours',
        'cn/polite-ending',
      ],
      detectors: ['gives-channel', 'gives-complaint-channel'],
    },
    differs: {
      zh: '只给官方渠道，并且要有投诉的渠道；不加私人微信，约定的时间在8:00到22:00之间。',
      en: 'Official channels only, among them one for complaints; no private chat account, and the agreed time lies between 8:00 and 22:00.',
    },
  },
  {
    part: 'step',
    number: 8,
    title: { zh: '强调法律责任', en: 'Legal responsibility' },
    gist: {
      zh: '有的情况下，需要讲到持卡人还款的法律责任。',
      en: 'In some cases the cardholder’s legal responsibility has to be mentioned.',
    },
    carriers: {
      steps: ['legal-responsibility'],
      replies: ['refuse', 'lawyer'],
      rules: [
        'cn/plan-before-legal',
        'cn/no-legal-answer-to-hardship',
        'cn/no-legal-answer-to-dispute',
        'cn/legal-before-due',
        'cn/no-unconditional-legal-threat',
        'cn/no-criminal-threat',
        'cn/no-false-case-status',
        'cn/no-impersonating-lawyer',
      ],
      detectors: ['names-legal'],
    },
    differs: {
      zh: '“强调”改为如实说明。“否则将面临法律责任”把后果说成必然，又不说由谁决定，属于夸大后果；要讲就讲条件、讲主体、以通知为准，而且不是必经步骤，客户有困难、有异议时不讲。',
      en: 'To stress becomes to state. That liability follows “otherwise” makes it certain and leaves open who decides, which exaggerates. Condition, actor and formal notice are named; the step is optional, and never the answer to hardship or a dispute.',
    },
  },
];

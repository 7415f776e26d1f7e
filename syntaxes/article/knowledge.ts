import type { ArticlePoint } from './point.ts';

/** The five areas that the article wants collectors to know. */
export const knowledgePoints: readonly ArticlePoint[] = [
  {
    part: 'knowledge',
    number: 1,
    title: { zh: '催收流程', en: 'The process' },
    gist: {
      zh: '知道逾期之后银行依次做什么，每个阶段怎么沟通。',
      en: 'Know what a bank does after a missed payment, and how to speak at each stage.',
    },
    carriers: {
      steps: ['self-identify', 'state-purpose', 'remind-fees', 'offer-alternatives', 'legal-responsibility', 'close'],
      rules: ['cn/legal-before-due', 'cn/due-already', 'cn/agency-names-principal', 'cn/no-pressing-after-agreement'],
      categories: ['step-order', 'step-missing'],
      pages: ['steps', 'frontMatter'],
    },
  },
  {
    part: 'knowledge',
    number: 2,
    title: { zh: '法律法规', en: 'Laws and rules' },
    gist: {
      zh: '懂消费者保护、合同等方面的规定，保护客户，也保护银行。',
      en: 'Know consumer protection, contract law and the like, for the customer’s sake and the bank’s.',
    },
    carriers: {
      rules: ['cn/no-obstructing-complaints', 'cn/no-denying-dispute', 'cn/complaint-possible'],
      pages: ['rules', 'sources'],
    },
    differs: {
      zh: '原文举的合同法已由民法典取代。规则只引现行规定，写明起止日期；条号没有核实的就不写。',
      en: 'The Contract Law that the article names has given way to the Civil Code. Rules cite what is in force, with its dates, and an article only where its number was verified.',
    },
  },
  {
    part: 'knowledge',
    number: 3,
    title: { zh: '沟通技巧', en: 'Ways to communicate' },
    gist: {
      zh: '会听，耐心解答，有礼貌，尊重人。',
      en: 'Listen, explain with patience, be polite and respectful.',
    },
    carriers: {
      replies: ['unclear', 'silence', 'other'],
      rules: [
        'cn/understanding-shown',
        'cn/reason-met-with-understanding',
        'cn/other-reply',
        'cn/no-impatience',
        'cn/no-mockery',
        'cn/no-character-shaming',
      ],
      categories: ['unprofessional-tone'],
      detectors: ['acknowledges', 'shows-understanding', 'hears-reason'],
    },
  },
  {
    part: 'knowledge',
    number: 4,
    title: { zh: '风险判断', en: 'Judge the risk' },
    gist: {
      zh: '判断客户的还款能力和意愿，作相应的处理。',
      en: 'Judge what the customer can and will pay, and act on it.',
    },
    carriers: {
      steps: ['handle-hardship', 'handle-dispute', 'handle-vulnerable'],
      replies: ['willing', 'partial', 'hardship', 'refuse', 'distress', 'illness-or-bereavement'],
      rules: [
        'cn/vulnerable-possible',
        'cn/vulnerable-cared-for',
        'cn/no-pressing-the-vulnerable',
        'cn/no-excess-data',
      ],
      categories: ['vulnerable-ignored', 'vulnerable-pressure'],
    },
    differs: {
      zh: '先判断客户会不会受到伤害，再谈还款：轻生、重病、丧亲要停下来转专人。背景和信用记录不在电话里打听。',
      en: 'The first risk is harm to the customer: crisis, illness and bereavement stop the call and go to a specialist. Background and credit history are not asked for on the telephone.',
    },
  },
  {
    part: 'knowledge',
    number: 5,
    title: { zh: '积极的态度', en: 'A positive attitude' },
    gist: {
      zh: '遇到抵触和突发情况不急躁，想办法解决。',
      en: 'Meet resistance and surprises calmly, and look for a solution.',
    },
    carriers: {
      replies: ['refuse', 'complaint', 'human-agent', 'other'],
      rules: [
        'cn/no-impatience',
        'cn/no-sarcasm',
        'cn/no-wearing-down',
        'cn/complaint-answered',
        'cn/other-reply',
        'cn/no-pressing-distress',
      ],
      pages: ['anytime', 'scenarios'],
    },
  },
];

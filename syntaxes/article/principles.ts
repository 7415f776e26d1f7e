import type { ArticlePoint } from './point.ts';

/** The ten principles, which the article calls secrets. */
export const principlePoints: readonly ArticlePoint[] = [
  {
    part: 'principle',
    number: 1,
    title: { zh: '良好的客户关系', en: 'A good relation with the customer' },
    gist: {
      zh: '友好、专业地对待债务人，让他信得过。',
      en: 'Treat the debtor in a friendly, professional way that earns trust.',
    },
    carriers: {
      steps: ['self-identify', 'close'],
      rules: ['cn/no-insult', 'cn/no-impatience', 'cn/no-sarcasm', 'cn/polite-ending', 'cn/no-concealed-identity'],
      categories: ['unprofessional-tone', 'insult-abuse'],
      detectors: ['shows-understanding', 'says-goodbye'],
    },
    differs: {
      zh: '信任不是用来套取信息的手段。友好是因为客户的人格尊严受保护，不看能不能多收回钱。',
      en: 'Trust is no means of getting information. Courtesy is owed because dignity is protected, whether or not it brings in more.',
    },
  },
  {
    part: 'principle',
    number: 2,
    title: { zh: '主动联系', en: 'Take the first step' },
    gist: {
      zh: '用电话、短信、邮件等主动提醒，了解对方的意愿和能力。',
      en: 'Remind by telephone, message or letter, and learn what the debtor will and can do.',
    },
    carriers: {
      rules: [
        'cn/contact-hours',
        'cn/contact-frequency',
        'cn/stop-contact-confirmed',
        'cn/no-pressing-after-stop-contact',
        'cn/sms-opt-out',
        'cn/bot-disclosed',
      ],
      categories: ['harass-time-frequency'],
      replies: ['inconvenient', 'stop-contact'],
      pages: ['messages', 'frontMatter'],
    },
    differs: {
      zh: '主动有时间和次数的上限：未经同意，22:00至次日8:00不联系；同一号码当天未接通的不宜超过6次。客户要求停止，就登记并停止。',
      en: 'There are limits: no contact between 22:00 and 8:00 without consent, and hardly more than six unanswered attempts a day to a number. Who asks for it to stop is heard.',
    },
  },
  {
    part: 'principle',
    number: 3,
    title: { zh: '了解债务人的情况', en: 'Know the debtor’s circumstances' },
    gist: {
      zh: '了解债务人的收入、职业和家庭，据此定还款安排。',
      en: 'Learn about income, occupation and family to shape the plan.',
    },
    carriers: {
      steps: ['understand-reason', 'handle-hardship'],
      rules: ['cn/no-excess-data', 'cn/no-device-access', 'cn/reason-asked'],
      categories: ['privacy-overreach'],
    },
    differs: {
      zh: '不打听家庭背景。父母的退休金、配偶的工作、家里的条件，与还款没有直接关系，超出最小必要；只问本人的收入和每月能安排多少，而且只在商量方案时问。',
      en: 'Family background is not asked for. A parent’s pension or a spouse’s job has no direct bearing on the debt and exceeds the least that is needed; only the customer’s own means are asked for, and only for a plan.',
    },
  },
  {
    part: 'principle',
    number: 4,
    title: { zh: '合理的还款计划', en: 'A reasonable plan' },
    gist: {
      zh: '按债务人的经济状况商定分期或延期，减轻负担。',
      en: 'Agree on instalments or more time according to the debtor’s means, to ease the burden.',
    },
    carriers: {
      steps: ['discuss-plan', 'offer-alternatives', 'handle-hardship'],
      replies: ['negotiate', 'partial'],
      rules: [
        'cn/way-out-offered',
        'cn/hardship-answered',
        'cn/no-pressing-after-hardship',
        'cn/negotiation-answered',
        'cn/no-waiver-promise',
        'cn/no-selling-necessities',
      ],
    },
  },
  {
    part: 'principle',
    number: 5,
    title: { zh: '善于沟通和协商', en: 'Communicate and negotiate' },
    gist: {
      zh: '听对方的意愿和能力，谈出双方都能接受的安排。',
      en: 'Hear what the debtor will and can do, and find what both sides accept.',
    },
    carriers: {
      steps: ['discuss-plan', 'handle-dispute', 'confirm-commitment'],
      replies: ['negotiate', 'considering', 'dispute'],
      rules: [
        'cn/hardship-possible',
        'cn/dispute-possible',
        'cn/dispute-taken',
        'cn/time-to-consider',
        'cn/no-denying-negotiation',
        'cn/no-denying-dispute',
      ],
      categories: ['deny-rights'],
    },
  },
  {
    part: 'principle',
    number: 6,
    title: { zh: '采用多种手段', en: 'Use several means' },
    gist: {
      zh: '电话、书面之外，还用短信、社交媒体，必要时上门或诉讼。',
      en: 'Beside calls and letters use messages and social media, and visits or lawsuits where needed.',
    },
    carriers: {
      rules: [
        'cn/no-social-media-collection',
        'cn/no-public-exposure',
        'cn/no-private-contact',
        'cn/no-improper-visit',
        'cn/visit-credentials',
        'cn/visit-consent',
        'cn/sms-length',
        'cn/sms-signature',
        'cn/bot-offers-human',
        'cn/no-implied-proceedings',
      ],
      categories: ['public-shaming-visit', 'channel-limits'],
      pages: ['messages'],
    },
    differs: {
      zh: '社交媒体不用：留言和评论他人看得见，对方是谁也无从核实，个人信息不得公开。上门是受规范的方式，须两人以上、出示证件、经同意才进入，不是施压的手段。诉讼是银行依法行使的权利，不拿来吓人，没有立案的不说立案。',
      en: 'Social media are out: comments are read by others, nobody there has been identified, and personal data may not be published. A visit is regulated: two people, credentials, no entry without consent, and no means of pressure. A lawsuit is the bank’s lawful right, not a threat, and is never invented.',
    },
  },
  {
    part: 'principle',
    number: 7,
    title: { zh: '目标和奖惩', en: 'Targets, rewards and penalties' },
    gist: {
      zh: '给追款定目标，对债务人有奖有罚。',
      en: 'Set recovery targets, and reward or punish debtors.',
    },
    carriers: {
      rules: [
        'cn/no-reward-for-payment',
        'cn/no-punishing-the-debtor',
        'cn/no-inflated-fees',
        'cn/no-invented-charges',
        'cn/no-false-scarcity',
        'cn/no-waiver-promise',
      ],
      categories: ['false-promise', 'exaggerated-consequence', 'fee-misstatement'],
    },
    differs: {
      zh: '不照做，反过来立了规则。客户与银行是平等的合同双方，银行和催收人员都没有处罚他的权力；违约金须有约定，加码罚钱就是虚增债务。奖励、减免不由催收人员决定，拿来换还款就是虚假承诺。团队自己的目标不写进话术。',
      en: 'Not followed; the rules say the opposite. Customer and bank are equal parties to a contract and neither may punish the other; damages need an agreement, and a fine on top inflates the debt. Rewards and waivers are not the collector’s to give, so to bait with them is a false promise. A team’s own targets do not belong in a script.',
    },
  },
  {
    part: 'principle',
    number: 8,
    title: { zh: '合法合规', en: 'Keep to the law' },
    gist: {
      zh: '懂法、守法，不用威胁、侮辱一类的手段。',
      en: 'Know the law and keep it; no threats, no insults.',
    },
    carriers: {
      rules: [
        'cn/no-threat-of-violence',
        'cn/no-intimidation',
        'cn/no-insult',
        'cn/no-impersonating-authority',
        'cn/no-third-party-disclosure',
        'cn/no-contacting-others-threat',
      ],
      categories: ['threat-violence', 'insult-abuse', 'impersonate-authority', 'third-party-pressure'],
      pages: ['rules', 'sources'],
    },
  },
  {
    part: 'principle',
    number: 9,
    title: { zh: '数据分析和风险评估', en: 'Data and risk' },
    gist: {
      zh: '按还款记录和个人信息评估风险，决定怎么做。',
      en: 'Assess the risk by payment record and personal data, and act accordingly.',
    },
    carriers: {
      rules: ['cn/no-excess-data', 'cn/legal-before-due', 'cn/due-already', 'cn/vulnerable-possible'],
      pages: ['audit', 'frontMatter', 'scenarios'],
    },
    differs: {
      zh: '话术里不给客户贴风险标签，也不按个人信息加码施压；阶段写在文件开头，语气随阶段走。Huashu 统计的是违规和遗漏，不统计哪句话收回的钱多。',
      en: 'No script labels customers by risk or presses harder by their data; the stage stands in the front matter, and the tone follows it. What Huashu counts are violations and gaps, never which words bring in more.',
    },
  },
  {
    part: 'principle',
    number: 10,
    title: { zh: '不断学习', en: 'Keep learning' },
    gist: {
      zh: '跟上新的法规和沟通方法，提高专业素养。',
      en: 'Keep up with new rules and ways to communicate.',
    },
    carriers: { pages: ['rules', 'sources', 'samples', 'scenarios'] },
  },
];

import type { Facts } from '../packs/pack.ts';
import { printable } from '../report/text.ts';
import { channels, stages } from '../syntax/vocabulary.ts';
import type { Fields, Ground, Input } from './tool.ts';

/** In which conversation something is to be said. */
export const situationFields: Fields = {
  channel: {
    about: {
      zh: '渠道：phone 电话，sms 短信，bot 智能外呼，chat 在线，letter 信函，visit 上门；默认为电话。',
      en: 'The channel: a phone call by default.',
    },
    choices: channels.map(({ id }) => id),
    longest: 10,
  },
  stage: {
    about: { zh: '逾期阶段；written-off 为核销。', en: 'How long the account has been overdue.' },
    choices: stages.map(({ id }) => id),
    longest: 20,
  },
  organization: {
    about: { zh: '由谁联系客户：bank 银行自己，agency 受托机构。', en: 'Who calls: the bank itself, or an agency.' },
    choices: ['bank', 'agency'],
    longest: 10,
  },
};

/** A script of the situation and nothing else, so that packs answer for it as they would for a real one. */
export function scriptOfSituation({ channel, stage, organization }: Input): string {
  const lines = [
    ...(channel === undefined ? [] : [`channel: ${channel}`]),
    ...(stage === undefined ? [] : [`stage: ${stage}`]),
    ...(organization === 'agency' ? ['principal: 银行'] : []),
  ];
  return lines.length === 0 ? '' : `---\n${lines.join('\n')}\n---\n`;
}

/** What is known of the situation, as far as it was said. */
export function factsOfSituation({ organization }: Input): Facts {
  return organization === undefined ? {} : { organization };
}

/** The day by which everything is judged here. */
export function dayOfGround({ script, snapshot }: Ground): string {
  return snapshot.config(script).asOf ?? snapshot.settings.today;
}

/** A heading and the lines below it; nothing where there are none. */
export function block(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : ['', title, ...lines.map((line) => `- ${line.split(/\r?\n/).map(printable).join('\n  ')}`)];
}

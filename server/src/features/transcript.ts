import type { Language, Text } from '../base/text.ts';
import { inLanguage } from '../base/text.ts';
import type { RoleKind } from '../syntax/vocabulary.ts';

const speakers: { readonly [speaker in RoleKind]: Text } = {
  agent: { zh: '坐席', en: 'Agent' },
  customer: { zh: '客户', en: 'Customer' },
  'third-party': { zh: '第三方', en: 'Third party' },
};

/** What was said in a conversation, ready to be shown. */
export interface Spoken {
  /** `null` for the lines above the first heading. */
  readonly node: string | null;
  readonly speaker: RoleKind;
  /** For a reply: the category of the branch that was taken. */
  readonly reply: string | null;
  readonly text: string;
}

/** One line of a conversation as people read it: `【开场】客户（是本人）：是我`. */
export function spokenText({ node, speaker, reply, text }: Spoken, language: Language): string {
  const who = inLanguage(speakers[speaker], language);
  if (language === 'en') {
    const what = reply === null ? '' : ` (${reply})`;
    return `[${node ?? '(beginning)'}] ${who}${what}${text === '' ? '' : `: ${text}`}`;
  }
  const what = reply === null ? '' : `（${reply}）`;
  return `【${node ?? '（开头）'}】${who}${what}${text === '' ? '' : `：${text}`}`;
}

import type { Text } from '../base/text.ts';

/** Why a document cannot be imported, in words for whoever chose it. */
export class UnreadableDocument extends Error {
  readonly text: Text;
  constructor(zh: string, en: string) {
    super(en);
    this.text = { zh, en };
  }
}

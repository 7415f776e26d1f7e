/** The languages of the product. Chinese comes first: it is what most authors read. */
export type Language = 'zh-CN' | 'en';

/** A text in both languages. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export function inLanguage(text: Text, language: Language): string {
  return language === 'en' ? text.en : text.zh;
}

/** The language to speak to a user whose editor or system says `locale`, such as `zh-cn`, `en_US.UTF-8` or nothing. */
export function languageOf(locale: string | undefined): Language {
  return locale !== undefined && /^en\b/i.test(locale.replace('_', '-')) ? 'en' : 'zh-CN';
}

/** The items of a list as a sentence shows them: 甲、乙 or A, B. */
export function listed(items: readonly string[]): Text {
  return { zh: items.join('、'), en: items.join(', ') };
}

/** The same text on its own: engines keep the whole of a text alive for a slice of it. */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}

import { inLanguage, type Language, listed, type Text } from '../../base/text.ts';
import type { Note } from './utterance.ts';

/** Says on stderr what is passed over in the input: every key once, and every value once, up to a limit. */
export class Notes {
  readonly #language: Language;
  readonly #said = new Map<string, Set<string>>();

  constructor(language: Language) {
    this.#language = language;
  }

  take(notes: readonly Note[]): void {
    this.#list(notes, 'field', (keys) => ({
      zh: `以下字段用不到，已忽略：${keys.zh}。`,
      en: `These fields are not used: ${keys.en}.`,
    }));
    this.#list(notes, 'context', (keys) => ({
      zh: `context 里没有这样的键，已忽略：${keys.zh}。`,
      en: `Unknown keys in “context” are ignored: ${keys.en}.`,
    }));
    for (const note of notes) {
      if (note.kind !== 'value') continue;
      this.#list([note], `value ${note.key}`, (values) => ({
        zh: `不认识 ${note.key} 的这个值，按未知处理：${values.zh}。`,
        en: `Unknown value of “${note.key}”, treated as absent: ${values.en}.`,
      }));
    }
  }

  /** One line for all of a kind that come together. */
  #list(notes: readonly Note[], topic: string, sentence: (items: Text) => Text): void {
    const said = this.#said.get(topic) ?? new Set<string>();
    this.#said.set(topic, said);
    const fresh: string[] = [];
    for (const note of notes) {
      const item = note.kind === 'value' ? note.value : note.key;
      if (!topic.startsWith(note.kind) || said.has(item) || said.size > most) continue;
      said.add(item);
      // The last one stands for all that follow: a note is there to be read.
      fresh.push(said.size > most ? '…' : printable(item));
    }
    if (fresh.length > 0) process.stderr.write(`${inLanguage(sentence(listed(fresh)), this.#language)}\n`);
  }
}

const most = 20;
const longest = 40;

function printable(item: string): string {
  const shown = item.length > longest ? `${item.slice(0, longest)}…` : item;
  return shown.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

import type { FromPage, ToPage } from '../src/pageMessages.ts';

/** What a view has of the editor around it. */
interface Frame<State> {
  postMessage(message: unknown): void;
  getState(): State | undefined;
  setState(state: State): void;
}

/** The way to the extension, and what is remembered while the view is hidden. There is one for each view. */
export function frameOf<To extends { readonly kind: string }, From, State>(): {
  tell(message: From): void;
  remembered(): State | undefined;
  remember(state: State): void;
  /** The view is there, and calls back with each message of the extension. */
  begin(then: (message: To) => void): void;
} {
  const frame = (globalThis as unknown as { acquireVsCodeApi(): Frame<State> }).acquireVsCodeApi();
  return {
    tell: (message) => frame.postMessage(message),
    remembered: () => frame.getState(),
    remember: (state) => frame.setState(state),
    begin(then) {
      const tell = (): void => frame.postMessage({ kind: 'begin' } satisfies FromPage);
      let hasHeard = false;
      // Nobody else has a way to this frame: its origin is its own.
      window.addEventListener('message', ({ data }: MessageEvent<To | ToPage>) => {
        if (isOfPage(data)) {
          if (!hasHeard) tell();
          return;
        }
        hasHeard = true;
        then(data);
      });
      tell();
    },
  };
}

function isOfPage(message: { readonly kind: string }): message is ToPage {
  return message.kind === 'sent';
}

const texts: { readonly [name: string]: string } = JSON.parse(document.body.dataset.texts ?? '{}');

/** What the view says in words of its own, in the language of the editor. */
export function textOf(name: string): string {
  return texts[name] ?? name;
}

/** Words in brackets behind others, and a title in front of others, as the language writes them. */
export function bracketed(words: string): string {
  return isEnglish ? ` (${words})` : `（${words}）`;
}

export function titled(title: string, words: string): string {
  return isEnglish ? `${title}: ${words}` : `${title}：${words}`;
}

const isEnglish = document.documentElement.lang === 'en';

import { inLanguage, type Language } from '../../base/text.ts';

/** Tells how far a long audit has come, to a person at a terminal and nobody else. */
export function startProgress(lines: () => number, language: Language): { stop(): void } {
  const { stderr, stdout } = process;
  // Where the results themselves go to the terminal, they are the progress.
  if (!stderr.isTTY || stdout.isTTY) return { stop: () => {} };
  const clear = '\r\u001b[2K';
  const timer = setInterval(() => {
    const count = lines().toLocaleString('en');
    stderr.write(clear + inLanguage({ zh: `已检查 ${count} 行`, en: `${count} lines checked` }, language));
  }, 1000);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      stderr.write(clear);
    },
  };
}

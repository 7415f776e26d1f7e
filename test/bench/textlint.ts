import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { phrases } from './generate.ts';
import { peerModule } from './peerModule.ts';

interface Textlint {
  loadTextlintrc(options: { configFilePath: string }): Promise<object>;
  createLinter(options: { descriptor: object }): {
    lintText(text: string, path: string): Promise<{ messages: unknown[] }>;
  };
}

/** A folder in which textlint looks for as many phrases, with prh, as a list has. */
export function textlintFolder(text: string, count: number): { readonly rc: string; readonly file: string } {
  const folder = resolve('out/bench/textlint');
  const rules = phrases(count, text).map((phrase) => `  - expected: 〇\n    pattern: ${phrase}\n`);
  const prh = write(join(folder, 'prh.yml'), `version: 1\nrules:\n${rules.join('')}`);
  const rc = write(join(folder, '.textlintrc.json'), JSON.stringify({ rules: { prh: { rulePaths: [prh] } } }));
  return { rc, file: write(join(folder, 'text.txt'), text) };
}

/** Checks the text in this process; answers how many findings there are. */
export async function textlintOf(text: string, count: number): Promise<() => Promise<number>> {
  const { rc, file } = textlintFolder(text, count);
  const { loadTextlintrc, createLinter } = peerModule<Textlint>('textlint');
  const linter = createLinter({ descriptor: await loadTextlintrc({ configFilePath: rc }) });
  return async () => (await linter.lintText(text, file)).messages.length;
}

export function write(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';
import { grammar } from '../../syntaxes/grammar.ts';

/** A piece of a line and its scopes, outermost first, without the `source.huashu` that all have. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly scopes: readonly string[];
}

export type Tokenizer = (lines: readonly string[]) => Token[][];

/** The grammar as it would be generated now, running in the engine of VS Code. */
export async function createTokenizer(): Promise<Tokenizer> {
  const wasm = join(dirname(createRequire(import.meta.url).resolve('vscode-oniguruma')), 'onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(null),
  });
  const raw = textmate.parseRawGrammar(JSON.stringify(grammar()), 'huashu.tmLanguage.json');
  const loaded = await registry.addGrammar(raw);
  return (lines) => {
    let stack = textmate.INITIAL;
    return lines.map((line) => {
      const { tokens, ruleStack } = loaded.tokenizeLine(line, stack);
      stack = ruleStack;
      return tokens
        .filter(({ startIndex }) => startIndex < line.length)
        .map(({ startIndex, endIndex, scopes }) => ({
          text: line.slice(startIndex, endIndex),
          start: startIndex,
          scopes: scopes.slice(1),
        }));
    });
  };
}

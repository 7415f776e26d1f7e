import { frontMatterRules } from './frontMatterGrammar.ts';
import { included, type Rule } from './grammarPieces.ts';
import { lineRules } from './lineGrammar.ts';
import { phraseRules } from './phraseGrammar.ts';

export interface Grammar {
  readonly information_for_contributors: string;
  readonly name: string;
  readonly scopeName: string;
  readonly patterns: readonly Rule[];
  readonly repository: { readonly [name: string]: Rule };
}

/**
 * The grammar of the language, from its vocabulary. The first scope of a line is `meta.<class of the line>.huashu`, and no
 * line can colour the next one, however it is broken off.
 */
export function grammar(): Grammar {
  return {
    information_for_contributors:
      'Generated from server/src/syntax/vocabulary.ts by syntaxes/generate.ts; do not edit. Run: npm run generate',
    name: 'Huashu',
    scopeName: 'source.huashu',
    patterns: ['front-matter', ...Object.keys(lineRules)].map(included),
    repository: { ...frontMatterRules, ...lineRules, ...phraseRules },
  };
}

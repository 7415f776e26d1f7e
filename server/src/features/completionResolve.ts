import type { CompletionItem } from 'vscode-languageserver-protocol';
import type { Category } from '../rules/finding.ts';
import type { Memory } from './completionItem.ts';
import { categoryText, ruleText } from './describe.ts';
import type { Context, Feature } from './feature.ts';
import { nodeText } from './nodeText.ts';
import { replyText, stepText } from './stepText.ts';
import { variableText } from './variableText.ts';

/** What an item is and why, worked out when somebody looks at it. */
export const completionResolve: Feature<CompletionItem, CompletionItem> = {
  method: 'completionItem/resolve',
  // Promised together with completion.
  capability: {},
  run(context, given) {
    const memory = given.data as Memory | undefined;
    if (memory === undefined) return given;
    const text = describe(memory, context);
    if (text === '') return given;
    const { documentation } = given;
    const more = typeof documentation === 'object' ? `\n\n---\n\n${documentation.value}` : '';
    return { ...given, documentation: { kind: 'markdown', value: text + more } };
  },
};

function describe({ uri, thing, name }: Memory, context: Context): string {
  const { snapshot, language } = context;
  const script = snapshot.script(uri);
  if (!script) return '';
  const packs = snapshot.packs(script).set;
  switch (thing) {
    case 'step': {
      const step = packs.steps.find(({ id }) => id === name);
      return step ? stepText(step, packs, context) : '';
    }
    case 'reply': {
      const reply = packs.replies.find(({ id }) => id === name);
      return reply ? replyText(reply, language) : '';
    }
    case 'rule':
      return ruleText(name, packs, context);
    case 'category':
      return categoryText(name as Category, [...packs.rules, ...packs.flow], language);
    case 'node': {
      const symbol = script.node(name);
      return symbol ? nodeText({ name: symbol.name, script, symbol }, script, context) : '';
    }
    case 'variable':
      return variableText(name, script, packs, language);
    default:
      return thing satisfies never;
  }
}

import type { Text } from '../base/text.ts';
import { channels, stages, type Term } from '../syntax/vocabulary.ts';
import { factNames, factValueNames } from './labels.ts';
import { type Fact, factValues } from './pack.ts';
import { choice, type Field, type Form, form, list, optional, type Scalar, type Shape } from './shape.ts';

// What the schemas of all parts of a rule pack have in common.

/** Words of the agent, as they stand in a script. */
export const says: Scalar = { kind: 'text', holds: 'says' };
export const channel = terms(channels);
export const stage = terms(stages);
export const names = { zh: '中文名称和英文名称。', en: 'The name in Chinese and English.' };

export const facts = Object.keys(factValues) as Fact[];

/** For each fact one value, or several. */
export const factForm = factsAs((values) => values);

export const factSetForm = factsAs(list);

export const inChannels = optional(
  list(channel),
  '只在这些渠道提供；话术没有写渠道就是电话。',
  'Offered in these channels alone; a script that names none is a phone call.',
);

/** Where other words suit what is known, so that nobody else is told what is meant for the customer. */
export const forWhom = {
  facts: optional(
    factSetForm,
    '只在已知这些情况成立时提供；有合适的，就不再提供没有写情况的。',
    'Offered only where these are known to hold; where one suits, those that name none are not offered.',
  ),
  lifted: optional(factSetForm, '已知这些情况成立时不提供。', 'Not offered where these are known to hold.'),
};

function factsAs(shape: (values: Shape) => Shape): Form<Fact> {
  const fields = facts.map((fact): [Fact, Field] => {
    const values = choice(factValues[fact] as readonly string[], factValueNames as { readonly [value: string]: Text });
    return [fact, optional(shape(values), `${factNames[fact].zh}。`, `${factNames[fact].en}.`)];
  });
  return form(Object.fromEntries(fields) as { readonly [fact in Fact]: Field });
}

export function terms(all: readonly Term[]): Scalar {
  const about = ({ zh, en, help }: Term): Text => ({ zh: `${zh[0]}：${help.zh}`, en: `${en[0]}: ${help.en}` });
  return { kind: 'choice', choices: all.map((term) => ({ value: term.id, about: about(term) })) };
}

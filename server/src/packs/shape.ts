import type { Text } from '../base/text.ts';

/**
 * What may stand at a place of a YAML file. The loader takes its keys from here, completion and hover what they offer and
 * explain, and the published JSON schemas everything.
 */
export type Shape = Scalar | Group;

export type Scalar =
  /** A text as the author likes it; `says` is said to a customer, `fills` is shown for a finding, and both may hold `{…}`. */
  | { readonly kind: 'text'; readonly holds?: 'says' | 'fills' }
  | { readonly kind: 'day' }
  | { readonly kind: 'glob' }
  | { readonly kind: 'pattern' }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  /** The name of something that is defined elsewhere. */
  | { readonly kind: 'name'; readonly of: NamedThing }
  /** The name that something gets here. */
  | { readonly kind: 'definition'; readonly of: DefinedThing }
  /** A value of the fact that the same mapping names. */
  | { readonly kind: 'fact-value' };

export type Group =
  | Form
  /** A list, or a single item in its place. */
  | { readonly kind: 'list'; readonly of: Shape }
  /** A mapping whose keys the author chooses: `keys` says what they are. */
  | { readonly kind: 'table'; readonly keys: Scalar; readonly of: Shape }
  /** A short and a long form of the same thing. */
  | { readonly kind: 'either'; readonly short: Scalar; readonly long: Form };

/** A mapping with known keys. */
export interface Form<Key extends string = string> {
  readonly kind: 'form';
  readonly fields: { readonly [key in Key]: Field };
}

export interface Field {
  readonly shape: Shape;
  readonly help: Text;
  readonly required: boolean;
}

export interface Choice {
  readonly value: string;
  readonly about: Text;
}

/** What a pack defines under a name. */
export type DefinedThing = 'source' | 'lexicon' | 'context' | 'detector' | 'rule' | 'step' | 'reply' | 'variable';
/** What a value may name: `target` is a step or a built-in target, `reason` what makes an example harmless, `level-of` a rule or category. */
export type NamedThing =
  | 'source'
  | 'context'
  | 'detector'
  | 'rule'
  | 'step'
  | 'reply'
  | 'target'
  | 'reason'
  | 'level-of'
  | 'pack';

export const text: Scalar = { kind: 'text' };
export const day: Scalar = { kind: 'day' };
export const glob: Scalar = { kind: 'glob' };
export const pattern: Scalar = { kind: 'pattern' };
export const name = (of: NamedThing): Scalar => ({ kind: 'name', of });
export const definition = (of: DefinedThing): Scalar => ({ kind: 'definition', of });
export const list = (of: Shape): Group => ({ kind: 'list', of });
export const table = (keys: Scalar, of: Shape): Group => ({ kind: 'table', keys, of });
export const either = (short: Scalar, long: Form): Group => ({ kind: 'either', short, long });

export function choice<Value extends string>(
  values: readonly Value[],
  about: { readonly [value in Value]: Text },
): Scalar {
  return { kind: 'choice', choices: values.map((value) => ({ value, about: about[value] })) };
}

export const yesNo: Scalar = choice(['true', 'false'], {
  true: { zh: '是', en: 'yes' },
  false: { zh: '否', en: 'no' },
});

export const form = <Key extends string>(fields: { readonly [key in Key]: Field }): Form<Key> => ({
  kind: 'form',
  fields,
});

export const required = (shape: Shape, zh: string, en: string): Field => ({ shape, help: { zh, en }, required: true });
export const optional = (shape: Shape, zh: string, en: string): Field => ({ shape, help: { zh, en }, required: false });

/** A text in both languages. */
export const bilingual = form({
  zh: required(text, '中文。', 'Chinese.'),
  en: required(text, '英文。', 'English.'),
});

/** A text in both languages that may hold `{…}`. */
export const bilingualFilled = form({
  zh: required({ kind: 'text', holds: 'fills' }, '中文。', 'Chinese.'),
  en: required({ kind: 'text', holds: 'fills' }, '英文。', 'English.'),
});

export function keysOf<Key extends string>({ fields }: Form<Key>): readonly Key[] {
  return Object.keys(fields) as Key[];
}

export function requiredKeysOf<Key extends string>(of: Form<Key>): readonly Key[] {
  return keysOf(of).filter((key) => of.fields[key].required);
}

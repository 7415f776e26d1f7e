import type { Location } from 'vscode-languageserver-protocol';
import { inLanguage } from '../base/text.ts';
import type { Sheet } from '../model/workspace.ts';
import { type Definition, definitionsIn } from '../packs/definitions.ts';
import type { Pack } from '../packs/pack.ts';
import { type PackSet, packSetOf } from '../packs/packSet.ts';
import type { DefinedThing, NamedThing } from '../packs/shape.ts';
import { innerSpan, type YamlText } from '../packs/yamlText.ts';
import { categories } from '../rules/finding.ts';
import { type Term, targets } from '../syntax/vocabulary.ts';
import {
  categoryText,
  categoryTitle,
  contextText,
  detectorText,
  lexiconText,
  packText,
  ruleText,
  sourceText,
} from './describe.ts';
import type { Context } from './feature.ts';
import { escaped, sourceLine } from './markdown.ts';
import { replyText, stepText } from './stepText.ts';

/** A name that a configuration or pack can use. */
export interface KnownName {
  readonly name: string;
  /** What it stands for, in a few words. */
  readonly about: string;
  /** All about it, as Markdown. */
  text(): string;
}

/** Every name of a kind that is known where a sheet stands. */
export function namesOf(thing: NamedThing | DefinedThing, sheet: Sheet, context: Context): readonly KnownName[] {
  const { language, snapshot } = context;
  switch (thing) {
    case 'pack':
      return snapshot.settings.bundled.map((pack) => ({
        name: pack.id,
        about: inLanguage(pack.title, language),
        text: () => packText(pack, language),
      }));
    case 'level-of':
      return levelled(context);
    case 'target':
      return [
        ...defined('step', sheet, context),
        ...targets.map((term: Term) => ({
          name: term.zh[0],
          about: inLanguage(term.help, language),
          text: () => `**${term.zh[0]}**\n\n${escaped(inLanguage(term.help, language))}`,
        })),
      ];
    case 'reason':
      return [
        ...defined('context', sheet, context),
        ...reasons.map(({ name, zh, en }) => {
          const about = inLanguage({ zh, en }, language);
          return { name, about, text: () => about };
        }),
      ];
    default:
      return defined(thing, sheet, context);
  }
}

const reasons = [
  { name: 'inside', zh: '落在固定说法之中', en: 'It is part of a fixed phrase.' },
  { name: 'facts', zh: '例句里写明的情况', en: 'What the example says to be known.' },
];

/** Rules and categories, which a configuration gives their level. */
function levelled({ language, snapshot, ...context }: Context): readonly KnownName[] {
  const packs = [
    ...snapshot.settings.bundled,
    ...[...snapshot.settings.files.values()].flatMap(({ pack }) => pack ?? []),
  ];
  const set = packSetOf(packs);
  return [
    ...[...set.rules, ...set.flow].map((rule) => ({
      name: rule.id,
      about: inLanguage(rule.title, language),
      text: () => ruleText(rule.id, set, { language, snapshot, ...context }),
    })),
    ...categories.map((category) => ({
      name: category,
      about: inLanguage(categoryTitle(category) ?? { zh: '', en: '' }, language),
      text: () => categoryText(category, [...set.rules, ...set.flow], language),
    })),
  ];
}

/** What the files of a pack define, also where a mistake keeps it from being in force. */
function defined(kind: DefinedThing, sheet: Sheet, context: Context): readonly KnownName[] {
  const pack = sheet.pack?.pack;
  const set = packSetOf(pack ? [pack] : []);
  const names = new Map(
    sheet.files.flatMap(({ yaml }) =>
      definitionsIn(yaml).flatMap((each) => (each.kind === kind ? [[each.name, each]] : [])),
    ) as [string, Definition][],
  );
  return [...names.keys()].map((name) => ({ name, ...describe(kind, name, pack, set, context) }));
}

function describe(
  kind: DefinedThing,
  name: string,
  pack: Pack | undefined,
  set: PackSet,
  context: Context,
): Pick<KnownName, 'about' | 'text'> {
  const { language } = context;
  const of = <T>(entity: T | undefined, about: (entity: T) => string, text: (entity: T) => string) =>
    entity === undefined ? { about: '', text: () => '' } : { about: about(entity), text: () => text(entity) };
  switch (kind) {
    case 'source':
      return of(
        set.source(name),
        (source) => sourceLine(source, language),
        (source) => sourceText(source, language),
      );
    case 'lexicon':
      return of(
        pack?.lexicons[name],
        (patterns) => patterns.join(' ').slice(0, 60),
        (patterns) => lexiconText(name, patterns, language),
      );
    case 'context':
      return of(
        pack?.contexts.find(({ id }) => id === name),
        ({ title }) => inLanguage(title, language),
        (each) => contextText(each, language),
      );
    case 'detector':
      return of(
        set.detectors.find(({ id }) => id === name),
        ({ title }) => inLanguage(title, language),
        (detector) => detectorText(detector, language),
      );
    case 'rule':
      return of(
        set.rule(name),
        ({ title }) => inLanguage(title, language),
        () => ruleText(name, set, context),
      );
    case 'step':
      return of(
        set.steps.find(({ id }) => id === name),
        (step) => inLanguage(step.name, language),
        (step) => stepText(step, set, context),
      );
    case 'reply':
      return of(
        set.replies.find(({ id }) => id === name),
        (reply) => inLanguage(reply.name, language),
        (reply) => replyText(reply, language),
      );
    case 'variable':
      return of(
        set.variables.find((each) => each.name === name),
        ({ note, sample }) => (note ? inLanguage(note, language) : sample),
        ({ note, sample }) => `**\`{${name}}\`**\n\n${escaped(note ? inLanguage(note, language) : sample)}`,
      );
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/** Where a name is defined: in the files of the sheet's pack, or for a rule in those of any pack that was read. */
export function placeOf(
  thing: NamedThing | DefinedThing,
  name: string,
  sheet: Sheet,
  { snapshot }: Context,
): Location | undefined {
  const kind = thing === 'target' ? 'step' : thing === 'reason' ? 'context' : thing === 'level-of' ? 'rule' : thing;
  const files =
    kind === 'rule' && sheet.files.length === 0
      ? [...snapshot.settings.files.values()].flatMap((pack) => pack.files)
      : sheet.files;
  for (const { uri, yaml } of files) {
    const found = definitionsIn(yaml).find((each) => each.kind === kind && each.name === name);
    if (found) return { uri, range: yamlRange(yaml, innerSpan(found.node)) };
  }
  return undefined;
}

export function yamlRange(
  yaml: YamlText,
  { start, end }: { readonly start: number; readonly end: number },
): Location['range'] {
  return { start: yaml.place(start), end: yaml.place(end) };
}

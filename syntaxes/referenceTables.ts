import { inLanguage, type Language, type Text } from '../server/src/base/text.ts';
import { sourceLine } from '../server/src/features/markdown.ts';
import { bindingNames, evidenceNames } from '../server/src/packs/labels.ts';
import { evidenceLevels, type Pack, type Reply, type Source, type Step } from '../server/src/packs/pack.ts';
import {
  booleans,
  builtinVariables,
  channels,
  connectives,
  frequencyKeys,
  frontMatterKeys,
  keywords,
  operators,
  roles,
  stages,
  statuses,
  suppressionFields,
  suppressionScopes,
  type Term,
  targets,
  variableFields,
  variableTypes,
} from '../server/src/syntax/vocabulary.ts';
import { performanceTable } from '../test/bench/table.ts';

/** The text of a language reference with its generated tables brought up to date. */
export function withTables(text: string, packs: readonly Pack[], language: Language): string {
  return text.replace(
    /(<!-- generated:([\w-]+) -->)[\s\S]*?(<!-- \/generated -->)/g,
    (_whole, opening: string, name: string, closing: string) => {
      const table = tables[name];
      if (!table) throw new Error(`There is no table named “${name}”; known are ${Object.keys(tables).join(', ')}.`);
      return `${opening}\n\n${table(packs, language).join('\n')}\n\n${closing}`;
    },
  );
}

type Table = (packs: readonly Pack[], language: Language) => readonly string[];

const heads = {
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
  help: { zh: '作用', en: 'What it does' },
  form: { zh: '写法', en: 'Form' },
  type: { zh: '类型', en: 'Type' },
  sample: { zh: '样例', en: 'Sample' },
  aliases: { zh: '也可以写', en: 'Also' },
  step: { zh: '要做的事', en: 'Purpose' },
  about: { zh: '意思', en: 'Meaning' },
  examples: { zh: '例句', en: 'Examples' },
  evidence: { zh: '文本是怎么看到的', en: 'How the text was seen' },
  sources: { zh: '依据', en: 'Sources' },
  source: { zh: '依据', en: 'Source' },
  binding: { zh: '效力', en: 'How it binds' },
  rules: { zh: '引用它的规则', en: 'Rules that rely on it' },
  best: { zh: '以此为最好依据的规则', en: 'Rules for which it is the best' },
} satisfies { readonly [name: string]: Text };

const tables: { readonly [name: string]: Table } = {
  evidence: evidenceTable,
  sources: sourceTable,
  performance: (_packs, language) => performanceTable(language),
  keywords: terms(keywords),
  roles: terms(roles),
  targets: terms(targets),
  'front-matter-keys': terms(frontMatterKeys),
  'frequency-keys': terms(frequencyKeys),
  'variable-types': terms(variableTypes),
  'variable-fields': terms(variableFields),
  'builtin-variables': (_packs, language) =>
    rows(
      [heads.zh, heads.help, heads.type, heads.sample],
      builtinVariables.map(({ zh, help, type, sample }) => {
        const named = variableTypes.find(({ id }) => id === type);
        return [
          code(zh),
          inLanguage(help, language),
          named ? (language === 'en' ? named.en[0] : named.zh[0]) : type,
          sample,
        ];
      }),
      language,
    ),
  statuses: terms(statuses),
  channels: terms(channels),
  stages: terms(stages),
  booleans: terms(booleans),
  operators: terms(operators),
  connectives: terms(connectives),
  'suppression-scopes': terms(suppressionScopes),
  'suppression-fields': terms(suppressionFields),
  steps: (packs, language) =>
    rows(
      [heads.zh, heads.en, heads.aliases, heads.step],
      packs
        .flatMap(({ steps }) => steps)
        .map((step) => [...names(step, stepAnchor(step)), inLanguage(step.purpose, language)]),
      language,
    ),
  replies: (packs, language) =>
    rows(
      [heads.zh, heads.en, heads.aliases, heads.about, heads.examples],
      packs
        .flatMap(({ replies }) => replies)
        .map((reply) => [
          ...names(reply, replyAnchor(reply)),
          inLanguage(reply.about, language),
          reply.examples.join('／'),
        ]),
      language,
    ),
};

/** How many sources were seen in which way, and how many rules have nothing better. */
function evidenceTable(packs: readonly Pack[], language: Language): readonly string[] {
  const sources = packs.flatMap((pack) => pack.sources);
  const best = packs.flatMap((pack) =>
    rulesIn(pack).map((rule) =>
      Math.min(...sourcesOf(rule, pack).map(({ evidence }) => evidenceLevels.indexOf(evidence))),
    ),
  );
  return rows(
    [heads.evidence, heads.sources, heads.best],
    evidenceLevels.map((level, index) => [
      inLanguage(evidenceNames[level], language),
      String(sources.filter(({ evidence }) => evidence === level).length),
      String(best.filter((each) => each === index).length),
    ]),
    language,
  );
}

function sourceTable(packs: readonly Pack[], language: Language): readonly string[] {
  return rows(
    [heads.source, heads.binding, heads.evidence, heads.rules],
    packs.flatMap((pack) =>
      pack.sources.map((source) => [
        sourceLine(source, language),
        inLanguage(bindingNames[source.binding], language),
        inLanguage(evidenceNames[source.evidence], language),
        String(rulesIn(pack).filter((rule) => rule.sources.includes(source.id)).length),
      ]),
    ),
    language,
  );
}

function rulesIn(pack: Pack): readonly { readonly sources: readonly string[] }[] {
  return [...pack.rules, ...pack.flow];
}

function sourcesOf(rule: { readonly sources: readonly string[] }, pack: Pack): Source[] {
  return pack.sources.filter(({ id }) => rule.sources.includes(id));
}

function terms(list: readonly Term[]): Table {
  const shown = list.some(({ form }) => form);
  return (_packs, language) =>
    rows(
      [heads.zh, heads.en, heads.help, ...(shown ? [heads.form] : [])],
      list.map(({ zh, en, help, form }) => [
        code(zh),
        code(en),
        inLanguage(help, language),
        ...(shown ? [form ? `\`${inLanguage(form, language)}\`` : ''] : []),
      ]),
      language,
    );
}

/** Where the reference has a step. */
export function stepAnchor({ id }: Step): string {
  return `step-${id}`;
}

/** Where the reference has a reply category. */
export function replyAnchor({ id }: Reply): string {
  return `reply-${id}`;
}

/** Both names of something from a pack, and its aliases. */
function names({ name, aliases }: Step | Reply, anchor: string): string[] {
  return [`<a id="${anchor}"></a>${name.zh}`, name.en, aliases.join('、')];
}

function code(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(' ');
}

function rows(head: readonly Text[], body: readonly (readonly string[])[], language: Language): string[] {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head.map((text) => inLanguage(text, language))), row(head.map(() => '---')), ...body.map(row)];
}

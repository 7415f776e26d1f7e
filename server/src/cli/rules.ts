import { nearest, orMeant } from '../base/names.ts';
import { inLanguage, type Language, type Text } from '../base/text.ts';
import { sourceLine } from '../features/markdown.ts';
import type { Pack } from '../packs/pack.ts';
import { packSetOf } from '../packs/packSet.ts';
import { problemReports, reportOf } from '../report/report.ts';
import { type RuleEntry, ruleEntries } from '../report/ruleEntries.ts';
import { severityNames } from '../report/severity.ts';
import { formatText } from '../report/text.ts';
import { runDetector, runExamples } from '../rules/examples.ts';
import { runFlowExamples } from '../rules/flow/examples.ts';
import { type Proof, proofOf } from '../rules/mutations.ts';
import { writeOut } from './check.ts';
import { tellMistakes } from './mistakes.ts';
import { type Options, UsageError } from './options.ts';
import { nameOf, openPacks } from './project.ts';

/** `huashu rules [id]`: the rules in force, or one of them explained. `huashu rules test`: all examples of the packs. */
export async function runRules(options: Options, bundled: readonly Pack[]): Promise<number> {
  const [first, ...more] = options.paths;
  if (first === 'test') return testRules({ ...options, packs: [...options.packs, ...more] }, bundled);
  if (more.length > 0)
    throw new UsageError(`一次只能说明一条规则：${more.join(' ')}`, `One rule at a time: ${more.join(' ')}`);
  const { packs, day, problems } = await openPacks(options, bundled);
  const entries = ruleEntries(packSetOf(packs), day, options.language);
  const { errors } = tellMistakes(problems, options.language);
  const wanted = first === undefined ? entries : [find(first, entries)];
  const text =
    options.format === 'json'
      ? json(wanted, options)
      : first === undefined
        ? list(wanted, options)
        : wanted.map((each) => explain(each, options)).join('\n');
  await writeOut(text, options.output);
  return errors > 0 ? 1 : 0;
}

function find(id: string, entries: readonly RuleEntry[]): RuleEntry {
  const entry = entries.find((each) => each.id === id);
  if (entry) return entry;
  const near = nearest(
    id,
    entries.map((each) => each.id),
  );
  throw new UsageError(`没有名为“${id}”的规则${orMeant(near).zh}`, `There is no rule named “${id}”${orMeant(near).en}`);
}

function json(entries: readonly RuleEntry[], { language }: Options): string {
  const rules = entries.map(({ title, why, sources, lines: _lines, ...rest }) => ({
    ...rest,
    sources: sources.map((source) => sourceLine(source, language)),
    title: inLanguage(title, language),
    why: inLanguage(why, language),
  }));
  return `${JSON.stringify({ version: 1, rules }, null, 2)}\n`;
}

function list(entries: readonly RuleEntry[], { language }: Options): string {
  const width = Math.max(0, ...entries.map(({ id }) => id.length));
  const lines = entries.map(
    ({ id, severity, title }) =>
      `${id.padEnd(width)}  ${inLanguage(severityNames[severity], language)}  ${inLanguage(title, language)}`,
  );
  const count = language === 'en' ? `${entries.length} rules` : `共 ${entries.length} 条规则`;
  return `${[...lines, '', count].join('\n')}\n`;
}

function explain(entry: RuleEntry, { language }: Options): string {
  const zh = language === 'zh-CN';
  const block = (title: Text, lines: readonly string[]): string[] =>
    lines.length === 0
      ? []
      : ['', inLanguage(title, language), ...lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`)];
  // Whole scripts stand apart from each other.
  const scripts = (title: Text, texts: readonly string[]): string[] =>
    block(
      title,
      texts.map((text, index) => (index === 0 ? '' : '\n') + text.trimEnd()),
    ).map((line) => line.replace(/^ +$/gm, ''));
  const suppression = {
    true: { zh: '可以豁免，须写明原因', en: 'can be suppressed with a reason' },
    approval: { zh: '可以豁免，须写明原因和审批人', en: 'can be suppressed with a reason and an approver' },
    false: { zh: '不允许豁免', en: 'cannot be suppressed' },
  }[`${entry.suppressible}`];
  const examples = entry.lines
    ? [
        ...block({ zh: '不要说', en: 'Do not say' }, entry.bad),
        ...block({ zh: '这样说没有问题', en: 'These are fine' }, entry.good),
        ...block({ zh: '建议改为', en: 'Say instead' }, entry.fixes),
      ]
    : [
        ...scripts({ zh: '会提示', en: 'Flagged' }, entry.bad),
        ...scripts({ zh: '不会提示', en: 'Not flagged' }, entry.good),
        ...block({ zh: '可以这样改', en: 'How to mend it' }, entry.fixes),
      ];
  return `${[
    `${entry.id}　${inLanguage(entry.title, language)}`,
    `${zh ? '类别' : 'Category'}${zh ? '：' : ': '}${entry.category}　${inLanguage(severityNames[entry.severity], language)}　${inLanguage(suppression, language)}`,
    '',
    inLanguage(entry.why, language),
    ...block({ zh: '看什么', en: 'What it looks at' }, entry.looks ?? []),
    ...block(
      { zh: '依据', en: 'Sources' },
      entry.sources.map((source) => sourceLine(source, language)),
    ),
    ...examples,
  ].join('\n')}\n`;
}

/** Every example of every rule, and what of each pack no example proves; 1 when an example fails or a pack has a mistake. */
async function testRules(options: Options, bundled: readonly Pack[]): Promise<number> {
  const { packs, day, problems } = await openPacks(options, bundled);
  const { language } = options;
  const set = packSetOf(packs);
  const failures = [
    ...set.detectors.flatMap((detector) => [...runDetector(detector, set, day)]),
    ...set.rules.flatMap((rule) => [...runExamples(rule, set, day)]),
    ...set.flow.flatMap((rule) => [...runFlowExamples(rule, set, day)]),
  ];
  const rules = set.rules.length + set.flow.length;
  const detectors = set.detectors.length;
  const examples = [...set.rules, ...set.flow, ...set.detectors].reduce(
    (sum, each) => sum + Object.values(each.examples).flat().length,
    0,
  );
  const proofs = packs.map((pack) => ({ pack: pack.id, ...proofOf(pack, day) }));
  const mistakes = problemReports(problems, language, nameOf);
  const text =
    options.format === 'json'
      ? `${JSON.stringify(
          {
            version: 1,
            rules,
            detectors,
            examples,
            failures: failures.map(({ rule, example, message }) => ({
              rule: rule.id,
              example: example.text,
              message: inLanguage(message, language),
            })),
            packs: proofs.map(({ pack, parts, unproven, alike }) => ({
              pack,
              parts,
              proven: parts - unproven.length,
              unproven,
              alike: alike.map(({ rule, example }) => ({ rule: rule.id, example: example.text })),
            })),
            files: mistakes,
          },
          null,
          2,
        )}\n`
      : `${[
          ...(mistakes.length > 0 ? [formatText(reportOf(mistakes, 0), language).trimEnd()] : []),
          ...failures.map(({ rule, message }) => `${rule.id}  ${inLanguage(message, language)}`),
          ...proofs.flatMap((proof) => proofText(proof, language)),
          language === 'en'
            ? `${rules} rules${detectors > 0 ? ` and ${detectors} detectors` : ''}, ${examples} examples: ${failures.length} failures`
            : `${rules} 条规则${detectors > 0 ? `、${detectors} 个识别项` : ''}，${examples} 个例句：${failures.length} 处不符`,
        ].join('\n')}\n`;
  await writeOut(text, options.output);
  return failures.length > 0 || problems.some(({ problem }) => problem.severity === 'error') ? 1 : 0;
}

function proofText({ pack, parts, unproven, alike }: Proof & { readonly pack: string }, language: Language): string[] {
  const zh = language === 'zh-CN';
  const percent = parts === 0 ? 100 : (100 * (parts - unproven.length)) / parts;
  return [
    ...unproven.map(({ where, source }) =>
      zh ? `${where}  去掉也没有例句察觉：${source}` : `${where}  no example notices without: ${source}`,
    ),
    ...alike.map(({ rule, example }) =>
      zh
        ? `${rule.id}  与前一个例句只差被发现的词，不算证明：${example.text}`
        : `${rule.id}  differs from an earlier example in the words found alone, and proves nothing: ${example.text}`,
    ),
    zh
      ? `${pack}：${parts} 处表达式和例外中，${percent.toFixed(1)} % 有例句证明`
      : `${pack}: ${percent.toFixed(1)} % of ${parts} patterns and exceptions are proven by an example`,
  ];
}

import { inLanguage, type Language, type Text } from '../base/text.ts';
import { spokenText } from '../features/transcript.ts';
import type { Share, Shares } from '../flow/coverage.ts';
import type { TestedFile, TestedScenario, TestFailure, TestReport, Uncovered } from './testReport.ts';
import { type Paint, printable } from './text.ts';

/** For people: a file, a line a scenario, what failed with the conversation up to there, and what is covered. */
export function formatTests(report: TestReport, language: Language, paint: Paint, uncovered: boolean): string {
  const say = (text: Text): string => inLanguage(text, language);
  const lines: string[] = [];
  for (const file of report.files) {
    if (file.scenarios.length === 0) continue;
    lines.push(paint('underline', printable(file.path)));
    for (const scenario of file.scenarios) lines.push(...scenarioLines(file, scenario, language, paint));
    lines.push(`  ${say(sharesText(file.coverage))}`);
    if (uncovered) lines.push(...uncoveredLines(file, say, paint));
    lines.push('');
  }
  const untested = report.files.filter(({ scenarios }) => scenarios.length === 0);
  if (untested.length > 0) {
    lines.push(say({ zh: '没有用例的话术：', en: 'Scripts without a scenario:' }));
    for (const { path } of untested) lines.push(`  ${printable(path)}`);
    lines.push('');
  }
  lines.push(paint(report.summary.failed > 0 ? 'red' : 'green', say(summaryText(report))));
  return `${lines.join('\n')}\n`;
}

function scenarioLines(
  { path }: TestedFile,
  { name, passed, failures }: TestedScenario,
  language: Language,
  paint: Paint,
): string[] {
  const title = printable(name === '' ? inLanguage({ zh: '（没有名称）', en: '(without a name)' }, language) : name);
  if (passed) return [`  ${paint('green', '✔')} ${title}`];
  return [
    `  ${paint('red', '✘')} ${title}`,
    ...failures.flatMap((failure) => failureLines(path, failure, language, paint)),
  ];
}

function failureLines(
  path: string,
  { message, range: { start }, transcript }: TestFailure,
  language: Language,
  paint: Paint,
): string[] {
  const place = `${path}:${start.line + 1}:${start.character + 1}`;
  return [
    `    ${paint('red', printable(`${place}  ${message}`))}`,
    ...transcript.map((line) => {
      const where = `${line.path === path ? '' : `${line.path}:`}${line.line + 1}`;
      return paint('dim', `      ${printable(`${where}  ${spokenText(line, language)}`)}`);
    }),
  ];
}

function uncoveredLines({ path, coverage }: TestedFile, say: (text: Text) => string, paint: Paint): string[] {
  if (coverage.uncovered.length === 0) return [];
  return [
    `  ${say({ zh: '没有用例走到：', en: 'Not covered by any scenario:' })}`,
    ...coverage.uncovered.map((each) => {
      const { range, way } = each;
      const how = way ? wayText(way) : { zh: '（说 100 句也走不到）', en: '(not within 100 replies)' };
      const what = printable(`${path}:${range.start.line + 1}  ${say(uncoveredText(each))}`);
      return `    ${what}  ${paint('dim', printable(say(how)))}`.trimEnd();
    }),
  ];
}

export function uncoveredText({ kind, node, name, missing }: Uncovered): Text {
  const at = { zh: node ?? '（开头）', en: node ?? '(beginning)' };
  switch (kind) {
    case 'node':
      return { zh: `节点 ${at.zh}`, en: `node ${at.en}` };
    case 'branch':
      return { zh: `分支 ${at.zh}（${name}）`, en: `branch ${at.en} (${name})` };
    case 'condition':
      return missing === 'taken'
        ? { zh: `条件 ${name}：没有成立过`, en: `condition ${name}: never held` }
        : { zh: `条件 ${name}：没有不成立过`, en: `condition ${name}: always held` };
    default:
      return kind satisfies never;
  }
}

/** How to get there: what to set, and what to say. */
function wayText({ replies, conditions }: NonNullable<Uncovered['way']>): Text {
  const held = conditions.filter(({ holds }) => holds).map(({ condition }) => condition);
  const zh = [
    held.length > 0 ? `设定：${held.join('，')}` : '',
    replies.length > 0 ? `说：${replies.join(' → ')}` : '',
  ];
  const en = [
    held.length > 0 ? `given: ${held.join(', ')}` : '',
    replies.length > 0 ? `say: ${replies.join(' → ')}` : '',
  ];
  return { zh: zh.filter(Boolean).join('；'), en: en.filter(Boolean).join('; ') };
}

function shareText({ covered, total }: Share): string {
  return total === 0 ? '0/0' : `${covered}/${total} (${Math.floor((100 * covered) / total)}%)`;
}

export function sharesText({ nodes, branches, conditions }: Shares): Text {
  const some = conditions.total > 0;
  return {
    zh: `覆盖：节点 ${shareText(nodes)}，分支 ${shareText(branches)}${some ? `，条件 ${shareText(conditions)}` : ''}`,
    en: `Covered: nodes ${shareText(nodes)}, branches ${shareText(branches)}${some ? `, conditions ${shareText(conditions)}` : ''}`,
  };
}

function summaryText({ summary }: TestReport): Text {
  const { scenarios, passed, failed, coverage } = summary;
  if (scenarios === 0) return { zh: '没有用例，什么也没有检验。', en: 'There is no scenario; nothing was tested.' };
  const shares = sharesText(coverage);
  return {
    zh: `${scenarios} 个用例：${passed} 个通过，${failed} 个没有通过；${shares.zh}`,
    en: `${scenarios} ${scenarios === 1 ? 'scenario' : 'scenarios'}: ${passed} passed, ${failed} failed; ${shares.en.toLowerCase()}`,
  };
}

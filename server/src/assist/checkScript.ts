import { applyEdits } from '../base/edit.ts';
import type { Steps } from '../base/steps.ts';
import { inLanguage, type Language, type Text } from '../base/text.ts';
import { Refusal } from '../features/feature.ts';
import { sourceLine } from '../features/markdown.ts';
import type { Script } from '../model/script.ts';
import { severities } from '../packs/pack.ts';
import { reportedFindings, summaryOf } from '../report/report.ts';
import { severityNames } from '../report/severity.ts';
import { fileLines, printable, summaryLine } from '../report/text.ts';
import { createChecker } from '../rules/checker.ts';
import type { Finding, Fix } from '../rules/finding.ts';
import type { Answer, Tool } from './tool.ts';

/** A script with more characters than these is not looked at. */
export const longestScript = 2_000_000;

/** So many findings are told, the worst ones; whoever mends them asks again. */
const mostFindings = 50;

/** So many fixes of one finding are shown. */
const mostFixes = 3;

export const checkScript: Tool = {
  name: 'huashu_check_script',
  title: { zh: '检查催收话术', en: 'Check a collection script' },
  about: {
    zh: '按现行法规和规则包检查一份催收话术，返回每一处问题：规则编号、位置、说明、法规依据、改法。凡是起草或改动过的催收话术，交给用户之前都要用它检查，直到没有错误。话术用“话术”语言书写：【节名】开始一节，每行“坐席：台词”，客户的回复写作“客户（类别）：例句 → 节名”。text 和 path 写且只写一个。',
    en: 'Checks a debt-collection script against the law and the rule packs in force, and returns every finding: rule, place, message, legal source and fixes. Use it on every collection script that you draft or change, before you hand it over, until it has no errors. Scripts are in the Huashu language: [Name] opens a node, each line is “Agent: words”, a reply of the customer is “Customer (category): example -> node”. Give exactly one of text and path.',
  },
  fields: {
    text: {
      about: { zh: '话术全文，或其中的几行。', en: 'The whole text of the script, or some lines of one.' },
      longest: longestScript,
    },
    path: {
      about: {
        zh: '话术文件（.huashu 或 .话术）的路径，相对于打开的文件夹；文件夹以外的文件不予读取。',
        en: 'The path of a script (.huashu or .话术), from the folder that is open; files outside of it are not read.',
      },
      longest: 4096,
    },
  },
  subject({ text, path }) {
    if (text !== undefined && path === undefined) return { text };
    if (path !== undefined && text === undefined) return { path };
    return new Refusal('text 和 path 要写其中一个，不能都写。', 'Give either text or path, and not both.');
  },
  *run(_, { script, snapshot, language, problems, nameOf }): Steps<Answer> {
    const found = yield* createChecker(1).checking(script, snapshot);
    const open = found.filter(({ suppressed }) => !suppressed);
    const told = worstOf(open);
    const name = nameOf(script.uri);
    const summary = summaryOf(reportedFindings(script, found, snapshot, language, nameOf), 1);
    const findings: object[] = [];
    const texts: string[] = [];
    for (const [index, finding] of told.entries()) {
      const fixes = finding.fixes();
      const [reported] = reportedFindings(script, [{ ...finding, fixes: () => fixes }], snapshot, language, nameOf);
      findings.push({ ...reported, line: lineNumber(finding, script) });
      texts.push(findingText(index + 1, finding, fixes, script, language));
      // What fixes lead to is tried out, which takes longer than to find what is wrong.
      yield;
    }
    const left = open.length - told.length;
    return {
      text: [
        `${name}${language === 'en' ? ': ' : '：'}${summaryLine({ summary }, language)}`,
        ...texts,
        ...(left > 0 ? [inLanguage(more(left), language)] : []),
        ...problems.map((each) => fileLines(each, language).join('\n').trimEnd()),
        ...(open.length === 0 && problems.length === 0 ? [inLanguage(clean, language)] : []),
      ].join('\n\n'),
      data: { path: name, findings, left, summary, ...(problems.length > 0 && { problems }) },
    };
  },
};

const clean: Text = {
  zh: '没有发现问题。检查不能代替合规人员的审核。',
  en: 'Nothing was found. The check does not replace a review by compliance.',
};

function more(left: number): Text {
  return {
    zh: `另有 ${left} 处问题没有列出；修改之后请再检查一次。`,
    en: `${left} more findings are not listed; check again when these are mended.`,
  };
}

/** In the order of the text. */
function worstOf(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ severity }: Finding): number => severities.indexOf(severity);
  const told = new Set(findings.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostFindings));
  return findings.filter((finding) => told.has(finding));
}

/** Counted from 1. */
function lineNumber({ start }: Finding, { text }: Script): number {
  return text.positionAt(start).line + 1;
}

function findingText(
  number: number,
  finding: Finding,
  fixes: readonly Fix[],
  script: Script,
  language: Language,
): string {
  const english = language === 'en';
  const { line, character } = script.text.positionAt(finding.start);
  const severity = inLanguage(severityNames[finding.severity], language);
  const place = english ? `line ${line + 1}, character ${character + 1}` : `第 ${line + 1} 行第 ${character + 1} 字`;
  const [source] = finding.sources;
  const said = lineOf(script, finding.start);
  return [
    `${number}. ${place} · ${severity} · ${finding.rule}`,
    ...(said === '' ? [] : [`   ${english ? 'Line: ' : '原文：'}${said}`]),
    `   ${english ? 'Finding: ' : '问题：'}${printable(inLanguage(finding.message, language))}`,
    ...(source ? [`   ${english ? 'Source: ' : '依据：'}${sourceLine(source, language)}`] : []),
    ...fixes.slice(0, mostFixes).map((fix) => `   ${english ? 'Fix: ' : '改法：'}${fixText(fix, script, language)}`),
  ].join('\n');
}

/** Longer lines are cut where they are shown. */
const longestShown = 300;

function lineOf({ source }: Script, offset: number): string {
  const start = source.slice(0, offset).lastIndexOf('\n') + 1;
  const end = source.indexOf('\n', offset);
  const line = source.slice(start, end < 0 ? undefined : end).trim();
  return printable(line.length > longestShown ? `${line.slice(0, longestShown)}…` : line);
}

/** What a fix does and, where that is a few lines of this script, what they are afterwards. */
function fixText({ title, edits }: Fix, script: Script, language: Language): string {
  const says = printable(inLanguage(title, language));
  const [first] = edits;
  if (!first || edits.some(({ uri }) => uri !== undefined && uri !== script.uri)) return says;
  const start = script.source.lastIndexOf('\n', Math.min(...edits.map((edit) => edit.start)) - 1) + 1;
  const last = Math.max(...edits.map(({ end }) => end));
  const end = script.source.indexOf('\n', last);
  const before = script.written.slice(start, end < 0 ? undefined : end);
  const after = applyEdits(
    before,
    edits.map((edit) => ({ newText: edit.newText, start: edit.start - start, end: edit.end - start })),
  );
  if (before.length > longestShown || after.length > 2 * longestShown || after.trim() === '') return says;
  return [says, ...after.trim().split(/\r?\n/).map(printable)].join('\n      ');
}

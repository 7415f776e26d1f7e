import { sha256 } from '../base/sha256.ts';
import { inLanguage, type Language } from '../base/text.ts';
import type { Destination, Difference, Side } from '../comparing/changes.ts';
import { isSame } from '../comparing/difference.ts';
import { wordsIn } from '../comparing/nodes.ts';
import type { Placed, ScriptNode } from '../syntax/tree.ts';
import { reportedFindings } from './report.ts';

/** The shape of `huashu diff --format json`, which users' pipelines rely on. Lines count from 0. */
export function differenceJson(
  difference: Difference,
  { before, after }: { readonly before: Side; readonly after: Side },
  names: { readonly before: string; readonly after: string },
  language: Language,
  nameOf: (uri: string) => string,
): string {
  const line = (placed: Placed | undefined, { script }: Side): object | null =>
    placed ? { line: placed.index, text: wordsIn(placed, script) } : null;
  const lineOf = (node: ScriptNode | undefined): number | null => node?.heading?.index ?? node?.lines[0]?.index ?? null;
  const destination = (where: Destination | undefined): object | null =>
    where === undefined
      ? null
      : 'node' in where
        ? { node: where.node }
        : { end: { kind: where.end.kind, outcome: where.end.outcome ?? null } };
  const { header, nodes, ways, ends, findings } = difference;
  const whole = {
    version: 1,
    before: { path: names.before, sha256: sha256(before.script.source) },
    after: { path: names.after, sha256: sha256(after.script.source) },
    same: isSame(difference),
    header: header.map(({ kind, key, name, before: was, after: is }) => ({
      kind,
      key,
      name,
      before: was ?? null,
      after: is ?? null,
    })),
    nodes: nodes.map((node) => ({
      kind: node.kind,
      name: node.name,
      formerly: node.formerly ?? null,
      line: { before: lineOf(node.before), after: lineOf(node.after) },
      reached: node.reached ?? null,
      steps: node.steps ? { before: node.steps.before, after: node.steps.after } : null,
      known: node.known.map(({ of, before: was, after: is }) => ({
        id: of.id,
        title: inLanguage(of.title, language),
        before: was,
        after: is,
      })),
      replies: node.replies.map(({ kind, speaker, category, examples, placed }) => ({
        kind,
        speaker,
        category,
        examples: { new: examples.more, gone: examples.less },
        line: placed.index,
      })),
      lines: node.lines.map(({ kind, below, before: was, after: is, moved }) => ({
        kind,
        below: below ?? null,
        before: line(was, before),
        after: line(is, after),
        moved: moved ?? null,
      })),
    })),
    ways: ways.map(({ kind, from, reply, speaker, condition, before: was, after: is, line: placed }) => ({
      kind,
      from,
      reply: reply ?? null,
      speaker: speaker ?? null,
      condition: condition ?? null,
      before: destination(was),
      after: destination(is),
      line: placed?.index ?? null,
    })),
    ends: ends.map(({ kind, before: was, after: is }) => {
      const end = is ?? was;
      return { kind, end: end?.kind ?? null, outcome: end?.outcome ?? null };
    }),
    findings: findings.map(({ kind, finding }) => {
      const { script, snapshot } = kind === 'gone' ? before : after;
      const [reported] = reportedFindings(script, [finding], snapshot, language, nameOf);
      const { fixes: _, ...told } = reported ?? { fixes: [] };
      return { kind, ...told };
    }),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

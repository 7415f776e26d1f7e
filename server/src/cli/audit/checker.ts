import { splitLines } from '../../base/lines.ts';
import { inLanguage, type Language, type Text } from '../../base/text.ts';
import type { Levels } from '../../model/config.ts';
import type { Pack } from '../../packs/pack.ts';
import { packSetOf } from '../../packs/packSet.ts';
import { type Place, type Position, reportedFinding } from '../../report/report.ts';
import { checkUtterance, levelled } from '../../rules/check.ts';
import { eachLine } from './jsonLines.ts';
import type { Chunk } from './record.ts';
import { type Judgement, Remembered } from './remembered.ts';
import { type Audited, type Note, type Situation, UtteranceReader, variablesOf, type Wrong } from './utterance.ts';

/** By what to judge; plain data, which can be sent to another thread. */
export interface Standard {
  /** The packs that come along go by their names: every thread has them. */
  readonly packs: readonly (Pack | string)[];
  readonly levels: Levels;
  readonly day: string;
  readonly language: Language;
}

/** What came of a chunk. */
export interface Answer {
  /** A line of JSON for every line of input, as UTF-8. */
  readonly output: Uint8Array;
  readonly lines: number;
  readonly errors: number;
  readonly warnings: number;
  readonly malformed: number;
  /** The first of the messages about malformed lines. */
  readonly firstError?: string;
  readonly notes: readonly Note[];
}

export type Checker = (chunk: Chunk) => Answer;

export function createChecker({ packs, levels, day, language }: Standard, bundled: readonly Pack[]): Checker {
  const set = packSetOf(
    packs.flatMap((pack) => (typeof pack === 'string' ? (bundled.find(({ id }) => id === pack) ?? []) : pack)),
  );
  const reader = new UtteranceReader(set);
  const remembered = new Remembered();
  const encoder = new TextEncoder();
  const judge = (text: string, { known }: Situation): Judgement => {
    const utterance = { text, variables: variablesOf(text), speaker: 'agent', ...known } as const;
    const found = levelled(checkUtterance(utterance, set, day), levels);
    if (found.length === 0) return nothing;
    const place = placeIn(text);
    const count = (wanted: string): number => found.filter(({ severity }) => severity === wanted).length;
    return {
      findings: JSON.stringify(found.map((each) => reportedFinding(each, place, language))),
      errors: count('error'),
      warnings: count('warning'),
    };
  };
  return (chunk) => {
    let output = '';
    let lines = 0;
    let errors = 0;
    let warnings = 0;
    let malformed = 0;
    let firstError: string | undefined;
    const take = (audited: Audited | Wrong, line: number): void => {
      lines++;
      if ('error' in audited) {
        const error = inLanguage(placed(audited.error, chunk.source, line), language);
        malformed++;
        firstError ??= error;
        output += `${JSON.stringify({ id: null, error, findings: [] })}\n`;
        return;
      }
      const { id, text, situation } = audited;
      const judgement = situation ? remembered.get(text, situation, () => judge(text, situation)) : nothing;
      errors += judgement.errors;
      warnings += judgement.warnings;
      output += `{"id":${id},"findings":${judgement.findings}}\n`;
    };
    if (chunk.kind === 'lines') {
      eachLine(chunk, {
        line: (source, start, end, number) => take(reader.ofLine(source, start, end, number), number),
        malformed: (number, error) => take({ error }, number),
      });
    } else {
      for (const record of chunk.records) {
        take('error' in record ? record : reader.ofRow(record.cells, chunk.columns, record.line), record.line);
      }
    }
    return {
      output: encoder.encode(output),
      lines,
      errors,
      warnings,
      malformed,
      ...(firstError !== undefined && { firstError }),
      notes: reader.takeNotes(),
    };
  };
}

const nothing: Judgement = { findings: '[]', errors: 0, warnings: 0 };

function placed({ zh, en }: Text, source: string | undefined, line: number): Text {
  return source === undefined
    ? { zh: `第 ${line} 行：${zh}`, en: `Line ${line}: ${en}` }
    : { zh: `${source} 第 ${line} 行：${zh}`, en: `${source}, line ${line}: ${en}` };
}

/** An utterance stands for itself: its first line is line 0. */
function placeIn(text: string): Place {
  const starts = splitLines(text).map(({ text: { start } }) => start);
  const positionAt = (offset: number): Position => {
    const line = Math.max(
      0,
      starts.findLastIndex((start) => start <= offset),
    );
    return { line, character: offset - (starts[line] ?? 0) };
  };
  return {
    source: text,
    range: ({ start, end }) => ({ start: positionAt(start), end: positionAt(end) }),
    nameOf: (uri) => uri,
  };
}

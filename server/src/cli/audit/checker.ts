import { splitLines } from '../../base/lines.ts';
import { inLanguage, type Language, type Text } from '../../base/text.ts';
import type { Levels } from '../../model/config.ts';
import type { Pack } from '../../packs/pack.ts';
import { packSetOf } from '../../packs/packSet.ts';
import { type Place, type Position, type ReportedFinding, reportedFinding } from '../../report/report.ts';
import { checkUtterance, levelled } from '../../rules/check.ts';
import { type Prepared, usePrepared } from '../../rules/engine.ts';
import type { Chunk } from './record.ts';
import { auditedOf, type Note } from './utterance.ts';

/** By what to judge; plain data, which can be sent to another thread. */
export interface Standard {
  readonly packs: readonly Pack[];
  /** What was worked out of each of them beforehand. */
  readonly prepared: readonly (Prepared | undefined)[];
  readonly levels: Levels;
  readonly day: string;
  readonly language: Language;
}

/** What came of a chunk. */
export interface Answer {
  /** A line of JSON for every line of input. */
  readonly output: string;
  readonly lines: number;
  readonly errors: number;
  readonly warnings: number;
  readonly malformed: number;
  /** The first of the messages about malformed lines. */
  readonly firstError?: string;
  readonly notes: readonly Note[];
}

export type Checker = (chunk: Chunk) => Answer;

export function createChecker({ packs, prepared, levels, day, language }: Standard): Checker {
  for (const [index, pack] of packs.entries()) {
    const mine = prepared[index];
    if (mine) usePrepared(pack, mine);
  }
  const set = packSetOf(packs);
  return ({ source, columns, records }) => {
    let output = '';
    let errors = 0;
    let warnings = 0;
    let malformed = 0;
    let firstError: string | undefined;
    const notes = new Map<string, Note>();
    const note = (each: Note): void => {
      notes.set(JSON.stringify(each), each);
    };
    for (const record of records) {
      const audited = auditedOf(record, columns, set, note);
      if ('error' in audited) {
        const error = inLanguage(placed(audited.error, source, record.line), language);
        malformed++;
        firstError ??= error;
        output += `${JSON.stringify({ id: null, error, findings: [] })}\n`;
        continue;
      }
      const { id, text, utterance } = audited;
      const found = utterance ? levelled(checkUtterance(utterance, set, day), levels) : [];
      const place = found.length > 0 ? placeIn(text) : undefined;
      const findings: ReportedFinding[] = place ? found.map((each) => reportedFinding(each, place, language)) : [];
      for (const { severity } of findings) {
        if (severity === 'error') errors++;
        else if (severity === 'warning') warnings++;
      }
      output += `${JSON.stringify({ id, findings })}\n`;
    }
    return {
      output,
      lines: records.length,
      errors,
      warnings,
      malformed,
      ...(firstError !== undefined && { firstError }),
      notes: [...notes.values()],
    };
  };
}

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

import { type InputLine, LineSplitter } from './lines.ts';
import type { InputRecord, RecordReader } from './record.ts';

/** Reads JSON Lines: every line is an utterance. An empty line is one that is wrong, except at the end. */
export function jsonLinesReader(): RecordReader {
  const lines = new LineSplitter();
  let firstBlank = 0;
  let blanks = 0;
  const recordsOf = function* (found: Iterable<InputLine>): Generator<InputRecord> {
    for (const { number, text, error } of found) {
      if (!error && isBlankLine(text)) {
        if (blanks++ === 0) firstBlank = number;
        continue;
      }
      // An empty line keeps its place in the output, so that line 7 of one is line 7 of the other.
      for (; blanks > 0; blanks--) yield { kind: 'malformed', line: firstBlank++, error: blankLine };
      yield error ? { kind: 'malformed', line: number, error } : { kind: 'json', line: number, text };
    }
  };
  return {
    columns: [],
    read: (bytes) => [...recordsOf(lines.split(bytes))],
    end: () => recordsOf(lines.end()),
  };
}

const blankLine = { zh: '空行。', en: 'An empty line.' };

function isBlankLine(text: string): boolean {
  return /^[ \t\r]*$/.test(text);
}

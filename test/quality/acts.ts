// How well detectors say what a line does: `npx tsx test/quality/acts.ts [acts.jsonl] [act…]` prints recall and false alarms an act.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actsOf, saidBy } from '../../server/src/rules/acts.ts';
import { today } from '../fixture.ts';
import { bundledSet } from '../packs.ts';

/** A line and whether it does what a detector is to recognise. */
export interface LabelledAct {
  readonly act: string;
  readonly speaker: 'agent' | 'customer';
  readonly does: boolean;
  readonly text: string;
}

export interface ActScore {
  readonly found: number;
  readonly does: number;
  readonly false: number;
  readonly not: number;
  readonly wrong: readonly LabelledAct[];
}

export function readActs(file: string): LabelledAct[] {
  return readFileSync(join(import.meta.dirname, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): LabelledAct => JSON.parse(line));
}

export function scoreOf(lines: readonly LabelledAct[]): ActScore {
  const hears = ({ act, speaker, text }: LabelledAct): boolean => {
    const said = saidBy(speaker === 'agent' ? 'agent' : 'party', text);
    return said !== undefined && actsOf(said, bundledSet, today).has(act);
  };
  const wrong = lines.filter((line) => hears(line) !== line.does);
  const does = lines.filter((line) => line.does).length;
  return {
    does,
    found: does - wrong.filter((line) => line.does).length,
    not: lines.length - does,
    false: wrong.filter((line) => !line.does).length,
    wrong,
  };
}

if (process.argv[1]?.endsWith('acts.ts')) {
  const [file = 'acts.jsonl', ...wanted] = process.argv.slice(2);
  const lines = readActs(file);
  for (const act of new Set(lines.map((line) => line.act))) {
    if (wanted.length > 0 && !wanted.includes(act)) continue;
    const score = scoreOf(lines.filter((line) => line.act === act));
    console.log(`${act.padEnd(24)} found ${score.found}/${score.does}  false ${score.false}/${score.not}`);
    if (wanted.length > 0)
      for (const { does, text } of score.wrong) console.log(`  ${does ? 'missed' : 'false '} ${text}`);
  }
}

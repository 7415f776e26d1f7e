import type { Language } from '../base/text.ts';
import { chartOf } from '../flow/chart.ts';
import { pathsOf } from '../flow/paths.ts';
import { csvOf } from '../handover/csv.ts';
import { drawingOf } from '../handover/drawing.ts';
import type { ExportFormat } from '../handover/formats.ts';
import { htmlOf } from '../handover/html.ts';
import { formatMermaid } from '../handover/mermaid.ts';
import { scriptDocument } from '../handover/scriptDocument.ts';
import { bookOf, linesSheet } from '../handover/table.ts';
import { jsonOf } from '../handover/toJson.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import { type Picture, picturesOf } from '../views/map.ts';
import { writeExcel } from './writeExcel.ts';
import { writeWord } from './writeWord.ts';

/** The bytes of a file; the same script has the same ones on every day. */
export async function exported(
  format: ExportFormat,
  script: Script,
  snapshot: Snapshot,
  language: Language,
): Promise<Uint8Array> {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  switch (format) {
    case 'docx':
      return writeWord(scriptDocument(script, snapshot, language, picturesFor(script, snapshot, language)));
    case 'html':
      return bytes(htmlOf(scriptDocument(script, snapshot, language, picturesFor(script, snapshot, language))));
    case 'xlsx':
      return writeExcel(bookOf(script));
    case 'csv':
      return bytes(csvOf(linesSheet(script)));
    case 'mermaid':
      return bytes(formatMermaid(drawingOf(chartOf(pathsOf(script, snapshot)), language)));
    case 'json':
      return bytes(`${JSON.stringify(jsonOf(script, snapshot), null, 2)}\n`);
    default:
      return format satisfies never;
  }
}

/** The flow without what the checks say of it: whoever gets a script handed over gets one that is finished. */
function picturesFor(script: Script, snapshot: Snapshot, language: Language): readonly Picture[] {
  return picturesOf(script, { snapshot, language, findings: () => [] });
}

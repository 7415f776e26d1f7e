import { htmlOf } from '../handover/html.ts';
import type { Reported } from '../report/compliance/ground.ts';
import { complianceReport } from '../report/compliance.ts';
import { picturesOf } from '../views/map.ts';
import { writeWord } from './writeWord.ts';

/** A compliance report as the bytes of a file; the same script on the same day has the same ones. */
export async function reportedAs(
  format: 'html' | 'docx',
  reported: Omit<Reported, 'pictures'>,
): Promise<{ readonly bytes: Uint8Array; readonly errors: number; readonly warnings: number }> {
  const { script, snapshot, language } = reported;
  const { document, errors, warnings } = complianceReport({
    ...reported,
    pictures: (findings) => picturesOf(script, { snapshot, language, findings: () => findings }),
  });
  const bytes = format === 'docx' ? await writeWord(document) : new TextEncoder().encode(htmlOf(document));
  return { bytes, errors, warnings };
}

import type { Report } from '../../report/report.ts';

/** The format that pipelines read; it changes only with its version. */
export function formatJson({ files, summary }: Report): string {
  return `${JSON.stringify({ version: 1, files, summary }, null, 2)}\n`;
}

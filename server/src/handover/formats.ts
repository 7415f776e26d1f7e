/** What a script can be exported as. */
export const exportFormats = ['docx', 'xlsx', 'csv', 'html', 'mermaid', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How a file of a format ends. */
export function endingOf(format: ExportFormat): string {
  return format === 'mermaid' ? 'mmd' : format;
}

/** Whether a screen shows it. */
export function isText(format: ExportFormat): boolean {
  return format !== 'docx' && format !== 'xlsx';
}

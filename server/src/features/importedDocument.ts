import { inLanguage } from '../base/text.ts';
import { type Content, type ImportOptions, importContent, summaryOf, withReview } from '../importing/importing.ts';
import { type Script, scriptOf } from '../model/script.ts';
import type { Context } from './feature.ts';

export interface ImportedDocument {
  /** The script, with remarks at its top that tell what was understood. */
  readonly text: string;
  readonly summary: string;
}

/** A document of this name as a script of its own. */
export function importedDocument(content: Content, name: string, uri: string, context: Context): ImportedDocument {
  const imported = importContent(content, {
    ...importOptions(scriptOf(uri, 0, ''), context),
    title: name.replace(/\.[^.]*$/, ''),
  });
  return {
    text: withReview(imported, name, context.language),
    summary: inLanguage(summaryOf(imported), context.language),
  };
}

/** The packs that count for a script, and the day. */
export function importOptions(script: Script, { snapshot }: Context): ImportOptions {
  return { packs: snapshot.packs(script).set, day: snapshot.config(script).asOf ?? snapshot.settings.today };
}

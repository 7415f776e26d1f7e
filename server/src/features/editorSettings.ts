/** What an editor's settings, and what the editor can do, decide about how things are shown. No script depends on it. */
export interface EditorSettings {
  /** Whether lenses stand above headings. */
  readonly codeLens: boolean;
  /** Whether what is known at a node stands beside its heading. */
  readonly inlayHints: boolean;
  /** The command of the client that shows references: it takes a URI, a position and locations, as JSON has them. */
  readonly referencesCommand?: string;
}

export const defaultEditorSettings: EditorSettings = { codeLens: true, inlayHints: true };

/** What of the settings `huashu.*` is about the editor alone; whatever does not fit is ignored, since the editor marks it itself. */
export function editorSettingsOf(settings: unknown): EditorSettings {
  if (typeof settings !== 'object' || settings === null) return defaultEditorSettings;
  const { codeLens, inlayHints } = settings as { readonly [key: string]: unknown };
  return { codeLens: codeLens !== false, inlayHints: inlayHints !== false };
}

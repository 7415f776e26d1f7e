import type { Connection } from 'vscode-languageserver';
import { configOfSettings, type PlacedConfig } from '../model/config.ts';

/** The settings `huashu.*` of an editor. */
export interface EditorConfigs {
  /** Those of the window, as they came. */
  readonly window: unknown;
  /** Whether problems of scripts that are not open are shown. */
  readonly checksFolders: boolean;
  /** What they say about scripts: first what counts everywhere, then what counts in one of several folders. */
  readonly defaults: readonly PlacedConfig[];
}

/** Asks an editor that can be asked; `folders` are those that are open, each with a slash at its end. */
export async function readSettings(
  { workspace }: Connection,
  canAsk: boolean,
  folders: readonly string[],
): Promise<EditorConfigs> {
  // Where only one folder is open its settings are those of the window.
  const several = folders.length > 1 ? folders : [];
  const items = [undefined, ...several].map((scopeUri) => ({ section: 'huashu', ...(scopeUri && { scopeUri }) }));
  const [window, ...own]: unknown[] = canAsk ? await workspace.getConfiguration(items) : [];
  const common: PlacedConfig = { config: configOfSettings(window), folder: folders[0] ?? '/', everywhere: true };
  const byFolder = several.map((folder, index): PlacedConfig => ({ config: configOfSettings(own[index]), folder }));
  const scope = (window as { readonly checkScope?: unknown } | null | undefined)?.checkScope;
  return {
    window,
    checksFolders: scope !== 'openFiles',
    defaults: [common, ...byFolder.sort((a, b) => a.folder.length - b.folder.length)],
  };
}

import type { InitializeParams } from 'vscode-languageserver-protocol';

/** What an editor's settings, and what the editor can do, decide about how things are shown. No script depends on it. */
export interface EditorSettings {
  /** Whether lenses stand above headings. */
  readonly codeLens: boolean;
  /** Whether what is known at a node stands beside its heading. */
  readonly inlayHints: boolean;
  /** Whether a new line shows what most likely comes next. */
  readonly nextLine: boolean;
  /** The command of the client that shows references: it takes a URI, a position and locations, as JSON has them. */
  readonly referencesCommand?: string;
  /** The command of the client that asks why something is suppressed, and then has it written. */
  readonly suppressCommand?: string;
  /** The command of the client that has a line rewritten by the language model of the user. */
  readonly rewriteCommand?: string;
  /** Whether the edit of a code action can be worked out when it is chosen. */
  readonly resolvesActions?: boolean;
  /** Whether an action that cannot be had is shown, with the reason. */
  readonly showsRefusals?: boolean;
  /** Whether an edit can create a file. */
  readonly createsFiles?: boolean;
  /** The URIs of the folders that are open, each with a slash at its end. */
  readonly folders?: readonly string[];
}

export const defaultEditorSettings: EditorSettings = { codeLens: true, inlayHints: true, nextLine: true };

/** What of the settings `huashu.*` is about the editor alone; whatever does not fit is ignored, since the editor marks it itself. */
export function editorSettingsOf(settings: unknown): EditorSettings {
  if (typeof settings !== 'object' || settings === null) return defaultEditorSettings;
  const { codeLens, inlayHints, nextLine } = settings as { readonly [key: string]: unknown };
  return { codeLens: codeLens !== false, inlayHints: inlayHints !== false, nextLine: nextLine !== false };
}

/** What a client says of itself when it starts the server. */
export function abilitiesOf(
  { capabilities, workspaceFolders }: InitializeParams,
  commands: Pick<EditorSettings, 'referencesCommand' | 'suppressCommand' | 'rewriteCommand'>,
): Omit<EditorSettings, 'codeLens' | 'inlayHints' | 'nextLine'> {
  const { codeAction } = capabilities.textDocument ?? {};
  const { documentChanges, resourceOperations } = capabilities.workspace?.workspaceEdit ?? {};
  const { referencesCommand, suppressCommand, rewriteCommand } = commands;
  return {
    ...(referencesCommand !== undefined && { referencesCommand }),
    ...(suppressCommand !== undefined && { suppressCommand }),
    ...(rewriteCommand !== undefined && { rewriteCommand }),
    resolvesActions: (codeAction?.dataSupport && codeAction.resolveSupport?.properties.includes('edit')) ?? false,
    showsRefusals: codeAction?.disabledSupport ?? false,
    createsFiles: (documentChanges && resourceOperations?.includes('create')) ?? false,
    folders: (workspaceFolders ?? []).map(({ uri }) => uri.replace(/\/?$/, '/')),
  };
}

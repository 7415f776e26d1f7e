import { commands, type Diagnostic, env, l10n, languages, Uri, window } from 'vscode';

/** Opens the page of a rule: of the finding at the cursor, else of one that the user chooses, else the list of all rules. */
export async function openRulePage(extension: Uri): Promise<void> {
  const editor = window.activeTextEditor;
  const found = editor ? languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === 'huashu') : [];
  const here = found.filter(({ range }) => editor && range.contains(editor.selection.active));
  const pages = pagesOf(here.length > 0 ? here : found);
  const page =
    pages.length > 1
      ? await window.showQuickPick(pages, {
          title: l10n.t('Open Rule Page'),
          placeHolder: l10n.t('A rule that this script breaks'),
          matchOnDetail: true,
        })
      : (pages[0] ?? { target: allRules(extension) });
  if (page) await commands.executeCommand('vscode.open', page.target);
}

/** The pages of the rules that are broken, each once. */
function pagesOf(
  found: readonly Diagnostic[],
): { readonly label: string; readonly detail: string; readonly target: Uri }[] {
  const pages = new Map<string, { label: string; detail: string; target: Uri }>();
  for (const { code, message } of found)
    if (typeof code === 'object' && !pages.has(String(code.value)))
      pages.set(String(code.value), { label: String(code.value), detail: message, target: code.target });
  return [...pages.values()];
}

/** Opens the list of all pages, which come along with the extension. */
export async function openManual(extension: Uri): Promise<void> {
  const page = env.language.startsWith('en') ? 'README.md' : 'README.zh-CN.md';
  await commands.executeCommand('vscode.open', Uri.joinPath(extension, 'docs', page));
}

/** The page that lists every rule. */
export function allRules(extension: Uri): Uri {
  return Uri.joinPath(extension, 'docs/rules', env.language.startsWith('en') ? 'en' : 'zh-CN', 'README.md');
}

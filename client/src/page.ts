import { env, type Tab, TabInputWebview, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';

/** The views that we have, by the names of their programs in `dist/views`. */
export type ViewName = 'map' | 'rehearsal' | 'difference';

/** Opens an empty view beside what is open, in one place with the other views. */
export function openPanel(name: ViewName, title: string, extension: Uri): WebviewPanel {
  const panel = window.createWebviewPanel(
    `huashu.${name}`,
    title,
    { viewColumn: columnOfViews() ?? ViewColumn.Beside, preserveFocus: false },
    { enableFindWidget: false },
  );
  fillPanel(panel, name, extension, {});
  return panel;
}

function columnOfViews(): ViewColumn | undefined {
  const isOurs = ({ input }: Tab): boolean =>
    input instanceof TabInputWebview && /\bhuashu\.(?:map|rehearsal|difference)$/.test(input.viewType);
  return window.tabGroups.all.find(({ tabs }) => tabs.some(isOurs))?.viewColumn;
}

/**
 * Puts a view into a panel. It may load its program and its style sheet and nothing else, from nowhere else.
 *
 * @param texts what the view says in words of its own
 */
export function fillPanel(
  panel: WebviewPanel,
  name: ViewName,
  extension: Uri,
  texts: { readonly [name: string]: string },
): void {
  const folder = Uri.joinPath(extension, 'dist/views');
  panel.webview.options = { enableScripts: true, localResourceRoots: [folder] };
  panel.iconPath = {
    light: Uri.joinPath(extension, 'client/media/script-light.svg'),
    dark: Uri.joinPath(extension, 'client/media/script-dark.svg'),
  };
  const of = (file: string): string => escaped(panel.webview.asWebviewUri(Uri.joinPath(folder, file)).toString());
  const nonce = randomName();
  const { cspSource } = panel.webview;
  // Pictures are those that a view draws itself, to be saved.
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; img-src data: blob:`;
  panel.webview.html = `<!DOCTYPE html>
<html lang="${env.language.startsWith('en') ? 'en' : 'zh-CN'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${of(`${name}.css`)}">
<title>${escaped(panel.title)}</title>
</head>
<body data-texts="${escaped(JSON.stringify(texts))}">
<script nonce="${nonce}" src="${of(`${name}.js`)}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A name that nobody can guess. */
function randomName(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

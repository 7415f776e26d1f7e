import {
  Disposable,
  type Event,
  env,
  type Tab,
  TabInputWebview,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { FromPage, ToPage } from './pageMessages.ts';

/** The views that we have, by the names of their programs in `dist/views`. */
export type ViewName = 'map' | 'rehearsal' | 'difference';

/** A kind of view: what all those have in common that are open of it. Each is about one subject, such as a script. */
export interface ViewKind<Subject, State, From, To> {
  readonly name: ViewName;
  /** So long, in milliseconds, nothing is typed before a view is drawn anew. */
  readonly quiet: number;
  title(subject: Subject): string;
  /** What tells one subject from another. */
  keyOf(subject: Subject): string;
  /** What a view says in words of its own. */
  texts(): { readonly [name: string]: string };
  /** What a view was about that comes back with the window; nothing where that cannot be shown any more. */
  recalled(state: State): Subject | Promise<Subject | undefined>;
  begin(subject: Subject, page: Page<To>): View<Subject, From, To>;
}

/** What a view has of its page. */
export interface Page<To> {
  tell(message: To): void;
  /** Shows how things are now. */
  draw(): void;
  /** The same when nothing is typed for a while. */
  drawSoon(): void;
}

/** A view that is open. */
export interface View<Subject, From, To> {
  /**
   * What the page is to be told; nothing where it stays as it is. Of several questions the last one counts.
   *
   * @param shown what it was told last, if it is still there
   */
  ask(shown: To | undefined): Promise<To | undefined>;
  /** The page has been told. */
  told?(message: To): void;
  hear(message: From): void;
  /** It was to be opened, and has been open before. */
  again?(subject: Subject): void;
  /** What it listens to besides texts and what the server says of them. */
  readonly listening?: readonly Disposable[];
}

/** The views of a kind: one for each subject, beside the editor. */
export interface Views<Subject> extends Disposable {
  open(subject: Subject): void;
  /** Shows the view of a subject if there is one. */
  reveal(subject: Subject): boolean;
}

/** @param onChange what the server says of scripts may be another thing now */
export function viewsOf<Subject, State, From extends { readonly kind: string }, To>(
  kind: ViewKind<Subject, State, From, To>,
  extension: Uri,
  onChange: Event<void>,
): Views<Subject> {
  const open = new Map<string, { readonly panel: WebviewPanel; readonly view: View<Subject, From, To> }>();
  const source = sourceOf(kind.name, extension);
  // Where there are scripts a view may be opened, and reading it takes as long as drawing it.
  const reading = onChange(() => {
    reading.dispose();
    source().catch(() => undefined);
  });
  const show = (panel: WebviewPanel, subject: Subject): void => {
    const key = kind.keyOf(subject);
    panel.onDidDispose(() => open.delete(key));
    open.set(key, { panel, view: keepInStep(panel, subject, kind, { extension, source }, onChange) });
  };
  const reveal = (subject: Subject): boolean => {
    const known = open.get(kind.keyOf(subject));
    known?.panel.reveal();
    known?.view.again?.(subject);
    return known !== undefined;
  };
  const restoring = window.registerWebviewPanelSerializer(`huashu.${kind.name}`, {
    async deserializeWebviewPanel(panel: WebviewPanel, state: State | undefined) {
      const subject = state && (await kind.recalled(state));
      if (subject) show(panel, subject);
      else panel.dispose();
    },
  });
  return {
    open(subject) {
      if (reveal(subject)) return;
      const title = kind.title(subject);
      const unseen = unseenTabs(kind.name, title);
      const isOther = [...open.values()].some(({ panel }) => panel.title === title);
      show(emptyPanel(kind.name, title), subject);
      if (!isOther) void window.tabGroups.close(unseen);
    },
    reveal,
    dispose() {
      restoring.dispose();
      reading.dispose();
      for (const { panel } of open.values()) panel.dispose();
    },
  };
}

/** Those that came back with the window and have not been looked at since: until then nobody asks us to fill them. */
function unseenTabs(name: ViewName, title: string): readonly Tab[] {
  return window.tabGroups.all.flatMap(({ tabs }) => tabs.filter((tab) => tab.label === title && viewIn(tab) === name));
}

/** Which of our views a tab shows; editors put something of their own in front of its name. */
function viewIn({ input }: Tab): string | undefined {
  return input instanceof TabInputWebview
    ? /\bhuashu\.(map|rehearsal|difference)$/.exec(input.viewType)?.[1]
    : undefined;
}

/** A panel beside what is open, in one place with the other views. */
function emptyPanel(name: ViewName, title: string): WebviewPanel {
  const viewColumn = columnOfViews() ?? ViewColumn.Beside;
  return window.createWebviewPanel(`huashu.${name}`, title, { viewColumn }, { enableFindWidget: false });
}

function columnOfViews(): ViewColumn | undefined {
  return window.tabGroups.all.find(({ tabs }) => tabs.some((tab) => viewIn(tab) !== undefined))?.viewColumn;
}

/** Keeps a panel in step with the scripts until it is closed. */
function keepInStep<Subject, State, From extends { readonly kind: string }, To>(
  panel: WebviewPanel,
  subject: Subject,
  kind: ViewKind<Subject, State, From, To>,
  from: Origin,
  onChange: Event<void>,
): View<Subject, From, To> {
  let [asked, answered] = [0, 0];
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Until the page says that it is there: what it is to show first is worked out, and sent, while it is loaded. */
  let isAhead = true;
  let shown: To | undefined;
  const tell = (message: To | ToPage): void => void panel.webview.postMessage(message);
  const draw = async (): Promise<void> => {
    const mine = ++asked;
    // The file is gone, or the server has stopped, which is told elsewhere.
    const message = await view.ask(shown).catch(() => undefined);
    if (mine !== asked) return;
    answered = mine;
    if (message === undefined) return;
    shown = message;
    tell(message);
    view.told?.(message);
  };
  const drawSoon = (): void => {
    clearTimeout(timer);
    // What is hidden says so when it is there again.
    if (panel.visible) timer = setTimeout(draw, kind.quiet);
  };
  const view = kind.begin(subject, { tell, draw: () => void draw(), drawSoon });
  const listening = Disposable.from(
    panel.webview.onDidReceiveMessage((message: From | FromPage) => {
      if (!isOfPage(message)) {
        view.hear(message);
        return;
      }
      if (!isAhead) {
        shown = undefined;
        void draw();
        // Editors keep what is sent to a page that is being loaded, and promise nothing.
      } else if (asked === answered) tell({ kind: 'sent' });
      isAhead = false;
    }),
    panel.onDidChangeViewState(() => {
      if (!panel.visible) isAhead = false;
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId === 'huashu' && contentChanges.length > 0) drawSoon();
    }),
    onChange(drawSoon),
    ...(view.listening ?? []),
    new Disposable(() => clearTimeout(timer)),
  );
  panel.onDidDispose(() => listening.dispose());
  void fill(panel, kind, from);
  void draw();
  return view;
}

function isOfPage(message: { readonly kind: string }): message is FromPage {
  return message.kind === 'begin';
}

/** Where the views of a kind come from. */
interface Origin {
  readonly extension: Uri;
  source(): Promise<Source>;
}

/** What the page of a view is made of. */
interface Source {
  readonly program: string;
  readonly style: string;
}

/** Reads what the pages of a kind are made of, once. */
function sourceOf(name: ViewName, extension: Uri): () => Promise<Source> {
  const read = async (file: string): Promise<string> =>
    new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(extension, 'dist/views', file)));
  let known: Promise<Source> | undefined;
  return () => {
    known ??= Promise.all([read(`${name}.js`), read(`${name}.css`)]).then(
      ([program, style]) => ({ program, style }),
      (error: unknown) => {
        known = undefined;
        throw error;
      },
    );
    return known;
  };
}

/** Puts a view into a panel. Its program and its style sheet stand in the page, which may load nothing, from nowhere. */
async function fill(
  panel: WebviewPanel,
  { texts }: Pick<ViewKind<never, never, never, never>, 'texts'>,
  { extension, source }: Origin,
): Promise<void> {
  panel.iconPath = {
    light: Uri.joinPath(extension, 'client/media/script-light.svg'),
    dark: Uri.joinPath(extension, 'client/media/script-dark.svg'),
  };
  panel.webview.options = { enableScripts: true, localResourceRoots: [] };
  let isClosed = false;
  panel.onDidDispose(() => {
    isClosed = true;
  });
  const { program, style } = await source();
  if (isClosed) return;
  const nonce = randomName();
  // Pictures are those that a view draws itself, to be saved.
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data: blob:`;
  panel.webview.html = `<!DOCTYPE html>
<html lang="${env.language.startsWith('en') ? 'en' : 'zh-CN'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${style}</style>
<title>${escaped(panel.title)}</title>
</head>
<body data-texts="${escaped(JSON.stringify(texts()))}">
<script nonce="${nonce}">${program}</script>
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

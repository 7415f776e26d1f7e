import { commands, Disposable, type Event, l10n, type TextEditor, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Format, FromMap, MapState, ToMap } from './mapMessages.ts';
import { type Page, type View, viewsOf } from './page.ts';
import { type FlowMap, type MapParams, mapPictureRequest, mapRequest } from './protocol.ts';
import { bytesOf, nameOf, saveFile, tellSaved } from './saveFile.ts';
import { scriptAtHand, showPlace } from './scriptAtHand.ts';

/** Offers the map of a script: one for each, beside the editor. */
export function offerMap(client: BaseLanguageClient, extension: Uri, onChange: Event<void>): Disposable {
  const maps = viewsOf<Mapped, MapState, FromMap, ToMap>(
    {
      name: 'map',
      quiet: 200,
      title: ({ uri }) => l10n.t('Map: {0}', nameOf(uri)),
      keyOf: ({ uri }) => uri.toString(),
      texts,
      recalled: ({ uri, folded }) => ({ uri: Uri.parse(uri), folded }),
      begin: (mapped, page) => beginMap(mapped, page, client),
    },
    extension,
    onChange,
  );
  return Disposable.from(
    maps,
    commands.registerCommand('huashu.openMap', async (given?: Uri) => {
      const uri = await scriptAtHand(given);
      if (uri) maps.open({ uri, folded: [] });
    }),
  );
}

/** A script, and the cards whose sub-conversations are folded away at first. */
interface Mapped {
  readonly uri: Uri;
  readonly folded: readonly string[];
}

function beginMap(
  { uri, folded }: Mapped,
  { tell, draw }: Page<ToMap>,
  client: BaseLanguageClient,
): View<Mapped, FromMap, ToMap> {
  let params: MapParams = { uri: uri.toString(), folded };
  let pixels: ((png: string) => void) | undefined;
  const tellCursor = ({ document, selection }: TextEditor): void => {
    const { line, character } = selection.active;
    if (document.languageId === 'huashu')
      tell({ kind: 'cursor', uri: document.uri.toString(), at: { line, character } });
  };
  /** Lines that the map has opened: it knows of them, and would be taken back to an earlier one by being told late. */
  let opened: readonly string[] = [];
  const lineKey = (file: Uri, line: number): string => `${file} ${line}`;
  const moved = (editor: TextEditor): void => {
    const at = opened.indexOf(lineKey(editor.document.uri, editor.selection.active.line));
    opened = at < 0 ? [] : opened.slice(at + 1);
    if (at < 0) tellCursor(editor);
  };
  const save = async (format: Format): Promise<void> => {
    const kind = format.toUpperCase();
    try {
      const file = await saveFile(uri, { title: l10n.t('Save the map'), kind, ending: format }, async () => {
        const svg = await client.sendRequest<string>(mapPictureRequest, params);
        if (format === 'svg') return new TextEncoder().encode(svg);
        const png = await new Promise<string>((resolve) => {
          pixels = resolve;
          tell({ kind: 'picture', svg });
        });
        return bytesOf(png);
      });
      if (file) void tellSaved(file, l10n.t('The map was saved as {0}.', nameOf(file)));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      void window.showErrorMessage(l10n.t('The map could not be saved: {0}', why));
    }
  };
  return {
    async ask(shown) {
      try {
        // The server knows a script that is open, wherever it comes from.
        await workspace.openTextDocument(uri);
        const map = await client.sendRequest<FlowMap | null>(mapRequest, params);
        const message: ToMap = { kind: 'map', uri: params.uri, map };
        // Most of what is typed changes nothing on a map, which can be long.
        return JSON.stringify(message) === JSON.stringify(shown) ? undefined : message;
      } catch {
        return (await exists(uri)) ? undefined : { kind: 'map', uri: params.uri, map: null };
      }
    },
    told() {
      const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === params.uri);
      if (editor) tellCursor(editor);
    },
    hear(message) {
      switch (message.kind) {
        case 'fold':
          params = { ...params, folded: message.folded };
          draw();
          return;
        case 'open':
          opened = [...opened, lineKey(Uri.parse(message.place.uri), message.place.range.start.line)];
          void showPlace(message.place, message.focus);
          return;
        case 'save':
          void save(message.format);
          return;
        case 'pixels':
          pixels?.(message.png);
          return;
        default:
          message satisfies never;
      }
    },
    listening: [window.onDidChangeTextEditorSelection(({ textEditor }) => moved(textEditor))],
  };
}

/** What the map says in words of its own. */
function texts(): { readonly [name: string]: string } {
  return {
    map: l10n.t('Map of the conversation'),
    search: l10n.t('Find on the map'),
    noMatch: l10n.t('Not found'),
    finding: l10n.t('Path of a finding'),
    noFinding: l10n.t('No path shown'),
    zoomIn: l10n.t('Zoom in'),
    zoomOut: l10n.t('Zoom out'),
    whole: l10n.t('Show all'),
    fold: l10n.t('Fold sub-conversations'),
    unfold: l10n.t('Unfold all'),
    saveSvg: l10n.t('Save as SVG'),
    savePng: l10n.t('Save as PNG'),
    thirdParty: l10n.t('Third party'),
    refusals: l10n.t('Refusal, objection, complaint'),
    unreached: l10n.t('Never reached'),
    path: l10n.t('Path of the finding'),
    nothing: l10n.t('There is no node yet. As soon as you write one, it stands here.'),
    gone: l10n.t('This script is no longer there.'),
    keys: l10n.t(
      'Arrow keys follow the lines, Enter goes to the script, Space folds, + and - zoom, 0 shows all, / searches.',
    ),
  };
}

async function exists(uri: Uri): Promise<boolean> {
  if (workspace.textDocuments.some((each) => each.uri.toString() === uri.toString())) return true;
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

import {
  commands,
  type Diagnostic,
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  languages,
  Range,
  Selection,
  type TextDocument,
  type TextEditor,
  TextEditorRevealType,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { openRulePage } from './rulePage.ts';
import { practiceCopy, practiceScheme, type Sample, samples } from './samples.ts';
import type { Scenarios } from './tests.ts';

/** What the walkthrough does at its buttons, on copies of the samples. */
export function offerPractice(extension: Uri, scenarios: Scenarios): Disposable {
  const onViolation = async (then: (editor: TextEditor) => Thenable<unknown>): Promise<void> => {
    const editor = await window.showTextDocument(practiceCopy('违规示例.huashu'));
    const found = await firstFinding(editor.document, extension);
    if (!found) return;
    editor.selection = new Selection(found.range.start, found.range.start);
    editor.revealRange(found.range, TextEditorRevealType.InCenter);
    // Lenses and hints that come later would move the lines, and close what is shown beside them.
    await Promise.all([
      commands.executeCommand('vscode.executeCodeLensProvider', editor.document.uri),
      commands.executeCommand('vscode.executeInlayHintProvider', editor.document.uri, wholeOf(editor.document)),
    ]);
    await then(editor);
  };
  // With the focus in it a hover is read aloud, and can be scrolled by keys.
  const hover = () => commands.executeCommand('editor.action.showHover', { focus: 'autoFocusImmediately' });
  const fix = () => commands.executeCommand('editor.action.quickFix');
  return Disposable.from(
    workspace.registerFileSystemProvider(practiceScheme, practiceFiles(Uri.joinPath(extension, 'samples')), {
      isCaseSensitive: true,
    }),
    commands.registerCommand('huashu.practice.finding', () => onViolation(hover)),
    commands.registerCommand('huashu.practice.fix', () => onViolation(fix)),
    commands.registerCommand('huashu.practice.rule', () => onViolation(() => openRulePage(extension))),
    commands.registerCommand('huashu.practice.scenario', async () => {
      // What the sample inserts has to be known before it is run.
      await workspace.openTextDocument(practiceCopy('公共.huashu'));
      const editor = await window.showTextDocument(practiceCopy('信用卡逾期电话提醒.huashu'));
      const { document } = editor;
      const line = document
        .getText()
        .split('\n')
        .findIndex((each) => each.startsWith('用例'));
      editor.selection = new Selection(line, 0, line, 0);
      await commands.executeCommand('workbench.view.testing.focus');
      await scenarios.runAll(document.uri);
      // By now everything above it has its place.
      editor.revealRange(editor.selection, TextEditorRevealType.AtTop);
    }),
  );
}

/** The first finding of the copy. One in which everything has been mended becomes as it was, which undo takes back. */
async function firstFinding(document: TextDocument, extension: Uri): Promise<Diagnostic | undefined> {
  const found = await findingsOf(document);
  if (found[0] || !document.isDirty) return found[0];
  const text = await workspace.fs.readFile(Uri.joinPath(extension, 'samples', document.uri.path.slice(1)));
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, wholeOf(document), new TextDecoder().decode(text));
  await workspace.applyEdit(edit);
  return (await findingsOf(document))[0];
}

function wholeOf(document: TextDocument): Range {
  return document.validateRange(new Range(0, 0, document.lineCount, 0));
}

/** So long, in milliseconds, the first check of a script may take at the most. */
const patience = 10_000;

/** The findings of a document, in their order, waited for while there are none. */
async function findingsOf({ uri }: TextDocument): Promise<readonly Diagnostic[]> {
  const now = (): Diagnostic[] =>
    languages
      .getDiagnostics(uri)
      .filter(({ source }) => source === 'huashu')
      .sort((a, b) => a.range.start.compareTo(b.range.start));
  if (now().length === 0)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, patience);
      const listening = languages.onDidChangeDiagnostics(() => now().length > 0 && done());
      function done(): void {
        clearTimeout(timer);
        listening.dispose();
        resolve();
      }
    });
  return now();
}

/** The copies, as files that are written to memory only. */
function practiceFiles(folder: Uri): FileSystemProvider {
  const written = new Map<string, { readonly bytes: Uint8Array; readonly at: number }>();
  const changed = new EventEmitter<FileChangeEvent[]>();
  const nameOf = (uri: Uri): Sample => {
    const name = samples.find((each) => uri.path === `/${each}`);
    if (!name) throw FileSystemError.FileNotFound(uri);
    return name;
  };
  const read = async (uri: Uri): Promise<Uint8Array> =>
    written.get(nameOf(uri))?.bytes ?? (await workspace.fs.readFile(Uri.joinPath(folder, nameOf(uri))));
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };
  return {
    onDidChangeFile: changed.event,
    watch: () => new Disposable(() => undefined),
    async stat(uri): Promise<FileStat> {
      if (uri.path === '/') return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
      const { length } = await read(uri);
      return { type: FileType.File, ctime: 0, mtime: written.get(nameOf(uri))?.at ?? 0, size: length };
    },
    readDirectory: () => samples.map((name) => [name, FileType.File]),
    readFile: read,
    writeFile(uri, bytes) {
      written.set(nameOf(uri), { bytes, at: Date.now() });
      changed.fire([{ type: FileChangeType.Changed, uri }]);
    },
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
  };
}

import type {
  FileOperationRegistrationOptions,
  RenameFilesParams,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import type { Edit } from '../base/edit.ts';
import { fileNamesOf } from '../model/fileNames.ts';
import type { Script, TargetReference } from '../model/script.ts';
import { filesNamed, keyOf, type Snapshot } from '../model/workspace.ts';
import { scanLine } from '../syntax/scan.ts';
import { toWorkspaceEdit } from './convert.ts';
import type { Feature } from './feature.ts';
import { expectations } from './names.ts';

/** Scripts, and folders, in which scripts may be. */
const scripts: FileOperationRegistrationOptions = {
  filters: [
    { pattern: { glob: '**/*.{huashu,话术}', matches: 'file' } },
    { pattern: { glob: '**', matches: 'folder' } },
  ],
};

/** When scripts, or folders with scripts, are about to get another name or place: what calls them by their file follows. */
export const renameFiles: Feature<RenameFilesParams, WorkspaceEdit | null> = {
  method: 'workspace/willRenameFiles',
  // The server wants to hear of what has happened as well, to read it again.
  capability: { workspace: { fileOperations: { willRename: scripts, didRename: scripts, didDelete: scripts } } },
  everywhere: true,
  run({ snapshot }, { files }) {
    const moves = files.map(({ oldUri, newUri }) => ({ from: keyOf(oldUri), to: keyOf(newUri) }));
    const movedTo = (uri: string): string => moves.reduce((at, { from, to }) => movedBy(at, from, to), keyOf(uri));
    /** Where each script will be. */
    const later = new Map(snapshot.scripts.map((script) => [movedTo(script.uri), script]));
    const edits = snapshot.scripts.flatMap((script) => {
      const from = movedTo(script.uri);
      return [...script.targets, ...expectations(script, snapshot)].flatMap((reference): Edit[] => {
        const { file, span } = reference;
        const meant = fileOf(script, reference, snapshot);
        if (!file || !meant || file.start !== span.start) return [];
        const leadsTo = (name: string): Script | undefined =>
          filesNamed(from, name).flatMap((uri) => later.get(keyOf(uri)) ?? [])[0];
        if (leadsTo(file.text) === meant) return [];
        const name = fileNamesOf(from, movedTo(meant.uri)).find(
          (each) => leadsTo(each) === meant && canBeWritten(each),
        );
        return name === undefined ? [] : [{ start: file.start, end: file.end, newText: name, uri: script.uri }];
      });
    });
    const [first] = snapshot.scripts;
    return first && edits.length > 0 ? toWorkspaceEdit(first, edits, snapshot) : null;
  },
};

/** Where a file is after a move: of itself, or of a folder that it is in. */
function movedBy(uri: string, from: string, to: string): string {
  if (uri === from) return to;
  return uri.startsWith(`${from}/`) ? to + uri.slice(from.length) : uri;
}

function fileOf(script: Script, reference: TargetReference, snapshot: Snapshot): Script | undefined {
  const resolution = snapshot.resolve(script, reference);
  return resolution.kind === 'node' || resolution.kind === 'unknown-node' ? resolution.script : undefined;
}

/** Whether a target can name the file: an arrow in its name, for instance, would end the target. */
function canBeWritten(name: string): boolean {
  const line = scanLine(`若：甲 → ${name}/乙`);
  return line.kind === 'guard' && line.target?.file?.text === name;
}

import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { applyEdits } from '../../server/src/base/edit.ts';
import { codeActionResolve } from '../../server/src/features/codeActionResolve.ts';
import { codeActions } from '../../server/src/features/codeActions.ts';
import type { EditorSettings } from '../../server/src/features/editorSettings.ts';
import type { Context } from '../../server/src/features/feature.ts';
import { readConfig } from '../../server/src/model/config.ts';
import type { Script } from '../../server/src/model/script.ts';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { check } from '../../server/src/rules/check.ts';
import { today } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';

export const plain: EditorSettings = { codeLens: true, inlayHints: true, nextLine: true };

export interface Desk {
  readonly script: Script;
  readonly context: Context;
  /** The actions at the cursor, resolved. */
  actions(only?: readonly string[]): CodeAction[];
  action(title: string | RegExp, only?: readonly string[]): CodeAction;
}

/** A script with its cursor at `$0`, in a folder with a `huashu.yaml` where one is given. */
export function desk(text: string, editor: EditorSettings = plain, config?: string, name = 'a.huashu'): Desk {
  const uri = `file:///w/${name}`;
  const file = { uri: 'file:///w/huashu.yaml', text: config ?? '' };
  const configs = config === undefined ? [] : [{ ...readConfig(file.uri, config), folder: 'file:///w/', file }];
  const settings = { bundled: bundledPacks, files: new Map(), configs, extraPacks: [], today };
  const workspace = createWorkspace(settings);
  const cursor = text.indexOf('$0');
  const script = workspace.set(uri, 1, text.replace('$0', ''));
  const snapshot = workspace.snapshot();
  const context: Context = { snapshot, language: 'zh-CN', editor, findings: (each) => check(each, snapshot) };
  const position = script.text.positionAt(Math.max(cursor, 0));
  const actions: Desk['actions'] = (only) =>
    codeActions
      .run(context, {
        textDocument: { uri },
        range: { start: position, end: position },
        context: { diagnostics: [], ...(only && { only: [...only] }) },
      })
      .map((each) => codeActionResolve.run(context, JSON.parse(JSON.stringify(each)) as CodeAction));
  return {
    script,
    context,
    actions,
    action(title, only) {
      const all = actions(only);
      const found = all.find((each) =>
        typeof title === 'string' ? each.title.includes(title) : title.test(each.title),
      );
      if (!found) throw new Error(`No such action; there are: ${all.map((each) => each.title).join(', ')}`);
      return found;
    },
  };
}

/** The script after an edit. */
export function after({ script }: Desk, edit: WorkspaceEdit | undefined): string {
  return edited(script.source, edit, script.uri);
}

/** A text after what an edit does to its file. */
export function edited(text: string, edit: WorkspaceEdit | undefined, uri: string): string {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ index, 0: eol }) => index + eol.length)];
  const offset = ({ line, character }: { line: number; character: number }): number => starts[line]! + character;
  return applyEdits(
    text,
    (edit?.changes?.[uri] ?? []).map(({ range, newText }) => ({
      start: offset(range.start),
      end: offset(range.end),
      newText,
    })),
  );
}

/** The rules of the findings that are left, whatever is suppressed. */
export function rulesLeft(text: string, config?: string): string[] {
  const { context, script } = desk(text, plain, config);
  return context.findings(script).flatMap(({ rule, suppressed }) => (suppressed ? [] : [rule]));
}

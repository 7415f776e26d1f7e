import * as vscode from 'vscode';
import { type CancellationToken, type Disposable, l10n } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type AssistParams, assistRequest } from './protocol.ts';

/** What VS Code has since 1.95, as far as it is used here: our types are those of an older one, in which everything else works. */
interface ToolsOfEditor {
  readonly lm?: { registerTool?(name: string, tool: ToolOfEditor): Disposable };
  readonly LanguageModelToolResult?: new (content: readonly object[]) => object;
  readonly LanguageModelTextPart?: new (text: string) => object;
}

interface ToolOfEditor {
  prepareInvocation(): { readonly invocationMessage: string };
  invoke(options: { readonly input: unknown }, token: CancellationToken): Promise<object>;
}

/** By the names in the manifest, what the editor shows while a tool is at work. */
const messages: { readonly [name: string]: () => string } = {
  huashu_check_script: () => l10n.t('Checking the script'),
  huashu_explain_rule: () => l10n.t('Looking the rule up'),
  huashu_list_steps: () => l10n.t('Looking the standard steps up'),
  huashu_suggest_wordings: () => l10n.t('Looking for compliant wordings'),
};

/** Lets the language models of the editor ask the server, where the editor can do that. They only read, so nobody is asked before. */
export function offerTools(client: BaseLanguageClient): Disposable {
  const { lm, LanguageModelToolResult: Result, LanguageModelTextPart: TextPart } = vscode as unknown as ToolsOfEditor;
  if (!lm?.registerTool || !Result || !TextPart) return { dispose: () => {} };
  const registered = Object.entries(messages).map(([tool, message]) =>
    lm.registerTool?.(tool, {
      prepareInvocation: () => ({ invocationMessage: message() }),
      // What the server says against it is meant for the model, which can then ask better.
      async invoke({ input }, token) {
        const params: AssistParams = { tool, input };
        const { text } = await client.sendRequest<{ readonly text: string }>(assistRequest, params, token);
        return new Result([new TextPart(text)]);
      },
    }),
  );
  return { dispose: () => registered.map((each) => each?.dispose()) };
}

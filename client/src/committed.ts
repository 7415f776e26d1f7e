import { type Event, extensions, l10n, type Uri, workspace } from 'vscode';

/** A file as git has it. */
export interface Committed {
  /** The text that was committed last, or nothing where there is none any more. */
  read(): Promise<string | undefined>;
  /** Something was committed, or checked out. */
  readonly onChange: Event<void>;
}

/** What we use of the extension that comes along with VS Code; its whole interface is `git.d.ts` there. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: Event<unknown>;
  getRepository(uri: Uri): Repository | null;
}

interface Repository {
  readonly state: { readonly onDidChange: Event<void> };
  buffer(ref: string, path: string): Promise<Uint8Array>;
}

/** A file that was committed, through VS Code's own git; otherwise, in words, why it cannot be had. */
export async function committedBy(uri: Uri): Promise<Committed | string> {
  const api = await gitApi();
  if (typeof api === 'string') return api;
  const repository = uri.scheme === 'file' ? api.getRepository(uri) : null;
  if (!repository) return l10n.t('This script is in no git repository.');
  const read = async (): Promise<string | undefined> => {
    try {
      // As scripts are read everywhere: what is no UTF-8 is worth a finding, and so is a byte order mark.
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await repository.buffer('HEAD', uri.fsPath));
    } catch {
      return undefined;
    }
  };
  if ((await read()) === undefined) return l10n.t('Nothing of this script has been committed yet.');
  return { read, onChange: repository.state.onDidChange };
}

async function gitApi(): Promise<GitApi | string> {
  const extension = extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) {
    return workspace.isTrusted
      ? l10n.t('There is no git here, as in a browser.')
      : l10n.t('In Restricted Mode there is no git. It is there once you trust this folder.');
  }
  const git = await extension.activate();
  if (!git.enabled) return l10n.t('Git is turned off by the setting git.enabled.');
  const api = git.getAPI(1);
  // It looks for repositories when a window opens.
  if (api.state !== 'initialized') {
    await new Promise<void>((resolve) => {
      const waiting = api.onDidChangeState(() => {
        if (api.state !== 'initialized') return;
        waiting.dispose();
        resolve();
      });
    });
  }
  return api;
}

import { capabilities } from 'huashu:capabilities';
import {
  type Connection,
  type ConnectionOptions,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  Message,
  ResponseError,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import type { Encoding } from './positions.ts';
import type { ServerHost } from './server.ts';

/**
 * Starts a server. It answers `initialize` at once: what does the work is loaded while the editor reads the answer, and
 * whatever comes meanwhile waits for it.
 */
export function startServer(connect: (options: ConnectionOptions) => Connection, host: ServerHost): void {
  let isInitialized = false;
  let loading: Promise<void> | undefined;
  const connection = connect({
    messageStrategy: {
      // What the editor answers is what loading waits for.
      handleMessage: (message, next) =>
        loading && !Message.isResponse(message) ? loading.then(() => next(named(message))) : next(named(message)),
    },
  });
  connection.onRequest(() => new ResponseError(ErrorCodes.ServerNotInitialized, 'Not initialized.'));
  connection.onInitialize((given): InitializeResult => {
    const params = credible(given);
    if (isInitialized) throw new ResponseError(ErrorCodes.InvalidRequest, 'Initialized already.');
    isInitialized = true;
    const encoding = encodingFor(params);
    const load = async (): Promise<void> => {
      // Behind the answer.
      await host.pause();
      const { serve } = await import('./server.ts');
      host.loaded?.();
      await serve(connection, host, params, encoding);
      loading = undefined;
    };
    loading = load();
    return { capabilities: { ...capabilities, positionEncoding: encoding }, serverInfo: { name: 'huashu' } };
  });
  connection.listen();
}

/** What a client says of itself, but for what cannot be meant and would end the server before it has begun. */
function credible(params: InitializeParams): InitializeParams {
  const { locale, workspaceFolders, ...others } = params as InitializeParams & {
    readonly locale?: unknown;
    readonly workspaceFolders?: unknown;
  };
  const isFolder = (each: unknown): each is WorkspaceFolder =>
    typeof (each as Partial<WorkspaceFolder> | null | undefined)?.uri === 'string';
  return {
    ...others,
    ...(typeof locale === 'string' && { locale }),
    workspaceFolders: Array.isArray(workspaceFolders) ? workspaceFolders.filter(isFolder) : null,
  };
}

/** The first encoding of those that a client names, as the one that it likes best; every client has to know UTF-16. */
function encodingFor({ capabilities: { general } }: InitializeParams): Encoding {
  const named: unknown = general?.positionEncodings;
  const isKnown = (each: unknown): each is Encoding => encodings.some((known) => known === each);
  return (Array.isArray(named) ? named.find(isKnown) : undefined) ?? 'utf-16';
}

const encodings: readonly Encoding[] = ['utf-8', 'utf-16', 'utf-32'];

/**
 * Every method of the protocol takes its parameters by name. Whoever gives them by position, or something else, has given none:
 * handlers would take what stands in the second place for the token by which a request is cancelled.
 */
function named(message: Message): Message {
  if (!Message.isRequest(message) && !Message.isNotification(message)) return message;
  const given: unknown = message.params;
  return typeof given === 'object' && given !== null && !Array.isArray(given)
    ? message
    : ({ ...message, params: {} } as Message);
}

import { capabilities } from 'huashu:capabilities';
import {
  type Connection,
  type ConnectionOptions,
  ErrorCodes,
  type InitializeResult,
  Message,
  ResponseError,
} from 'vscode-languageserver';
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
  connection.onInitialize((params): InitializeResult => {
    if (isInitialized) throw new ResponseError(ErrorCodes.InvalidRequest, 'Initialized already.');
    isInitialized = true;
    const load = async (): Promise<void> => {
      // Behind the answer.
      await host.pause();
      const { serve } = await import('./server.ts');
      await serve(connection, host, params);
      loading = undefined;
    };
    loading = load();
    // The one encoding that every client has to know; what else one offers is no better for it.
    return { capabilities: { ...capabilities, positionEncoding: 'utf-16' }, serverInfo: { name: 'huashu' } };
  });
  connection.listen();
}

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

import { l10n, type OutputChannel, window } from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  ErrorCodes,
  type ErrorHandler,
  type LanguageClientOptions,
  ResponseError,
} from 'vscode-languageclient';

/** So long, in milliseconds, a server runs well before an earlier end of it is forgotten. */
const wellAgain = 3 * 60_000;

/** The longest wait before a server is started again, in milliseconds. */
const longest = 60_000;

/**
 * What happens when the server ends without being told to: it is started again, at once the first time and after a growing while from
 * then on, however often. The editor has the text, and the new server gets all of it. The user is told once.
 */
export function recovery(output: OutputChannel): Required<Pick<LanguageClientOptions, 'errorHandler' | 'middleware'>> {
  return {
    errorHandler: restarting(output),
    middleware: {
      // What is sent between two servers is nobody's failure: requests are answered with nothing, and asked again by the editor.
      async sendRequest(type, params, token, next) {
        try {
          return await next(type, params, token);
        } catch (error) {
          if (error instanceof ResponseError) throw error;
          throw new ResponseError(
            ErrorCodes.ConnectionInactive,
            error instanceof Error ? error.message : String(error),
          );
        }
      },
      async sendNotification(type, next, params) {
        try {
          await next(type, params);
        } catch (error) {
          // Whatever has changed, the next server gets the whole text.
          output.append(`${error instanceof Error ? error.message : error}\n`);
        }
      },
    },
  };
}

function restarting(output: OutputChannel): ErrorHandler {
  let ends = 0;
  let last = Number.NEGATIVE_INFINITY;
  let isTold = false;
  return {
    // Of a message that cannot be read the next one knows nothing.
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    async closed(): Promise<CloseHandlerResult> {
      const now = Date.now();
      ends = now - last > wellAgain ? 0 : ends + 1;
      last = now;
      if (!isTold) void tell(output);
      isTold = true;
      if (ends > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(longest, 500 * 2 ** ends)));
      return { action: CloseAction.Restart, handled: true };
    },
  };
}

async function tell(output: OutputChannel): Promise<void> {
  const show = l10n.t('Show Output');
  const message = l10n.t(
    'The check of scripts ended unexpectedly and starts again. Nothing that you have written is lost.',
  );
  if ((await window.showWarningMessage(message, show)) === show) output.show();
}

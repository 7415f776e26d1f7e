import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { inLanguage, type Language } from '../base/text.ts';

/** The answer to a request that a bug of ours has broken; the log says more. */
export function failureOf(method: string, language: Language): ResponseError {
  const text = {
    zh: `内部错误（${method}），详情见“输出”面板的 Huashu。`,
    en: `Internal error (${method}); the output of Huashu says more.`,
  };
  return new ResponseError(LSPErrorCodes.RequestFailed, inLanguage(text, language));
}

/** Answers a request that takes its time. A bug in what does it breaks this request alone. */
export function guarded<Params, Answer>(
  method: string,
  { log, language }: { log(error: unknown): void; language(): Language },
  handle: (params: Params, token: CancellationToken) => Promise<Answer | ResponseError>,
): (params: Params, token: CancellationToken) => Promise<Answer | ResponseError> {
  return async (params, token) => {
    try {
      return await handle(params, token);
    } catch (error) {
      log(error);
      return failureOf(method, language());
    }
  };
}

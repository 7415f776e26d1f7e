import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { inLanguage, type Language } from '../base/text.ts';

/** The answer to a request that a bug of ours has broken; the log says more. */
export function failureOf(method: string, language: Language): ResponseError {
  const text = {
    zh: `内部错误（${method}），详情见“输出”面板的 Huashu。`,
    en: `Internal error (${method}); the output of Huashu says more.`,
  };
  return new ResponseError(LSPErrorCodes.RequestFailed, inLanguage(text, language));
}

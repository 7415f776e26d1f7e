import { quotedParts } from './marks.ts';
import { isSpokenTo } from './roles.ts';

/** A title without what closes it. */
export function titleOf(text: string): string {
  return text
    .replace(/^[【[［《\s]+|[】\]］》：:\s。.]+$/g, '')
    .replace(/[【】[\]［］]/g, ' ')
    .trim();
}

export function isSpeechPart({ quoted, text }: { readonly quoted: boolean; readonly text: string }): boolean {
  return quoted && (isSpokenTo(text) || (text.length >= 10 && /[。？！?!，,]/.test(text)));
}

/** Several quotations one after the other are several lines. */
export function speechesIn(text: string): string[] {
  const parts = quotedParts(text);
  const between = parts.filter(({ quoted }) => !quoted).every((part) => /^[\s，,、；;/或者]*$/.test(part.text));
  return between && parts.length > 1 ? parts.filter(({ quoted }) => quoted).map((part) => part.text) : [text];
}

export function examplesIn(text: string): string[] {
  const quoted = quotedParts(text).filter(({ quoted: is }) => is);
  const parts =
    quoted.length > 0
      ? quoted.map((part) => part.text)
      : text.split(/[／/；;\n]|(?<=[^，。]{1,12})、(?=[^，。]{1,12}(?:、|$))/);
  return parts.map((part) => part.replace(/[。.\s]+$/, '').trim()).filter((part) => part !== '');
}

/** Words that describe an answer and that no customer says. */
export const describing =
  /^(?:肯定|否定|静默|沉默|静音|超时|默认|兜底|未识别|未匹配|非本人|拒绝还款|愿意还款|yes|no|silence|default|other)$/i;

/** The name of a category that no pack knows: the author's own words, as far as they are one. */
export function shortened(text: string, english: boolean): string {
  const plain = text
    .replace(/[（(【[][^）)】\]]*[）)】\]]?/g, '')
    .replace(/[（）()【】[\]：:→／/“”"]/g, ' ')
    .trim();
  const first = /^[^，,。；;！？!?]{1,16}/.exec(plain)?.[0] ?? '';
  return first.trim() === '' ? (english ? 'Other' : '其他') : first.trim();
}

const directing =
  /停顿|停留|语气|语速|语调|微笑|等待|沉默|放慢|加重|核对|查看|登记|记录|备注|注[:：]|如(?:是|为|果)|若|视情况|根据|操作|转接|点击/;

/** Speech without the bracketed directions inside it. */
export function withoutDirections(text: string): { readonly rest: string; readonly directions: readonly string[] } {
  const directions: string[] = [];
  const rest = text.replace(/[（(]([^（）()]{1,60})[）)]/g, (match, inner: string) => {
    if (!directing.test(inner)) return match;
    directions.push(inner);
    return '';
  });
  return { rest: rest.trim(), directions };
}

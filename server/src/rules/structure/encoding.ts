import type { Script } from '../../model/script.ts';
import type { Draft, StructureRule } from './rule.ts';

/** Files that are not UTF-8: what could not be decoded has become U+FFFD. And characters that nobody sees, and that hide others. */
export const encoding: StructureRule = {
  id: 'encoding',
  severity: 'error',
  title: { zh: '文字读不出来，或者看不见', en: 'Text that cannot be read or seen' },
  why: {
    zh: '编码不对，文字就成了乱码，检查不出任何问题；看不见的控制字符会让屏幕上的文字与播出的不同。看起来没有问题才最危险。',
    en: 'With the wrong encoding the text is garbled and nothing can be found in it; control characters that nobody sees make the screen show something else than what is said. Silence is the most dangerous result.',
  },
  examples: {
    bad: [
      '⟦\ufffd\ufffd\ufffd\ufffd⟧\nabc',
      '【开场】\n坐席：您好⟦\u202e⟧。\n结束：完成',
      '【开场】\n坐席：您⟦\u0000⟧好。\n结束：完成',
    ],
    good: ['【开场】\n坐席：您好。'],
  },
  *check({ script }) {
    yield* lost(script);
    // In a file of another encoding these are halves of characters.
    if (!isGarbled(script)) yield* hidden(script);
  },
};

function* lost(script: Script): Generator<Draft> {
  const match = /\ufffd+/.exec(script.source);
  if (!match) return;
  const count = script.source.split('\ufffd').length - 1;
  yield {
    start: match.index,
    end: match.index + match[0].length,
    message: isGarbled(script)
      ? {
          zh: '文件不是 UTF-8 编码（很可能是 GBK 或 UTF-16），无法检查。请在编辑器里用正确的编码重新打开，再以 UTF-8 保存。',
          en: 'The file is not UTF-8 (most likely GBK or UTF-16) and cannot be checked. Reopen it with its encoding and save it as UTF-8.',
        }
      : {
          zh: `有 ${count} 个字符无法解码，这里原来的文字已经丢失，请补上。`,
          en: `${count} characters could not be decoded; the text that stood here is lost, please restore it.`,
        },
  };
}

/** Of more places than these nobody reads the list. */
const mostHidden = 100;

/** What turns the direction of the text around, and what is no text at all. */
function* hidden({ source }: Script): Generator<Draft> {
  if (!unseen.test(source)) return;
  let count = 0;
  for (const { 0: found, index } of source.matchAll(
    /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+|[\x00-\x08\x0e-\x1f\x7f-\x9f]+/g,
  )) {
    if (++count > mostHidden) return;
    const turns = /[\u061c\u200e-\u2069]/.test(found);
    const edits = [{ start: index, end: index + found.length, newText: '' }];
    yield {
      start: index,
      end: index + found.length,
      message: turns
        ? {
            zh: '这里有看不见的方向控制字符，屏幕上看到的顺序会与播出的不同，审核时看不出来。请删去。',
            en: 'A character that nobody sees turns the direction of the text here: what a reviewer reads is not what is said. Remove it.',
          }
        : {
            zh: '这里有看不见的控制字符，不是文字，请删去。',
            en: 'A control character that nobody sees stands here; it is no text. Remove it.',
          },
      fixes: () => [{ title: { zh: '删去看不见的字符', en: 'Remove what nobody sees' }, safe: true, edits }],
    };
  }
}

const unseen = /[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]/;

/** Whether a text holds nothing that this rule is about. */
export function isReadable(text: string): boolean {
  return !unseen.test(text);
}

/** Whether so much is unreadable that other findings would only be noise. */
export function isGarbled(script: Script): boolean {
  // Asked at each key, and there nearly always is none.
  const lost = script.source.includes('\ufffd') ? script.source.split('\ufffd').length - 1 : 0;
  return lost > 0 && lost * 50 > script.written.length;
}

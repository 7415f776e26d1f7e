import type { Script } from '../../model/script.ts';
import type { StructureRule } from './rule.ts';

/** Files that are not UTF-8: what could not be decoded has become U+FFFD. */
export const encoding: StructureRule = {
  id: 'encoding',
  severity: 'error',
  title: { zh: '文件编码不是 UTF-8', en: 'File that is not UTF-8' },
  why: {
    zh: '编码不对，文字就成了乱码，检查不出任何问题；看起来没有问题才最危险。',
    en: 'With the wrong encoding the text is garbled and nothing can be found in it, and silence is the most dangerous result.',
  },
  examples: {
    bad: ['⟦\ufffd\ufffd\ufffd\ufffd⟧\nabc'],
    good: ['【开场】\n坐席：您好。'],
  },
  *check({ script }) {
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
  },
};

/** Whether so much is unreadable that other findings would only be noise. */
export function isGarbled(script: Script): boolean {
  const lost = script.source.split('\ufffd').length - 1;
  return lost > 0 && lost * 50 > script.source.length;
}

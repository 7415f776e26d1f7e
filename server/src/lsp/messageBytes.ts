import type { Message } from 'vscode-languageserver';
import { Memo } from '../base/memo.ts';

const encoder = new TextEncoder();
const known = new Memo<object, Uint8Array<ArrayBuffer>>();

/**
 * A message as it is sent, behind its length. Diagnostics that stay are the same objects, and there are hundreds of kilobytes of them
 * behind a key: each is written once.
 */
export function messageBytes(message: Message): Uint8Array<ArrayBuffer> {
  const parts = partsOf(message);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joined([encoder.encode(`Content-Length: ${length}\r\n\r\n`), ...parts]);
}

function partsOf(message: Message): readonly Uint8Array<ArrayBuffer>[] {
  const items = diagnosticsIn(message);
  if (!items) return [encoder.encode(JSON.stringify(message))];
  // The message without them, cut where they belong.
  const [head = '', tail = ''] = JSON.stringify(message, (_key, value: unknown) =>
    value === items ? mark : value,
  ).split(`"${mark}"`);
  const parts = [encoder.encode(`${head}[`)];
  for (const [index, item] of items.entries()) {
    if (index > 0) parts.push(comma);
    parts.push(bytesOf(item));
  }
  parts.push(encoder.encode(`]${tail}`));
  return parts;
}

/** Nothing that a message could hold besides: it knows names, numbers and addresses. */
const mark = '\ue000diagnostics\ue000';
const comma = encoder.encode(',');

/** Those that a message tells: that are sent, or have been asked for. */
function diagnosticsIn(message: Message): readonly object[] | undefined {
  const { method, params, result } = message as Message & Told;
  const items = method === 'textDocument/publishDiagnostics' ? params?.diagnostics : result?.resultId && result.items;
  return Array.isArray(items) ? items : undefined;
}

interface Told {
  readonly method?: string;
  readonly params?: { readonly diagnostics?: unknown } | null;
  readonly result?: { readonly resultId?: string; readonly items?: unknown } | null;
}

function bytesOf(item: object): Uint8Array<ArrayBuffer> {
  const before = known.get(item);
  if (before) return before;
  const bytes = encoder.encode(JSON.stringify(item));
  known.set(item, bytes);
  return bytes;
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

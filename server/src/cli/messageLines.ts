import type { Readable, Writable } from 'node:stream';
import {
  type JSONRPCMessage,
  ProtocolErrorCode,
  parseJSONRPCMessage,
  type Transport,
} from '@modelcontextprotocol/server';

/** A line beyond all measure; nothing behind it is read. */
export class LineTooLong extends Error {}

/**
 * Messages of the Model Context Protocol, one a line. The transport of the library passes over what is wrong without a word; here who
 * asks is told, since he waits for it.
 */
export class MessageLines implements Transport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: Transport['onmessage'];
  private readonly input: Readable;
  private readonly output: Writable;
  private readonly longest: number;
  /** What is answered to a request that is none of the protocol. */
  private readonly refusal: string;
  /** Of the line that has not ended yet. */
  private parts: Buffer[] = [];
  private size = 0;
  private isClosed = false;

  /** @param longest in bytes */
  constructor(input: Readable, output: Writable, longest: number, refusal: string) {
    this.input = input;
    this.output = output;
    this.longest = longest;
    this.refusal = refusal;
  }

  async start(): Promise<void> {
    const end = (): void => void this.close();
    this.input.on('data', this.take).on('end', end).on('close', end).on('error', end);
    this.output.on('error', end);
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (!this.isClosed) this.output.write(`${JSON.stringify(message)}\n`);
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.parts = [];
    // Whoever still writes is not read: without a reader of its input the program ends.
    this.input.off('data', this.take).pause();
    this.onclose?.();
  }

  private readonly take = (chunk: Buffer): void => {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      this.parts.push(chunk.subarray(from, end));
      const line = Buffer.concat(this.parts).toString();
      this.parts = [];
      this.size = 0;
      from = end + 1;
      this.read(line);
      if (this.isClosed) return;
    }
    this.parts.push(chunk.subarray(from));
    this.size += chunk.length - from;
    if (this.size <= this.longest) return;
    this.onerror?.(new LineTooLong());
    void this.close();
  };

  private read(line: string): void {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      // A blank line, or what a program prints that has been put between.
      return;
    }
    try {
      this.onmessage?.(parseJSONRPCMessage(value));
    } catch (error) {
      this.onerror?.(error instanceof Error ? error : new Error(String(error)));
      const id = idOfRequest(value);
      if (id !== undefined)
        void this.send({
          jsonrpc: '2.0',
          id,
          error: { code: ProtocolErrorCode.InvalidRequest, message: this.refusal },
        });
    }
  }
}

/** The id by which somebody waits for an answer. */
function idOfRequest(value: unknown): string | number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, method } = value as { readonly id?: unknown; readonly method?: unknown };
  if (method === undefined) return undefined;
  return typeof id === 'string' || Number.isSafeInteger(id) ? (id as string | number) : undefined;
}

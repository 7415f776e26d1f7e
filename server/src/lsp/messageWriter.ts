import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-languageserver';
import { messageBytes } from './messageBytes.ts';

/**
 * Writes messages to a stream, each in one piece: the writer of the library gives a stream the length of a message first and waits until that
 * is written, which is one more turn of the system for each.
 */
export class WholeMessageWriter extends AbstractMessageWriter implements MessageWriter {
  private readonly stream: NodeJS.WritableStream;
  private failures = 0;

  constructor(stream: NodeJS.WritableStream) {
    super();
    this.stream = stream;
    stream.on('error', (error: Error) => this.fireError(error));
    stream.on('close', () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      this.stream.write(messageBytes(message), (error) => {
        if (!error) {
          this.failures = 0;
          resolve();
          return;
        }
        this.failures++;
        this.fireError(error, message, this.failures);
        reject(error);
      });
    });
  }

  end(): void {
    this.stream.end();
  }
}

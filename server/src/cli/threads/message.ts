/** The bytes in a message to another thread that need not be copied: they change hands. Each must have a buffer of its own. */
export function bytesIn(message: unknown): ArrayBuffer[] {
  if (typeof message !== 'object' || message === null) return [];
  return Object.values(message).flatMap((value) =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? value.buffer : [],
  );
}

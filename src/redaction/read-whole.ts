import type { Readable } from 'node:stream';

/**
 * The bytes of a stream in one piece, which is made once.
 * @param size in bytes, as it is known beforehand
 * @throws the signal's reason; what is wrong with the stream; RangeError when it has another size
 */
export async function readWhole(stream: Readable, size: number, signal: AbortSignal): Promise<Buffer> {
  const whole = Buffer.alloc(size);
  let at = 0;
  try {
    for await (const chunk of stream) {
      signal.throwIfAborted();
      if (at + chunk.length > size) throw new RangeError('a file is longer than it should be');
      at += (chunk as Buffer).copy(whole, at);
    }
  } finally {
    stream.destroy();
  }
  if (at !== size) throw new RangeError('a file is shorter than it should be');
  return whole;
}

import type { Exchange } from './exchange.js';

/**
 * All of an answer's body, unless it is longer than that, or slower: then the exchange is left.
 * @param withinMs as long as the exchange may take when absent
 * @returns undefined for one that is longer; of one that is slower, what has come
 * @throws what the exchange throws
 */
export async function readUpTo(
  exchange: Exchange,
  maxBytes: number,
  withinMs?: number,
): Promise<Buffer | undefined> {
  const timer = withinMs === undefined ? undefined : setTimeout(() => exchange.cancel(), withinMs);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of exchange) {
      bytes += chunk.length;
      if (bytes > maxBytes) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
  }
}

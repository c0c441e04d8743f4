import { chunksOf } from './pace.js';

/** Most items sorted without a break. */
const MOST_SORTED = 20_000;

/**
 * Items in the order of their digests, in lists of at most `size`. Many items are parted by their first byte, so that
 * no sort takes long.
 */
export function* inDigestOrder<T>(
  items: readonly T[],
  digestOf: (item: T) => Buffer,
  size: number,
): Generator<T[]> {
  for (const part of items.length <= MOST_SORTED ? [items] : partsOf(items, digestOf))
    yield* chunksOf(
      [...part].sort((a, b) => digestOf(a).compare(digestOf(b))),
      size,
    );
}

function partsOf<T>(items: readonly T[], digestOf: (item: T) => Buffer): T[][] {
  const parts = Array.from({ length: 256 }, (): T[] => []);
  for (const item of items) parts[digestOf(item)[0] ?? 0]?.push(item);
  return parts;
}

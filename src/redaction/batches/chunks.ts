/** Most documents of one chunk, and most bytes of several together: a few seconds of work, repeated when it is lost. */
export const CHUNK_DOCUMENTS = 50;
export const CHUNK_BYTES = 1024 * 1024;

/**
 * Cuts a row of documents into chunks, in order: as many documents as fit, and one that is larger alone.
 * @param sizes of the documents, in bytes
 * @returns of each chunk how many documents it has
 */
export function chunkLengths(sizes: readonly number[]): number[] {
  const lengths: number[] = [];
  let length = 0;
  let bytes = 0;
  for (const size of sizes) {
    if (length > 0 && (length === CHUNK_DOCUMENTS || bytes + size > CHUNK_BYTES)) {
      lengths.push(length);
      length = 0;
      bytes = 0;
    }
    length += 1;
    bytes += size;
  }
  if (length > 0) lengths.push(length);
  return lengths;
}

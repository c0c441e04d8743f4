const LINE_FEED = 0x0a;

/** Longer than any line of an export. */
const MOST_BYTES = 4 * 2 ** 20;

/** Lines of bytes that come in pieces, each with its line feed; the last may have none. @throws RangeError at one beyond 4 MiB */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    let rest = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
      yield parts.length === 0
        ? rest.subarray(0, end + 1)
        : Buffer.concat([...parts, rest.subarray(0, end + 1)]);
      [parts, length] = [[], 0];
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) parts.push(Buffer.from(rest));
    length += rest.length;
    if (length > MOST_BYTES) throw new RangeError('a line is too long');
  }
  if (length > 0) yield Buffer.concat(parts);
}

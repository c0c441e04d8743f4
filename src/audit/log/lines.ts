import { UnusableInput } from './export-fault.js';

const LINE_FEED = 0x0a;

/** Longer than any line of an export. */
const MOST_BYTES = 4 * 2 ** 20;

/** Lines of bytes that come in pieces, each with its line feed; the last may have none. @throws UnusableInput at one beyond 4 MiB */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  const hold = (part: Buffer): void => {
    length += part.length;
    if (length > MOST_BYTES)
      throw new UnusableInput('A line is longer than 4 MiB: this is no file of an audit log.');
    parts.push(part);
  };
  for await (const piece of pieces) {
    let rest = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
      hold(rest.subarray(0, end + 1));
      const [only, ...more] = parts;
      yield only && more.length === 0 ? only : Buffer.concat(parts);
      [parts, length] = [[], 0];
      rest = rest.subarray(end + 1);
    }
    // A piece may be written to again once the next one is asked for.
    if (rest.length > 0) hold(Buffer.from(rest));
  }
  if (length > 0) yield Buffer.concat(parts);
}

/**
 * One unambiguous encoding of the place a sealed value belongs to: each part with its length before it, so that
 * no two lists of parts share an encoding.
 */
export function associatedData(...parts: readonly (string | number | Buffer)[]): Buffer {
  const chunks: Buffer[] = [];
  for (const part of parts) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part), 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    chunks.push(length, bytes);
  }
  return Buffer.concat(chunks);
}

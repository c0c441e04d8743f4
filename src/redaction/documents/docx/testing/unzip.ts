import { inflateRawSync } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;

/** Contents of a ZIP by name, read from its local headers: by other means than those of the product. */
export function unzip(bytes: Uint8Array): Map<string, Buffer> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Map<string, Buffer>();
  for (let at = 0; at + 30 < zip.length && zip.readUInt32LE(at) === LOCAL_HEADER; ) {
    if ((zip.readUInt16LE(at + 6) & 8) !== 0) throw new Error('the size of an entry stands behind it');
    const size = zip.readUInt32LE(at + 18);
    const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 30, at + 30 + zip.readUInt16LE(at + 26));
    const content = zip.subarray(start, start + size);
    found.set(name, zip.readUInt16LE(at + 8) === 0 ? content : inflateRawSync(content));
    at = start + size;
  }
  return found;
}

/** Everything a search should look at: the file, names, contents, and text without tags, with what XML escapes decoded. */
export function haystack(bytes: Uint8Array): Buffer[] {
  const pieces: Buffer[] = [Buffer.from(bytes)];
  for (const [name, content] of unzip(bytes)) {
    pieces.push(Buffer.from(name), content);
    const xml = content.toString('utf8');
    const accepted = xml.replaceAll(/<w:delText>[^<]*<\/w:delText>/g, '');
    const decoded = `${xml}\n${accepted}`
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
    pieces.push(Buffer.from(decoded), Buffer.from(decoded.replaceAll(/[\s\u00ad]/g, '')));
  }
  return pieces;
}

/** Whether a value stands anywhere, as UTF-8, UTF-16 of either order, or its digits alone. */
export function holds(pieces: readonly Buffer[], value: string): boolean {
  const utf16 = Buffer.from(value, 'utf16le');
  const digits = value.replaceAll(/\D/g, '');
  const forms: (string | Buffer)[] = [value, utf16, Buffer.from(utf16).swap16()];
  if (digits.length >= 9) forms.push(digits);
  return pieces.some((piece) => forms.some((form) => piece.includes(form)));
}

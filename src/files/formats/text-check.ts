import { isUtf8 } from 'node:buffer';

/** Control characters that texts have: tabs, line and page breaks, DOS's end of file, and terminals' escapes. */
const isTextControl = (byte: number): boolean =>
  (byte >= 0x09 && byte <= 0x0d) || byte === 0x1a || byte === 0x1b;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'legacy' | 'binary';

/** How many bytes at the end of UTF-8 belong to a character that is not complete. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** Bytes of a word as `Uint32Array` reads it. */
const WORD = 4;

function hasControlIn(bytes: Buffer, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x20 && !isTextControl(byte)) return true;
  }
  return false;
}

/**
 * Whether bytes hold a control character that no text has; UTF-8 has none inside of longer characters. Looks at four
 * bytes at a time for one below 0x20, as every upload passes here ("Determine if a word has a byte less than n",
 * S. E. Anderson, Bit Twiddling Hacks).
 */
function hasControl(bytes: Buffer): boolean {
  if (bytes.length < 2 * WORD) return hasControlIn(bytes, 0, bytes.length);
  const lead = (WORD - (bytes.byteOffset % WORD)) % WORD;
  const words = new Uint32Array(
    bytes.buffer,
    bytes.byteOffset + lead,
    Math.floor((bytes.length - lead) / WORD),
  );
  const end = lead + words.length * WORD;
  if (hasControlIn(bytes, 0, lead) || hasControlIn(bytes, end, bytes.length)) return true;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? 0;
    if (((word - 0x20202020) & ~word & 0x80808080) === 0) continue;
    const at = lead + index * WORD;
    if (hasControlIn(bytes, at, at + WORD)) return true;
  }
  return false;
}

/**
 * Looks at bytes piece by piece and says whether they are text: UTF-8, UTF-16 with its mark, or an older 8-bit
 * encoding. Keeps a few bytes at most.
 */
export class TextCheck {
  private encoding: Encoding | undefined;
  private rest: Buffer = Buffer.alloc(0);
  /** A high surrogate that waits for its low one. */
  private isHalf = false;

  update(chunk: Buffer): void {
    if (this.encoding === 'binary') return;
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    this.rest = Buffer.alloc(0);
    if (this.encoding === undefined) {
      if (bytes.length < 2) return void this.keep(bytes);
      this.encoding = markOf(bytes);
    }
    if (this.encoding === 'utf-8' || this.encoding === 'legacy') this.readBytes(bytes);
    else this.readUnits(bytes, this.encoding === 'utf-16le');
  }

  end(): 'unicode' | 'legacy' | 'binary' {
    if (this.encoding === undefined) {
      this.encoding = 'utf-8';
      this.readBytes(this.rest);
    }
    const isCut = this.rest.length > 0 || this.isHalf;
    if (this.encoding === 'utf-8') return isCut ? 'legacy' : 'unicode';
    if (this.encoding === 'legacy') return 'legacy';
    return this.encoding === 'binary' || isCut ? 'binary' : 'unicode';
  }

  private keep(bytes: Buffer): void {
    // A copy: the rest of the chunk need not stay in memory.
    this.rest = Buffer.from(bytes);
  }

  private readBytes(bytes: Buffer): void {
    if (hasControl(bytes)) this.encoding = 'binary';
    if (this.encoding !== 'utf-8') return;
    const end = bytes.length - unfinished(bytes);
    if (isUtf8(bytes.subarray(0, end))) this.keep(bytes.subarray(end));
    else this.encoding = 'legacy';
  }

  private readUnits(bytes: Buffer, isLittle: boolean): void {
    const end = bytes.length - (bytes.length % 2);
    for (let index = 0; index < end; index += 2) {
      const unit = isLittle ? bytes.readUInt16LE(index) : bytes.readUInt16BE(index);
      const isLow = unit >= 0xdc00 && unit <= 0xdfff;
      const isControl = unit < 0x20 && !isTextControl(unit);
      if (isControl || isLow !== this.isHalf) {
        this.encoding = 'binary';
        return;
      }
      this.isHalf = unit >= 0xd800 && unit <= 0xdbff;
    }
    this.keep(bytes.subarray(end));
  }
}

function markOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

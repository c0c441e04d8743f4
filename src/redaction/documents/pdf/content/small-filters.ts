import { DocumentFailure } from '../../document-failure.js';

/** The filters of ISO 32000-1, 7.4 that Node has no decoder for. Each throws when it unfolds beyond the limit. */

class Output {
  #bytes = new Uint8Array(4096);
  #length = 0;

  constructor(readonly limit: number) {}

  push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      if (this.#length >= this.limit) throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
      const larger = new Uint8Array(this.#length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }

  end(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}

const END_OF_DATA = 0x3e; // >

export function fromAsciiHex(bytes: Uint8Array, limit: number): Uint8Array {
  const output = new Output(limit);
  let high = -1;
  for (const byte of bytes) {
    if (byte === END_OF_DATA) break;
    const digit = Number.parseInt(String.fromCharCode(byte), 16);
    if (Number.isNaN(digit)) continue;
    if (high < 0) high = digit;
    else {
      output.push(high * 16 + digit);
      high = -1;
    }
  }
  if (high >= 0) output.push(high * 16);
  return output.end();
}

export function fromAscii85(bytes: Uint8Array, limit: number): Uint8Array {
  const output = new Output(limit);
  let group: number[] = [];
  for (const byte of bytes) {
    if (byte === 0x7e) break; // ~>
    if (byte === 0x7a && group.length === 0) for (let i = 0; i < 4; i++) output.push(0); // z
    if (byte < 0x21 || byte > 0x75) continue;
    group.push(byte - 0x21);
    if (group.length === 5) {
      writeGroup(group, 4, output);
      group = [];
    }
  }
  if (group.length > 1) {
    const count = group.length - 1;
    writeGroup([...group, 84, 84, 84, 84].slice(0, 5), count, output);
  }
  return output.end();
}

function writeGroup(group: readonly number[], count: number, output: Output): void {
  const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
  for (let index = 0; index < count; index++) output.push(Math.floor(value / 256 ** (3 - index)) & 0xff);
}

export function fromRunLength(bytes: Uint8Array, limit: number): Uint8Array {
  const output = new Output(limit);
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at++] ?? 128;
    if (length === 128) break;
    if (length < 128) for (let i = 0; i <= length && at < bytes.length; i++) output.push(bytes[at++] ?? 0);
    else {
      const byte = bytes[at++] ?? 0;
      for (let i = 0; i < 257 - length; i++) output.push(byte);
    }
  }
  return output.end();
}

const CLEAR = 256;
const END = 257;

/** @param early 1 when codes grow one entry before they must, which is usual */
export function fromLzw(bytes: Uint8Array, limit: number, early: number): Uint8Array {
  const output = new Output(limit);
  let table: Uint8Array[] = [];
  let width = 9;
  let previous: Uint8Array | undefined;
  for (let bit = 0; bit + width <= bytes.length * 8; ) {
    const code = bitsAt(bytes, bit, width);
    bit += width;
    if (code === END) break;
    if (code === CLEAR) {
      table = [];
      width = 9;
      previous = undefined;
      continue;
    }
    const entry = entryOf(code, table, previous);
    for (const byte of entry) output.push(byte);
    if (previous !== undefined && table.length < 4096 - 258) table.push(joined(previous, entry[0] ?? 0));
    previous = entry;
    width = widthFor(table.length + 258 + early);
  }
  return output.end();
}

function widthFor(next: number): number {
  if (next >= 2048) return 12;
  if (next >= 1024) return 11;
  return next >= 512 ? 10 : 9;
}

function entryOf(code: number, table: readonly Uint8Array[], previous: Uint8Array | undefined): Uint8Array {
  if (code < CLEAR) return Uint8Array.of(code);
  const known = table[code - 258];
  if (known !== undefined) return known;
  if (previous === undefined || code - 258 > table.length) throw new DocumentFailure('DOCUMENT_DAMAGED');
  return joined(previous, previous[0] ?? 0);
}

function joined(entry: Uint8Array, byte: number): Uint8Array {
  const longer = new Uint8Array(entry.length + 1);
  longer.set(entry);
  longer[entry.length] = byte;
  return longer;
}

function bitsAt(bytes: Uint8Array, bit: number, width: number): number {
  const at = bit >> 3;
  const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  return (three >> (24 - (bit & 7) - width)) & ((1 << width) - 1);
}

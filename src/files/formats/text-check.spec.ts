import * as fc from 'fast-check';
import { TextCheck } from './text-check.js';

/** A copy that begins anywhere in a word of memory. */
function placed(bytes: Uint8Array, offset: number): Buffer {
  const memory = Buffer.alloc(bytes.length + 8);
  memory.set(bytes, offset);
  return memory.subarray(offset, offset + bytes.length);
}

const kindOf = (bytes: Buffer): string => {
  const check = new TextCheck();
  check.update(bytes);
  return check.end();
};

const isControl = (byte: number): boolean =>
  byte < 0x20 && !(byte >= 9 && byte <= 13) && byte !== 0x1a && byte !== 0x1b;

describe('TextCheck', () => {
  it('finds a control character wherever it stands, and takes nothing else for one', () => {
    const text = fc.uint8Array({ minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(text, fc.nat(7), (noise, offset) => {
        // Without the marks of UTF-16.
        const bytes = noise.map((byte, index) => (index < 2 && byte > 0x7f ? byte & 0x7f : byte));
        expect(kindOf(placed(bytes, offset)) === 'binary').toBe(bytes.some(isControl));
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds each of the 256 bytes at each place of a word', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      for (let at = 2; at < 14; at += 1) {
        const bytes = new Uint8Array(16).fill(0x61);
        bytes[at] = byte;
        expect([byte, at, kindOf(placed(bytes, 3)) === 'binary']).toEqual([byte, at, isControl(byte)]);
      }
    }
  });
});

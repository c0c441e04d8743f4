import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { codeOf, formatToken, parseToken, readCode } from './token-form.js';

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const lengthened = fc.integer({ min: 0, max: 11 });

describe('the form of a token', () => {
  it('is 50 bits of identity and 30 of spelling, more after collisions, in Crockford base32', () => {
    expect(codeOf(Buffer.alloc(32), Buffer.alloc(32, 0xff))).toBe('0000000000ZZZZZZ');
    expect(codeOf(Buffer.from('00443214c74254b635cf84653a56d7c675be77df', 'hex'), Buffer.alloc(32))).toBe(
      '0123456789000000',
    );
    fc.assert(
      fc.property(digest, digest, lengthened, (identity, spelling, times) => {
        const code = codeOf(identity, spelling, times);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]+$/);
        expect(code).toHaveLength(16 + 4 * times);
        expect(code.startsWith(codeOf(identity, spelling))).toBe(true);
        expect(readCode(code.toLowerCase())).toBe(code);
      }),
    );
    expect(() => codeOf(randomBytes(32), randomBytes(32), 12)).toThrow(RangeError);
  });

  it('depends on every one of its bits', () => {
    fc.assert(
      fc.property(digest, digest, fc.integer({ min: 0, max: 79 }), (identity, spelling, bit) => {
        const changed = Buffer.from(bit < 50 ? identity : spelling);
        const at = bit < 50 ? bit : bit - 50;
        changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (0x80 >> (at & 7));
        const other = bit < 50 ? codeOf(changed, spelling) : codeOf(identity, changed);
        expect(other).not.toBe(codeOf(identity, spelling));
      }),
    );
  });

  it('is read back in any case, and nothing else is', () => {
    fc.assert(
      fc.property(
        digest,
        digest,
        lengthened,
        fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,63}$/),
        (a, b, n, type) => {
          const token = formatToken({ type, code: codeOf(a, b, n) });
          const parsed = { type: type.toUpperCase(), code: codeOf(a, b, n) };
          expect([parseToken(token), parseToken(token.toLowerCase())]).toEqual([parsed, parsed]);
          for (const other of [
            `${token}0`,
            token.slice(0, -1),
            ` ${token}`,
            token.replace('-', '_'),
            `${token}\n`,
          ])
            expect(parseToken(other)).toBeUndefined();
        },
      ),
    );
  });

  it.each([
    '0123456789ABCDEI',
    '0123456789ABCDEL',
    '0123456789ABCDEO',
    '0123456789ABCDEU',
    '0123456789ABCD',
    'ſ'.repeat(16),
  ])('has no code %s', (code) => expect(readCode(code)).toBeUndefined());
});

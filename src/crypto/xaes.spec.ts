import * as fc from 'fast-check';
import { encryptWithNonce, OpenError, openBytes, sealBytes } from './xaes.js';

const nonce = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWX');
const message = Buffer.from('XAES-256-GCM');

describe('XAES-256-GCM', () => {
  it.each([
    ['the first half of the subkey', 0x01, '', 'ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271'],
    [
      'the second half of the subkey',
      0x03,
      'c2sp.org/XAES-256-GCM',
      '986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d',
    ],
  ])('meets the published vector with %s', (_, byte, associatedData, expected) => {
    const sealed = encryptWithNonce(Buffer.alloc(32, byte), nonce, message, Buffer.from(associatedData));
    expect(sealed.toString('hex')).toBe(expected);
  });

  it('opens what it sealed, and never anything changed, moved or under another key', () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
    const key = Buffer.alloc(32, 9);
    fc.assert(
      fc.property(bytes, bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, place, at, flip) => {
        const sealed = sealBytes(key, plain, place);
        expect(openBytes(key, sealed, place)).toEqual(plain);
        const changed = Buffer.from(sealed);
        changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ flip;
        expect(() => openBytes(key, changed, place)).toThrow(OpenError);
        expect(() => openBytes(key, sealed, Buffer.concat([place, Buffer.from([0])]))).toThrow(OpenError);
        expect(() => openBytes(Buffer.alloc(32, 8), sealed, place)).toThrow(OpenError);
        expect(() => openBytes(key, sealed.subarray(0, at % sealed.length), place)).toThrow(OpenError);
      }),
    );
  });
});

import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { isProviderIdentifier, isRoutingNumber } from './american-numbers.js';
import {
  isAadhaar,
  isGstin,
  isKoreanBusinessNumber,
  isNric,
  isThaiCitizenNumber,
  isUniqueEntityNumber,
} from './asian-numbers.js';
import { isBase58CheckAddress, isSegwitAddress } from './crypto-address.js';
import {
  isFinnishIdentityCode,
  isItalianFiscalCode,
  isNhsNumber,
  isPesel,
  isSpanishNif,
  isTurkishIdentityNumber,
} from './european-numbers.js';
import {
  isGermanTaxId,
  isHealthInsuranceNumber,
  isPensionNumber,
  passesMachineReadableCheck,
} from './german-numbers.js';
import { passesMod11And10 } from './iso-7064.js';
import { sha256 } from './sha-256.js';
import { isAustralianBusinessNumber, isTaxFileNumber } from './southern-numbers.js';
import { passesVerhoeff } from './verhoeff.js';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

/** The value with every check digit (or letter) that makes it valid. */
function completions(valid: (text: string) => boolean, stem: string, signs = '0123456789'): string[] {
  return [...signs].map((sign) => stem + sign).filter(valid);
}

describe('published examples', () => {
  it.each([
    ['Verhoeff', passesVerhoeff, '2363'],
    ['ISO 7064 MOD 11,10', passesMod11And10, '07945'],
    ['ICAO Doc 9303, its specimen', passesMachineReadableCheck, 'L898902C36'],
    ['ABN of the Australian Taxation Office', isAustralianBusinessNumber, '51824753556'],
    ['NPI of CMS', isProviderIdentifier, '1234567893'],
    ['BIP 173', isSegwitAddress, 'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4'],
    ['BIP 350', isSegwitAddress, 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0'],
    ['the DNI of the Spanish specimen', isSpanishNif, '99999999R'],
  ])('%s', (_source, valid, example) => {
    expect(valid(example)).toBe(true);
  });

  it('refuses what BIP 350 lists as invalid', () => {
    expect(isSegwitAddress('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh')).toBe(false);
    expect(isSegwitAddress('bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4')).toBe(false);
  });
});

describe('check digits', () => {
  const schemes: [string, number, (text: string) => boolean][] = [
    ['Verhoeff', 9, passesVerhoeff],
    ['ISO 7064 MOD 11,10', 10, passesMod11And10],
    ['routing numbers', 9, isRoutingNumber],
    ['Aadhaar', 12, isAadhaar],
    ['German tax ids', 11, isGermanTaxId],
    ['Australian tax file numbers', 9, isTaxFileNumber],
    ['NHS numbers', 10, isNhsNumber],
    ['Turkish identity numbers', 11, isTurkishIdentityNumber],
    ['Thai citizen numbers', 13, isThaiCitizenNumber],
    ['PESEL', 11, isPesel],
    ['Korean business numbers', 10, isKoreanBusinessNumber],
  ];

  it.each(schemes)(
    'of %s: at most one is right, and any other digit in its place is noticed',
    (_name, length, valid) => {
      fc.assert(
        fc.property(digits(length - 1), (stem) => {
          expect(completions(valid, stem).length).toBeLessThanOrEqual(1);
        }),
      );
    },
  );

  it.each(['Verhoeff', 'ISO 7064 MOD 11,10', 'NHS numbers', 'Australian tax file numbers'])(
    'of %s notice every single wrong digit',
    (name) => {
      const [, length = 0, valid = () => false] = schemes.find(([scheme]) => scheme === name) ?? [];
      fc.assert(
        fc.property(
          digits(length - 1),
          fc.nat(length - 1),
          fc.integer({ min: 1, max: 9 }),
          (stem, place, shift) => {
            const [right] = completions(valid, stem);
            fc.pre(right !== undefined);
            const wrong = [...(right ?? '')]
              .map((digit, at) => (at === place ? String((Number(digit) + shift) % 10) : digit))
              .join('');
            expect(valid(wrong)).toBe(false);
          },
        ),
      );
    },
  );

  it('of Verhoeff notice two neighbours that changed places', () => {
    fc.assert(
      fc.property(digits(8), fc.nat(7), (stem, place) => {
        const [right = ''] = completions(passesVerhoeff, stem);
        const swapped =
          right.slice(0, place) + right.charAt(place + 1) + right.charAt(place) + right.slice(place + 2);
        expect(passesVerhoeff(swapped)).toBe(swapped === right);
      }),
    );
  });

  it.each([
    ['health insurance', isHealthInsuranceNumber, 'K48201753', '0123456789'],
    ['pension', isPensionNumber, '53120779K04', '0123456789'],
    ['Finnish identity', isFinnishIdentityCode, '140672-382', '0123456789ABCDEFHJKLMNPRSTUVWXY'],
    ['Italian fiscal', isItalianFiscalCode, 'BNCLRA82D48H501', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    ['Indian tax', isGstin, '29AKRPT4820K1Z', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    ['Singapore identity', isNric, 'S8203174', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    ['Singapore entity', isUniqueEntityNumber, '20174820K'.slice(0, 8), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ])('of %s numbers: exactly one is right', (_name, valid, stem, signs) => {
    expect(completions(valid, stem, signs)).toHaveLength(1);
  });
});

describe('addresses of wallets', () => {
  const encode = (bytes: Uint8Array): string => {
    const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
    let number = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
    let text = '';
    for (; number > 0n; number /= 58n) text = alphabet.charAt(Number(number % 58n)) + text;
    const zeros = bytes.findIndex((byte) => byte !== 0);
    return '1'.repeat(zeros) + text;
  };
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

  it('are those whose double hash fits, in base58', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), fc.nat(24), (key, place) => {
        const body = Uint8Array.from([5, ...key]);
        const bytes = Uint8Array.from([...body, ...hash(hash(body)).subarray(0, 4)]);
        expect(isBase58CheckAddress(encode(bytes))).toBe(true);
        bytes[place] = (bytes[place] ?? 0) ^ 1;
        expect(isBase58CheckAddress(encode(bytes))).toBe(false);
      }),
    );
  });

  it('are hashed as by the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Buffer.from(sha256(bytes)).equals(hash(bytes))).toBe(true);
      }),
    );
  });
});

import fc from 'fast-check';
import { isDayOfMonth, monthNumber } from './calendar.js';
import { internationalFit, isNorthAmerican } from './calling-code.js';
import { cardIssuer } from './card-issuer.js';
import { entropyPerCharacter } from './entropy.js';
import { ibanLength, isIban } from './iban.js';
import { passesLuhn } from './luhn.js';
import { isSocialSecurityForm } from './social-security.js';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

describe('Luhn', () => {
  it('has exactly one right check digit, and sees every wrong digit', () => {
    fc.assert(
      fc.property(digits(15), fc.nat({ max: 14 }), fc.integer({ min: 1, max: 9 }), (body, place, change) => {
        const right = [...'0123456789'].filter((check) => passesLuhn(body + check));
        expect(right).toHaveLength(1);
        const wrong = (Number(body[place]) + change) % 10;
        expect(passesLuhn(body.slice(0, place) + wrong + body.slice(place + 1) + right[0])).toBe(false);
      }),
    );
  });

  it('fails on nothing', () => {
    expect(passesLuhn('')).toBe(false);
  });
});

describe('IBAN', () => {
  const countries = ['DE', 'GB', 'NO', 'MT', 'FR', 'SA'];

  it('has exactly one right pair of check digits, and sees swapped neighbours', () => {
    fc.assert(
      fc.property(fc.constantFrom(...countries), digits(31), fc.nat({ max: 8 }), (country, filler, place) => {
        const body = filler.slice(0, (ibanLength(country) ?? 0) - 4);
        const pairs = Array.from({ length: 97 }, (_, n) => String(n + 2).padStart(2, '0'));
        const right = pairs.filter((pair) => isIban(country + pair + body));
        expect(right).toHaveLength(1);
        const [a = '', b = ''] = body.slice(place, place + 2);
        fc.pre(a !== b);
        const swapped = body.slice(0, place) + b + a + body.slice(place + 2);
        expect(isIban(`${country}${right[0]}${swapped}`)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});

describe('calendar', () => {
  it('agrees with Date', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 33 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 1800, max: 2199 }),
        (day, month, year) => {
          const date = new Date(Date.UTC(year, month - 1, day));
          const real =
            date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCFullYear() === year;
          expect(isDayOfMonth(day, month, year)).toBe(real);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('knows months in several languages', () => {
    expect(['may', 'mai', 'mayo', 'märz', 'juillet', 'xyz'].map(monthNumber)).toEqual([
      5,
      5,
      5,
      3,
      7,
      undefined,
    ]);
  });
});

describe('forms of numbers', () => {
  it('takes a social security number apart', () => {
    fc.assert(
      fc.property(digits(9), (number) => {
        const area = Number(number.slice(0, 3));
        const valid =
          area > 0 &&
          area < 900 &&
          area !== 666 &&
          Number(number.slice(3, 5)) > 0 &&
          Number(number.slice(5)) > 0;
        expect(isSocialSecurityForm(number)).toBe(valid);
      }),
    );
  });

  it.each([
    ['4000000000000000', 'visa'],
    ['5599999999999999', 'mastercard'],
    ['2720990000000000', 'mastercard'],
    ['2721000000000000', undefined],
    ['370000000000000', 'american-express'],
    ['3700000000000000', undefined],
  ])('names the issuer of %s', (number, issuer) => {
    expect(cardIssuer(number)).toBe(issuer);
  });

  it.each([
    ['14155550132', 'plan'],
    ['4930901820', 'plan'],
    ['1415555', 'code'],
    ['999123456', 'none'],
  ])('fits +%s as %s', (number, fit) => {
    expect(internationalFit(number)).toBe(fit);
  });

  it('wants areas and exchanges from 2', () => {
    expect(['4155550132', '1155550132', '4151550132'].map(isNorthAmerican)).toEqual([true, false, false]);
  });

  it('measures entropy in bits', () => {
    expect(entropyPerCharacter('aaaa')).toBe(0);
    expect(entropyPerCharacter('abcdabcd')).toBe(2);
  });
});

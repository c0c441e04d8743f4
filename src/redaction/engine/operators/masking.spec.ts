import fc from 'fast-check';
import { mask } from './masking.js';

const types = fc.constantFrom(
  ...'PERSON EMAIL_ADDRESS PHONE_NUMBER CREDIT_CARD IBAN_CODE US_SSN IP_ADDRESS MAC_ADDRESS URL DATE_TIME PASSWORD MY_TYPE'.split(
    ' ',
  ),
);
const characters = fc.constantFrom(...'ab12.:@-+* JS', '😀', '\ud800', '\0');

describe('masks', () => {
  it.each([
    ['EMAIL_ADDRESS', 'john@example.com', 'jo***@example.com'],
    ['EMAIL_ADDRESS', 'jo@example.com', 'j***@example.com'],
    ['EMAIL_ADDRESS', 'j@example.com', '***@example.com'],
    ['EMAIL_ADDRESS', 'a@b.io', '********'],
    ['PHONE_NUMBER', '555-123-4567', '555****67'],
    ['PHONE_NUMBER', '+49 (30) 123456', '+493****56'],
    ['PHONE_NUMBER', '555-1234', '****34'],
    ['CREDIT_CARD', '4111-1111-1111-1111', '**** **** **** 1111'],
    ['IBAN_CODE', 'DE89 3704 0044 0532 0130 00', 'DE****************3000'],
    ['US_SSN', '123-45-6789', '***-**-6789'],
    ['PERSON', 'John Smith', 'J*** S***'],
    ['PERSON', 'Jane Li', 'J*** ***'],
    ['PERSON', '王小明', '***'],
    ['IP_ADDRESS', '192.168.10.20', '192.168.*.*'],
    ['IP_ADDRESS', '2001:db8::8a2e:1%eth0', '2001:db8:0:0:*:*:*:*'],
    ['IP_ADDRESS', '::ffff:10.1.2.3', '::ffff:10.1.*.*'],
    ['IP_ADDRESS', '1.2.3.4', '********'],
    ['PASSWORD', 'hunter2 is long', '********'],
    ['PASSWORD', '********', '*********'],
    ['MY_TYPE', 'CUST-1234', '********'],
  ])('%s %s becomes %s', (type, text, expected) => {
    expect(mask(type, text)).toBe(expected);
  });

  it('never equal the value', () => {
    const text = fc.oneof(
      fc.array(characters).map((all) => all.join('')),
      fc.string(),
      fc.constantFrom('***', '*** ***'),
    );
    fc.assert(
      fc.property(types, text, (type, value) => {
        expect(mask(type, value)).not.toBe(value);
        expect(mask(type, mask(type, value))).not.toBe(mask(type, value));
      }),
      { numRuns: 5_000 },
    );
  });

  it('show at most a quarter of a short value', () => {
    const short = fc
      .array(fc.constantFrom(...'ab12.:@-+ JS', '😀'), { minLength: 1, maxLength: 7 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(types, short, (type, value) => {
        const shown = [...mask(type, value)].filter((character) => character !== '*' && character !== ' ');
        expect(shown.length * 4).toBeLessThanOrEqual([...value].length);
      }),
      { numRuns: 3_000 },
    );
  });
});

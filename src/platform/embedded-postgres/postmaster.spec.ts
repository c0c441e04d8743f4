import fc from 'fast-check';
import { parseRecord } from './postmaster.js';

const whole = ['4711', '/data/postgres', '1795212345', '5433', '', '127.0.0.1', ' 12345 67', 'ready   ', ''];

describe('parseRecord', () => {
  it('reads pid and port', () => {
    expect(parseRecord(whole.join('\n'))).toEqual({ pid: 4711, port: 5433 });
  });

  it('makes do with any beginning of the file, as a server that is just starting leaves it', () => {
    for (let length = 0; length <= whole.join('\n').length; length++) {
      const record = parseRecord(whole.join('\n').slice(0, length));
      if (length === 0) expect(record).toBeUndefined();
      else expect(record?.pid).toBe(Number('4711'.slice(0, length)));
    }
  });

  it('never gives a pid or port that is not a positive whole number', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-. \nxe'), maxLength: 40 }), (text) => {
        const record = parseRecord(text);
        for (const number of [record?.pid ?? 1, record?.port ?? 1]) {
          expect(Number.isSafeInteger(number) && number > 0).toBe(true);
        }
      }),
    );
  });
});

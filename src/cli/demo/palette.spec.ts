import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { paletteOf, wantsColours } from './palette.js';

describe('wantsColours', () => {
  it.each([
    ['a terminal', {}, true, true, true],
    ['a pipe', {}, true, false, false],
    ['FORCE_COLOR on a pipe', { FORCE_COLOR: '1' }, true, false, true],
    ['an empty FORCE_COLOR', { FORCE_COLOR: '' }, true, false, true],
    ['FORCE_COLOR=0 in a terminal', { FORCE_COLOR: '0' }, true, true, false],
    ['NO_COLOR in a terminal', { NO_COLOR: '1' }, true, true, false],
    ['an empty NO_COLOR', { NO_COLOR: '' }, true, true, true],
    ['NO_COLOR against FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, true, false],
    ['the setting against FORCE_COLOR', { FORCE_COLOR: '1' }, false, true, false],
    ['a dumb terminal', { TERM: 'dumb' }, true, true, false],
  ])('%s', (_, env, setting, isTerminal, expected) => {
    expect(wantsColours(env, setting, isTerminal)).toBe(expected);
  });
});

describe('paletteOf', () => {
  it('changes nothing but the colour', () => {
    const [coloured, plain] = [paletteOf(true), paletteOf(false)];
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{1,20}$/), fc.stringMatching(/^[A-Z_]{1,20}$/), (text, type) => {
        for (const paint of ['exposed', 'protected'] as const) {
          expect(coloured[paint](text, type)).not.toBe(text);
          expect(stripVTControlCharacters(coloured[paint](text, type))).toBe(text);
          expect(plain[paint](text, type)).toBe(text);
        }
      }),
    );
  });

  it('tells the types of the samples apart', () => {
    const types = [
      'PERSON_NAME',
      'EMAIL',
      'PHONE',
      'SSN',
      'CREDIT_CARD',
      'IBAN_CODE',
      'DATE_TIME',
      'DATE_OF_BIRTH',
      'API_KEY',
    ];
    expect(new Set(types.map((type) => paletteOf(true).exposed('x', type))).size).toBe(types.length);
  });
});

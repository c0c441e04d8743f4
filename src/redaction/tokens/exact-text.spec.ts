import fc from 'fast-check';
import { decodeText, encodeText } from './exact-text.js';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

describe('exact texts', () => {
  it('come back as they were, unpaired surrogates and all', () => {
    fc.assert(
      fc.property(text, (value) => decodeText(encodeText(value)) === value),
      { numRuns: 1000 },
    );
  });

  it('share no bytes with another text', () => {
    fc.assert(fc.property(text, text, (a, b) => a === b || !encodeText(a).equals(encodeText(b))));
    expect(encodeText('\ud800')).not.toEqual(encodeText('\ufffd'));
  });
});

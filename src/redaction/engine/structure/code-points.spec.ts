import fc from 'fast-check';
import { codePointLength, codePointOffsets } from './code-points.js';

const text = fc
  .array(fc.constantFrom('a', 'é', '😀', '\ud800', '\udc00', '\0'))
  .map((parts) => parts.join(''));

describe('code point offsets', () => {
  it('equal the length of what precedes them', () => {
    fc.assert(
      fc.property(text, (value) => {
        const borders = [0];
        for (const point of value) borders.push((borders.at(-1) ?? 0) + point.length);
        expect(codePointOffsets(value, borders)).toEqual(borders.map((_, index) => index));
        expect(codePointLength(value)).toBe([...value].length);
      }),
    );
  });

  it('count a split pair as two, and ascend whatever the offsets', () => {
    expect(codePointOffsets('😀', [0, 1, 2])).toEqual([0, 1, 2]);
    fc.assert(
      fc.property(text, fc.array(fc.nat()), (value, numbers) => {
        const offsets = numbers.map((n) => n % (value.length + 1)).sort((a, b) => a - b);
        const converted = codePointOffsets(value, offsets);
        expect([...converted].sort((a, b) => a - b)).toEqual(converted);
        for (const [i, offset] of offsets.entries()) expect(converted[i]).toBeLessThanOrEqual(offset);
      }),
    );
  });
});

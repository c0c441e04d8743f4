import fc from 'fast-check';
import { packVectors, unpackVectors } from './packed-vectors.js';

const vectors = fc.integer({ min: 1, max: 40 }).chain((length) =>
  fc.array(fc.float32Array({ minLength: length, maxLength: length, noNaN: true }), {
    minLength: 1,
    maxLength: 20,
  }),
);

describe('packed vectors', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(vectors, (given) => {
        expect(unpackVectors(packVectors(given))).toEqual(given);
      }),
    );
  });

  it.each([4, 5, 9, 13])('of %i bytes that were cut off are refused', (length) => {
    const packed = packVectors([Float32Array.of(1, 2), Float32Array.of(3, 4)]);
    expect(() => unpackVectors(packed.subarray(0, length === 4 ? 3 : length))).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { CHUNK_BYTES, CHUNK_DOCUMENTS, chunkLengths } from './chunks.js';

const size = fc.oneof(
  fc.nat(2_000),
  fc.nat(CHUNK_BYTES),
  fc.integer({ min: CHUNK_BYTES, max: CHUNK_BYTES * 3 }),
);

describe('chunks', () => {
  it('have every document once, none empty, none too long, and none too heavy but of one document', () => {
    fc.assert(
      fc.property(fc.array(size, { maxLength: 300 }), (sizes) => {
        const lengths = chunkLengths(sizes);
        expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(sizes.length);
        let at = 0;
        for (const length of lengths) {
          const bytes = sizes.slice(at, at + length).reduce((sum, next) => sum + next, 0);
          expect(length).toBeGreaterThan(0);
          expect(length).toBeLessThanOrEqual(CHUNK_DOCUMENTS);
          expect(length === 1 || bytes <= CHUNK_BYTES).toBe(true);
          at += length;
        }
      }),
    );
  });

  it('are as full as they can be: no document would have fitted into the chunk before', () => {
    fc.assert(
      fc.property(fc.array(size, { maxLength: 300 }), (sizes) => {
        let at = 0;
        for (const length of chunkLengths(sizes)) {
          const next = sizes[at + length];
          const bytes = sizes.slice(at, at + length).reduce((sum, one) => sum + one, 0);
          if (next !== undefined && length < CHUNK_DOCUMENTS)
            expect(bytes + next).toBeGreaterThan(CHUNK_BYTES);
          at += length;
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { windowsOf } from './windows.js';

describe('windows', () => {
  it('hold no more than their size, and each token is decided by exactly one that holds it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 14, max: 512 }), (tokens, size) => {
        let next = 0;
        for (const { from, to, ownFrom, ownTo } of windowsOf(tokens, size)) {
          expect(to - from).toBeLessThanOrEqual(size);
          expect(ownFrom).toBe(next);
          expect(ownFrom).toBeGreaterThanOrEqual(from);
          expect(ownTo).toBeLessThanOrEqual(to);
          next = ownTo;
        }
        expect(next).toBe(tokens);
      }),
    );
  });

  it('have something around each token they decide, but at the ends', () => {
    for (const { from, to, ownFrom, ownTo } of windowsOf(1_000, 100).slice(1, -1)) {
      expect(ownFrom - from).toBeGreaterThanOrEqual(12);
      expect(to - ownTo).toBeGreaterThanOrEqual(12);
    }
  });
});

import fc from 'fast-check';
import { confidenceOf, findingConfidence, scoreOf } from './confidence.js';

const explanation = (recognizer: string) => ({ recognizer, rule: 'r', baseScore: 1 });

describe('confidence', () => {
  it('goes through the fixed points', () => {
    expect([0, 0.4, 1].map(confidenceOf)).toEqual([0, 0.85, 0.99]);
    expect([0, 0.85, 0.99, 1].map(scoreOf)).toEqual([0, 0.4, 1, 1]);
  });

  it('keeps a score exactly when the shown confidence reaches the threshold', () => {
    const score = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
    );
    const threshold = fc.oneof(
      fc
        .double({ min: 0, max: 0.99, noNaN: true })
        .filter((t) => Math.abs(t * 100 - Math.round(t * 100)) > 1e-6),
      fc.integer({ min: 0, max: 99 }).map((n) => n / 100),
    );
    fc.assert(
      fc.property(score, threshold, (s, t) => {
        expect(s >= scoreOf(t)).toBe(confidenceOf(s) >= t);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is hundredths and inverse at each of them', () => {
    for (let hundredths = 0; hundredths < 100; hundredths++) {
      expect(confidenceOf(scoreOf(hundredths / 100))).toBe(hundredths / 100);
    }
  });

  it('is 1 for the hits of a custom pattern or deny list alone', () => {
    const finding = { type: 'X', score: 1, explanation: explanation('custom-pattern') };
    expect(findingConfidence(finding)).toBe(1);
    expect(findingConfidence({ ...finding, type: 'DENY_LIST', explanation: explanation('list') })).toBe(1);
    expect(findingConfidence({ ...finding, explanation: explanation('credit-card') })).toBe(0.99);
  });
});

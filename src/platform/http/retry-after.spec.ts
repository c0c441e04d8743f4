import { retryAfterMs, shownSeconds } from './retry-after.js';

const NOW = Date.parse('2026-03-15T10:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['7', 7_000],
    [' 7 ', 7_000],
    ['Sun, 15 Mar 2026 10:00:30 GMT', 30_000],
    ['Sun, 15 Mar 2026 09:00:00 GMT', 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%p means %p ms', (header, ms) => expect(retryAfterMs(header, NOW)).toBe(ms));

  it.each([
    [undefined, 5],
    [0, 1],
    [1_200, 2],
    [86_400_000, 300],
  ])('of %p ms is shown as %p s', (ms, seconds) => expect(shownSeconds(ms)).toBe(seconds));
});

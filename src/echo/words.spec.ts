import { countWords, endOfWords, piecesOf } from './words.js';

const TEXTS = ['', ' ', 'one', ' one ', 'one two  three\n\nfour ', '\t a\tb 😀 c', 'x'.repeat(50)];

describe('words', () => {
  it.each(TEXTS)('are counted as a split at blanks counts them: %j', (text) => {
    expect(countWords(text)).toBe(text.split(/\s+/).filter((word) => word !== '').length);
  });

  it.each(TEXTS)('come in pieces that are the text again, each of at most so many: %j', (text) => {
    for (const size of [1, 2, 3, 100]) {
      const pieces = [...piecesOf(text, size)];
      expect(pieces.join('')).toBe(text);
      expect(pieces).not.toContain('');
      for (const piece of pieces) expect(countWords(piece)).toBeLessThanOrEqual(size);
      expect(pieces.length).toBeLessThanOrEqual(Math.max(1, Math.ceil(countWords(text) / size)));
    }
  });

  it('end where the last of so many ends', () => {
    expect(endOfWords('one two three', 0, 2)).toBe(7);
    expect(endOfWords('one two three', 7, 1)).toBe(13);
    expect(endOfWords('one two  ', 0, 2)).toBe(9);
    expect(endOfWords('one', 0, 0)).toBe(0);
  });

  it('are counted in time that grows with the text', () => {
    const text = 'a '.repeat(1_000_000);
    const since = performance.now();
    expect(countWords(text)).toBe(1_000_000);
    let pieces = 0;
    for (const piece of piecesOf(text, 1)) pieces += piece.length > 0 ? 1 : 0;
    expect(pieces).toBe(1_000_000);
    expect(performance.now() - since).toBeLessThan(12_000);
  });
});

import { countPoints, passageOf, piecesOf } from './text-pieces.js';

/** Mulberry32: the same texts for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const LETTERS = ['a', 'é', '語', '😀', '\ud83d', '\n', '𝔘'];

describe('pieces of a text', () => {
  it('give every passage back as it is, with its place in code points', () => {
    const seed = Date.now() >>> 0;
    const random = randomOf(seed);
    for (let trial = 0; trial < 300; trial++) {
      const text = Array.from(
        { length: 1 + random() * 60 },
        () => LETTERS[Math.floor(random() * LETTERS.length)],
      ).join('');
      const pieces = [...piecesOf(text, 1 + Math.floor(random() * 9))];
      expect({ seed, joined: pieces.map((piece) => piece.text).join('') }).toEqual({ seed, joined: text });
      const points = [...text];
      const from = Math.floor(random() * points.length);
      const to = from + 1 + Math.floor(random() * (points.length - from));
      const start = points.slice(0, from).join('').length;
      const end = points.slice(0, to).join('').length;
      const expected = { text: points.slice(from, to).join(''), pointStart: from, pointEnd: to };
      expect({ seed, ...passageOf(pieces, start, end) }).toEqual({ seed, ...expected });
    }
  });

  it('refuse what they do not hold', () => {
    const pieces = [...piecesOf('abcdefgh', 3)];
    expect(() => passageOf(pieces, 6, 9)).toThrow(RangeError);
    expect(() => passageOf(pieces, 8, 9)).toThrow(RangeError);
    expect(() => passageOf(pieces.slice(1), 2, 4)).toThrow(RangeError);
  });

  it('count a lone surrogate as one', () => {
    expect(countPoints('a\ud83db😀')).toBe(4);
  });
});

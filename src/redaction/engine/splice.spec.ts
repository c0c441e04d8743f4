import fc from 'fast-check';
import { splice } from './splice.js';

const JOINER = '\u2060';

describe('splicing', () => {
  const patched = (text: string, ...spans: [number, number][]) =>
    splice(
      text,
      spans.map(([start, end]) => ({ start, end, text: 'T' })),
      JOINER,
    );

  it('joins a replacement to what it would touch, and to nothing else', () => {
    expect(patched('a John b', [2, 6])).toBe('a T b');
    expect(patched('aJohnb', [1, 5])).toBe(`a${JOINER}T${JOINER}b`);
    expect(patched('JohnJohn', [0, 4], [4, 8])).toBe(`T${JOINER}T`);
    expect(patched('John1John', [0, 4], [5, 9])).toBe(`T${JOINER}1${JOINER}T`);
    expect(patched(`John${JOINER}John`, [0, 4], [5, 9])).toBe(`T${JOINER}${JOINER}${JOINER}T`);
    expect(patched('éJohn_', [1, 5])).toBe('éT_');
    expect(patched('John', [0, 4])).toBe('T');
  });

  it('puts every patch in its place and touches nothing else', () => {
    const segment = fc.tuple(fc.string(), fc.string({ minLength: 1 }), fc.string());
    fc.assert(
      fc.property(fc.array(segment), fc.string(), (segments, rest) => {
        let text = '';
        const patches = segments.map(([before, old, replacement]) => {
          const start = text.length + before.length;
          text += before + old;
          return { start, end: start + old.length, text: replacement };
        });
        const expected = segments.map(([before, , replacement]) => before + replacement).join('') + rest;
        expect(splice(text + rest, patches)).toBe(expected);
      }),
    );
  });
});

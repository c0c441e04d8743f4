import fc from 'fast-check';
import { hashWord } from './letters.js';
import { Shape, Tokens } from './tokens.js';

const read = (text: string): Tokens => {
  const tokens = new Tokens();
  tokens.read(text, 0, text.length);
  return tokens;
};
const textsOf = (text: string): string[] => {
  const { count, starts, ends } = read(text);
  return Array.from({ length: count }, (_, i) => text.slice(starts[i], ends[i]));
};

describe('tokens', () => {
  it.each([
    ["Anna-Lena O'Brien's car", ['Anna-Lena', "O'Brien", "'", 's', 'car']],
    ['Apt. 12B, 80331 München', ['Apt', '.', '12B', ',', '80331', 'München']],
    ['a --- b\n\n c\td', ['a', '---', 'b', '\n\n ', 'c', '\t', 'd']],
    ['', []],
  ])('of %j', (text, expected) => expect(textsOf(text)).toEqual(expected));

  it('have the shape of what they are', () => {
    const { shapes, count } = read('Anna SMITH x I McDonald 1234 12B 山田');
    expect([...shapes.subarray(0, count)]).toEqual([
      ...[Shape.Capitalised, Shape.Capitals, Shape.LowerInitial, Shape.Initial, Shape.Camel],
      ...[Shape.Digits + 3, Shape.Mixed, Shape.Caseless],
    ]);
  });

  it('know words by the hash of their lower case', () => {
    const { words } = read('ÉCOLE école');
    expect(words[0]).toBe(words[1]);
    expect(words[0]).toBe(hashWord('école'));
  });

  it('stand in order, apart, and leave out white space alone', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[A-Za-z0-9 '\n.-]*$/)),
        (text) => {
          const { count, starts, ends } = read(text);
          let free = 0;
          for (let i = 0; i < count; i++) {
            const [start, end] = [starts[i] as number, ends[i] as number];
            expect(text.slice(free, start)).toMatch(/^[ \r\u00a0]*$/);
            expect(end).toBeGreaterThan(start);
            free = end;
          }
          expect(text.slice(free)).toMatch(/^[ \r\u00a0]*$/);
        },
      ),
    );
  });
});

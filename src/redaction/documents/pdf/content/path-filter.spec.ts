import { IDENTITY } from './matrix.js';
import { PathFilter } from './path-filter.js';

const REGION = { left: 100, bottom: 100, right: 200, top: 150 };

function kept(path: readonly [string, ...number[]][], matrix = IDENTITY): string {
  const filter = new PathFilter([REGION]);
  for (const [operator, ...numbers] of path) filter.add(operator, numbers);
  return filter.take(matrix);
}

describe('drawings in a region', () => {
  it('keeps what lies beside it', () => {
    expect(kept([['re', 300, 300, 10, 10]])).toBe('300 300 10 10 re');
  });

  it('leaves out what lies in it, and keeps the rest of the path', () => {
    const outline: [string, ...number[]][] = [
      ['m', 110, 110],
      ['c', 120, 120, 130, 120, 140, 110],
      ['h'],
      ['m', 300, 300],
      ['l', 310, 310],
    ];
    expect(kept(outline)).toBe('300 300 m\n310 310 l');
  });

  it('leaves out a letter on its border, but no rule that reaches far out of it', () => {
    expect(
      kept([
        ['m', 195, 120],
        ['c', 200, 130, 205, 130, 208, 120],
      ]),
    ).toBe('');
    expect(
      kept([
        ['m', 50, 120],
        ['l', 400, 120],
      ]),
    ).toBe('50 120 m\n400 120 l');
  });

  it('sees where the path ends up', () => {
    expect(kept([['re', 10, 10, 5, 5]], [1, 0, 0, 1, 110, 110])).toBe('');
    expect(kept([['re', 10, 10, 5, 5]])).toBe('10 10 5 5 re');
  });
});

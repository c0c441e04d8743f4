import fc from 'fast-check';
import { RE2JS } from 're2js';
import {
  CustomPatternError,
  compileCustomPattern,
  matchCustomPattern,
  PatternMatchesError,
} from './custom-pattern.js';
import { PatternMachine } from './pattern-machine.js';

function run(pattern: string, text: string): [number, number][] {
  const search = matchCustomPattern(compileCustomPattern('P', pattern), text, { left: 1e9, now: () => 0 });
  let step = search.next();
  while (step.done !== true) step = search.next();
  return step.value.map(({ start, end }) => [start, end]);
}

function reference(pattern: string, text: string): [number, number][] {
  const matcher = RE2JS.compile(pattern).matcher(text);
  const matches: [number, number][] = [];
  while (matcher.find()) matches.push([matcher.start(), matcher.end()]);
  return matches;
}

const atom = fc.constantFrom(
  'a',
  'b',
  '.',
  '\\d',
  '\\w',
  '[^a]',
  '[a-c1]',
  'é',
  '\\b',
  '\\B',
  '^',
  '$',
  '(?i:B)',
  '\\s',
  '(?m:^)',
  '(?m:$)',
  '(?s:.)',
  '\\x{1F600}',
  '\\pL',
); // prettier-ignore
const pattern = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'pattern' },
    atom,
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => left + right),
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => `(?:${left}|${right})`),
    fc
      .tuple(tie('node'), fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{1,3}?'))
      .map(([node, times]) => `(?:${node})${times}`),
  ),
})).node;
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', '1', ' ', '\n', 'é', 'B', '\u{1F600}', '\ud83d', '_'),
});

describe('matching', () => {
  it('gives the matches of re2js, leftmost-first, for any pattern and text', () => {
    let compared = 0;
    fc.assert(
      fc.property(pattern, text, (source, haystack) => {
        try {
          compileCustomPattern('P', source);
        } catch (error) {
          expect(error).toBeInstanceOf(CustomPatternError);
          return;
        }
        compared++;
        expect(run(source, haystack)).toEqual(reference(source, haystack));
      }),
      { numRuns: 3_000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('gives the same matches however small the slices are', () => {
    fc.assert(
      fc.property(pattern, text, fc.integer({ min: 1, max: 9 }), (source, haystack, effort) => {
        let compiled: ReturnType<typeof compileCustomPattern>;
        try {
          compiled = compileCustomPattern('P', source);
        } catch {
          return;
        }
        const machine = new PatternMachine(compiled.program);
        machine.begin(haystack);
        const matches: [number, number][] = [];
        for (let done = false; !done; ) {
          const slice = machine.advance(effort);
          matches.push(...slice.matches);
          done = slice.done;
        }
        expect(matches).toEqual(run(source, haystack));
      }),
      { numRuns: 500 },
    );
  });

  it('finds a match longer than many slices', () => {
    const long = `<${'x'.repeat(300_000)}>`;
    expect(run('<x+>', `--${long}--`)).toEqual([[2, long.length + 2]]);
  });

  it.each(['(a+)+$', '(a|aa)+$', '(?:a|a)*b', '([a-zA-Z]+)*x'])('stays linear on %s', (source) => {
    expect(run(source, `${'a'.repeat(50_000)}!`)).toEqual([]);
  });

  it('refuses to go on past the cap of matches', () => {
    expect(() => run('a', 'a '.repeat(100_001))).toThrow(PatternMatchesError);
  });
});

describe('compiling', () => {
  it.each([
    ['(', 'syntax'],
    ['[z-a]', 'syntax'],
    ['a(?=b)', 'not-linear'],
    ['(?<!a)b', 'not-linear'],
    ['(?<=a)b', 'not-linear'],
    ['(a)\\1', 'not-linear'],
    ['(?P<q>a)\\k<q>', 'not-linear'],
    ['a++', 'not-linear'],
    ['(?>a)', 'not-linear'],
    ['x'.repeat(1_001), 'too-long'],
    ['(?:a{1000}){1000}', 'too-long'],
    ['a*', 'matches-empty'],
    ['\\b', 'matches-empty'],
    ['^$', 'matches-empty'],
  ])('refuses %s as %s', (source, reason) => {
    const attempt = () => compileCustomPattern('MINE', source);
    expect(attempt).toThrow(CustomPatternError);
    expect(attempt).toThrow(expect.objectContaining({ reason }));
  });

  it.each(['a\\+\\+', '[(?=]x', '\\Q(?=\\Ex', '(?P<year>\\d{4})', '(?i)emp-\\d+', '[]+]+x'])(
    'takes %s',
    (source) => {
      expect(compileCustomPattern('MINE', source).name).toBe('MINE');
    },
  );

  it('says in the message what is allowed, and not what was sent', () => {
    expect(() => compileCustomPattern('MINE', 'secret(')).toThrow(/RE2 syntax/);
    expect(() => compileCustomPattern('MINE', 'secret(')).not.toThrow(/secret/);
  });
});

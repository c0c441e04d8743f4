import { analyze } from './analysis.js';
import { runToEnd } from './cooperation.js';
import { Detector, type DetectorOptions, findAll } from './detector.js';
import type { Matcher } from './matcher.js';
import { openDocument } from './structure/open-document.js';

/** Finds the words it is given, wherever they stand. */
function matcherOf(words: readonly string[], options: Partial<Matcher> = {}): Matcher {
  return {
    ...{ type: 'VAULT_SECRET', recognizer: 'vault', shortest: 3, always: false },
    *find(text) {
      yield;
      return words.flatMap((word) =>
        [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => ({
          ...{ start: index, end: index + word.length },
          reference: `the one of ${word.length}`,
        })),
      );
    },
    ...options,
  };
}

function found(text: string, options: Partial<DetectorOptions>): string[] {
  const detector = new Detector({ minScore: 0.4, ...options });
  return findAll(detector, { text, labels: [] }).map(
    ({ type, start, end }) => `${type} ${text.slice(start, end)}`,
  );
}

describe('what a matcher finds', () => {
  const matchers = [matcherOf(['qwe9rty'])];

  it('is found inside of words, with the matcher’s type, score and reference', () => {
    const detector = new Detector({ minScore: 1, matchers });
    expect(findAll(detector, { text: 'xqwe9rtyx', labels: [] })).toEqual([
      {
        ...{ type: 'VAULT_SECRET', start: 1, end: 8, score: 1 },
        explanation: { recognizer: 'vault', rule: 'match', baseScore: 1, reference: 'the one of 7' },
      },
    ]);
  });

  it('wins over what recognizers find, which keep the rest', () => {
    expect(found('mail ann@qwe9rty.com now', { matchers })).toEqual([
      'EMAIL_ADDRESS ann',
      'VAULT_SECRET qwe9rty',
      'EMAIL_ADDRESS com',
    ]);
    expect(found('078-05-1120', { matchers: [matcherOf(['05-11'])] })).toContain('VAULT_SECRET 05-11');
  });

  it('is all that overlapping texts cover', () => {
    expect(found('-abcdef-', { matchers: [matcherOf(['abcd', 'cdef'])] })).toEqual([
      'VAULT_SECRET abcd',
      'VAULT_SECRET ef',
    ]);
    expect(found('-abcdef-', { matchers: [matcherOf(['bcd', 'abcdef'])] })).toEqual(['VAULT_SECRET abcdef']);
  });

  it('is not taken back by allow lists, scores or confidences', () => {
    const options = { matchers, allowList: ['qwe9rty'], minScores: new Map([['VAULT_SECRET', 1]]) };
    expect(found('qwe9rty', options)).toEqual(['VAULT_SECRET qwe9rty']);
    const detector = new Detector({ minScore: 1, matchers });
    const { entities } = runToEnd(analyze(openDocument('qwe9rty'), detector, { minConfidence: 1 }));
    expect(entities).toMatchObject([{ type: 'VAULT_SECRET', confidence: 1 }]);
  });

  it('is left out where other types are asked for, unless the matcher is always asked', () => {
    const always = [matcherOf(['qwe9rty'], { always: true })];
    const types = new Set(['US_SSN']);
    expect(found('qwe9rty', { matchers, types })).toEqual([]);
    expect(found('qwe9rty', { matchers, types: new Set(['VAULT_SECRET']) })).toHaveLength(1);
    expect(found('qwe9rty', { matchers: always, types })).toEqual(['VAULT_SECRET qwe9rty']);
  });

  it('is not asked for in texts that are too short', () => {
    const never = matcherOf([], {
      shortest: 8,
      find: () => {
        throw new Error('asked');
      },
    });
    expect(found('qwe9rty', { matchers: [never] })).toEqual([]);
    expect(() => found('qwe9rtyu', { matchers: [never] })).toThrow('asked');
  });

  it('is found in the values of JSON and the cells of CSV as they read, not as they are spelled', () => {
    const of = (text: string, format: 'json' | 'csv') =>
      runToEnd(analyze(openDocument(text, format), new Detector({ minScore: 0.4, matchers }))).entities;
    expect(of('{"a":["x","qwe\\u0039rty"]}', 'json')).toMatchObject([{ path: '/a/1', text: 'qwe9rty' }]);
    expect(of('a,b\n1,"an ""qwe9rty"""\n', 'csv')).toMatchObject([{ path: '/0/b', text: 'qwe9rty' }]);
  });
});

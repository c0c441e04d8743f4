import fc from 'fast-check';
import { runToEnd } from '../engine/cooperation.js';
import { SearchTerms } from './search-terms.js';

const found = (text: string, ...terms: string[]): string[] =>
  runToEnd(new SearchTerms(terms).find(text)).map(({ start, end }) => text.slice(start, end));

describe('search terms', () => {
  it.each([
    ['ZEBULON quackenbush', 'Zebulon Quackenbush', ['ZEBULON quackenbush']],
    ['a Zebulon\u00a0 \r\n\tQuackenbush b', 'Zebulon Quackenbush', ['Zebulon\u00a0 \r\n\tQuackenbush']],
    [
      'Zebu\u00adlon\u200b Quacken\u00adbush',
      'zebulon quackenbush',
      ['Zebu\u00adlon\u200b Quacken\u00adbush'],
    ],
    ['Rene\u0301 and Ren\u00e9', 'REN\u00c9', ['Rene\u0301', 'Ren\u00e9']],
    ['STRASSE Straße', 'straße', ['STRASSE', 'Straße']],
    ['ΟΔΥΣΣΕΥΣ Οδυσσευς', 'οδυσσευς', ['ΟΔΥΣΣΕΥΣ', 'Οδυσσευς']],
    ['ﬁle oﬃce of', 'fi', ['ﬁ', 'ﬃ']],
    ['078‑05–1120', '078-05-1120', ['078‑05–1120']],
    ['O’Neill', "o'neill", ['O’Neill']],
    ['xxbarxx', 'bar', ['bar']],
    ['😀zeb😀', '😀ZEB', ['😀zeb']],
    ['abcd', 'ab', ['ab']],
    ['a b', '  ', []],
    ['', 'a', []],
  ])('in %j: %j', (text, term, expected) => expect(found(text, term)).toEqual(expected));

  it('overlap and contain one another', () => {
    expect(found('abcdefg', 'bcd', 'cde', 'abcdef')).toEqual(['abcdef']);
    expect(found('abcdefg', 'abc', 'cde', 'd')).toEqual(['abcde']);
    expect(found('xhershey', 'he', 'her', 'hers')).toEqual(['hers', 'he']);
    expect(found('aaaa', 'aa')).toEqual(['aaaa']);
  });

  it('find whatever a plain search finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '\n', 'é', 'e\u0301', '😀', '\u00ad') });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 4 }), text, (before, terms, after) => {
        for (const term of terms) {
          const within = before + term + after;
          const hits = runToEnd(new SearchTerms(terms).find(within));
          const visible = term.replaceAll('\u00ad', '').trim();
          if (visible === '' || visible.startsWith('\u0301')) continue;
          const [start, end] = [before.length, before.length + term.length];
          const covered = [...term].every((character, index) => {
            const at = start + [...term].slice(0, index).join('').length;
            const isKept = /[\s\u00ad]/u.test(character);
            return isKept || hits.some((hit) => hit.start <= at && at < hit.end);
          });
          expect([within, term, end, covered]).toEqual([within, term, end, true]);
        }
      }),
    );
  });
});

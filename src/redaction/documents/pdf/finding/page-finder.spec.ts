import { Detector } from '../../../engine/detector.js';
import { findAgain, findOnPage, merged, type PageFinding } from './page-finder.js';
import { inkOf, joinedView, lineView } from './page-view.js';
import { ValueIndex } from './value-index.js';

const codes = (text: string): Uint32Array =>
  Uint32Array.from(text, (character) => character.codePointAt(0) ?? 0);
const HYPHEN = '\u0002';
const detector = new Detector({ minScore: 0.4, types: new Set(['EMAIL_ADDRESS']), denyList: ['Anna Berg'] });

describe('a page’s text as it is searched', () => {
  it('has a character for each unit, beyond the first plane too', () => {
    const { text, characters } = lineView(codes('a😀b'));
    expect([text, [...characters]]).toEqual(['a😀b', [0, 1, 1, 2]]);
  });

  it('joins words that a line end divides', () => {
    expect(joinedView(codes(`Quacken${HYPHEN}bush and\r\nmore`)).text).toBe('Quackenbush and more');
    expect(lineView(codes(`Quacken${HYPHEN}bush`)).text).toBe('Quacken-bush');
  });

  it('counts hyphens of all kinds as one, and white space as nothing', () => {
    expect([...'-\u00ad\u0002'].map((character) => inkOf(character.charCodeAt(0)))).toEqual([
      0x2d, 0x2d, 0x2d,
    ]);
    expect([...' \r\n\u00a0\u2009'].map((character) => inkOf(character.charCodeAt(0)))).toEqual(
      Array(5).fill(undefined),
    );
  });
});

describe('finding on a page', () => {
  const places = (text: string) =>
    findOnPage(codes(text), detector).map(({ type, first, last }) => [
      type,
      [...text].slice(first, last + 1).join(''),
    ]);

  it('names the characters of what it finds', () => {
    expect(places('😀 Mail a@example.org now')).toEqual([['EMAIL_ADDRESS', 'a@example.org']]);
  });

  it('finds over the end of a full line, and not of one that ended on purpose', () => {
    expect(places('They had all of this sent to Anna\r\nBerg in the end.')).toEqual([
      ['DENY_LIST', 'Anna\r\nBerg'],
    ]);
    expect(places('Anna\r\nBerg is the name of the mountain that they climbed.')).toEqual([]);
  });

  it('finds a word that a hyphen divides', () => {
    expect(places(`the Anna Be${HYPHEN}rg`)).toEqual([['DENY_LIST', `Anna Be${HYPHEN}rg`]]);
  });

  it('finds known values where nothing says what they are', () => {
    const values = new ValueIndex();
    values.add('Anna Berg', 'PERSON');
    expect(findAgain(codes('x anna\r\nberg y'), values)).toMatchObject([
      { type: 'PERSON', first: 2, last: 11 },
    ]);
  });

  it('makes one of findings that overlap, of the type of the longest', () => {
    const finding = (type: string, first: number, last: number): PageFinding => ({
      ...{ type, first, last, confidence: 1, text: '' },
    });
    expect(merged([finding('B', 4, 9), finding('A', 0, 4), finding('C', 12, 13)])).toEqual([
      finding('B', 0, 9),
      finding('C', 12, 13),
    ]);
  });
});

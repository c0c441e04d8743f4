import type { Glyph, PlacedFinding } from '../finding/document-finder.js';
import { closeBoxes, wideBoxes } from './boxes.js';
import { CharacterCounts } from './character-counts.js';
import { linesOf, rectanglesOf } from './rectangles.js';

const glyph = (left: number, bottom: number, width = 5, height = 8): Glyph => ({
  index: 0,
  box: { left, bottom, right: left + width, top: bottom + height },
});
const word = (left: number, bottom: number, letters: number): Glyph[] =>
  Array.from({ length: letters }, (_, at) => glyph(left + at * 6, bottom));
const finding = (glyphs: Glyph[]): PlacedFinding => ({
  ...{ type: 'PERSON', confidence: 1, text: '', first: 0, last: 0, glyphs },
});
const nothing = () => undefined;

describe('what is handed over for removal', () => {
  it('is the middle of each glyph, so that neighbours stay', () => {
    expect(rectanglesOf([finding([glyph(100, 200, 8, 12)])], [])).toEqual([
      { left: 102, right: 106, bottom: 203, top: 209 },
    ]);
  });

  it('is one strip for glyphs of a run, which touches the middle of each', () => {
    const [strip, ...more] = rectanglesOf(
      [finding([glyph(100, 200), glyph(106, 202, 5, 4), glyph(112, 200)])],
      [],
    );
    expect(more).toEqual([]);
    expect(strip).toEqual({ left: 101.25, right: 115.75, bottom: 203, top: 205 });
    expect(rectanglesOf([finding([glyph(100, 200), glyph(106, 212)])], [])).toHaveLength(2);
  });

  it('is something even of a glyph without extent', () => {
    const [rectangle] = rectanglesOf([finding([glyph(100, 200, 0, 0)])], []);
    expect((rectangle?.right ?? 0) - (rectangle?.left ?? 0)).toBeGreaterThan(0);
  });

  it('is the whole line besides where it lies on an image', () => {
    const image = { left: 0, bottom: 0, right: 300, top: 300 };
    expect(rectanglesOf([finding(word(100, 200, 3))], [image])).toHaveLength(2);
    expect(rectanglesOf([finding(word(400, 200, 3))], [image])).toHaveLength(1);
  });
});

describe('lines of a finding', () => {
  it('are told apart, upright, broken over two lines, and turned', () => {
    expect(linesOf(word(100, 200, 4))).toEqual([{ left: 100, right: 123, bottom: 200, top: 208 }]);
    expect(linesOf([...word(300, 200, 3), ...word(50, 188, 2)])).toHaveLength(2);
    const turned = Array.from({ length: 4 }, (_, at) => glyph(100, 200 + at * 6, 8, 5));
    expect(linesOf(turned)).toEqual([{ left: 100, right: 108, bottom: 200, top: 223 }]);
  });
});

describe('boxes', () => {
  it('stay within the text where text stays text, in steps', () => {
    const [box] = closeBoxes([finding(word(100, 200, 4))], [], nothing);
    expect(box?.rectangle).toEqual({ left: 100, right: 120, bottom: 200, top: 208 });
  });

  it('are as wide for a short name as for a longer one where pages become pictures', () => {
    const widths = [3, 4, 5].map((letters) => {
      const [box] = wideBoxes([finding(word(100, 200, letters))], [], nothing);
      return (box?.rectangle.right ?? 0) - (box?.rectangle.left ?? 0);
    });
    expect(new Set(widths)).toEqual(new Set([36]));
  });
});

describe('characters that should be left', () => {
  const codes = (text: string) => Array.from(text, (character) => character.charCodeAt(0));

  it('are compared whatever their order and the space between', () => {
    const counts = new CharacterCounts(codes('Call Anna now'));
    for (const code of codes('Anna')) counts.take(code);
    expect(counts.comparedWith(codes('now\r\nCall'))).toEqual({ left: 0, lost: 0 });
    expect(counts.comparedWith(codes('Call nn now'))).toEqual({ left: 2, lost: 0 });
    expect(counts.comparedWith(codes('Call no'))).toEqual({ left: 0, lost: 1 });
  });
});

import type { FindsIn } from '../engine/analysis.js';
import { runToEnd } from '../engine/cooperation.js';
import { joinOverlaps } from '../engine/occurrences/stretch.js';
import { DocumentDetector, SEARCH_TERM, shownConfidence } from './document-detector.js';

const explanation = { recognizer: 'test', rule: 'digits', baseScore: 0.5 };
const digits: FindsIn = {
  *find({ text }) {
    return [...text.matchAll(/\d+/g)].map(({ index, 0: run }) => ({
      type: 'US_SSN',
      start: index,
      end: index + run.length,
      score: 0.5,
      explanation,
    }));
  },
};

const found = (text: string, terms: string[]) =>
  runToEnd(new DocumentDetector(digits, terms).find({ text, labels: [] })).map((finding) => [
    finding.type,
    text.slice(finding.start, finding.end),
    shownConfidence(finding),
  ]);

describe('the detector of documents', () => {
  it('finds search terms beside personal data, with certainty', () => {
    expect(found('Acme 123', ['acme'])).toEqual([
      [SEARCH_TERM, 'Acme', 1],
      ['US_SSN', '123', 0.87],
    ]);
  });

  it('joins what overlaps under the name of what covers more', () => {
    expect(found('12345 x', ['5 x'])).toEqual([['US_SSN', '12345 x', 0.87]]);
    expect(found('a 12 b', ['a 12 b'])).toEqual([[SEARCH_TERM, 'a 12 b', 1]]);
    expect(
      joinOverlaps([
        { start: 2, end: 4 },
        { start: 0, end: 2 },
      ]),
    ).toEqual([
      { start: 0, end: 2 },
      { start: 2, end: 4 },
    ]);
  });

  it('changes nothing without terms', () => {
    expect(found('1 2', [' '])).toEqual([
      ['US_SSN', '1', 0.87],
      ['US_SSN', '2', 0.87],
    ]);
  });
});

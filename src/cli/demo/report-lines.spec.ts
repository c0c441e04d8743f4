import type { ReportAnswer } from './documents-client.js';
import { paletteOf } from './palette.js';
import { besideLabel, reportLines } from './report-lines.js';

const plain = paletteOf(false);

const REPORT: ReportAnswer = {
  pages: 2,
  redactions: 4,
  entities: [
    { type: 'PERSON_NAME', count: 3, pages: [{ page: 1, count: 3 }] },
    { type: 'SSN', count: 1, pages: [{ page: 2, count: 1 }] },
  ],
  removed: [
    { kind: 'metadata', count: 2 },
    { kind: 'earlier_revisions', count: 1 },
  ],
  characters_lost: 0,
  verification: { passed: true, checks: [{ name: 'second_engine', passed: true }] },
  residual_risks: [
    { code: 'WIDTH_OF_GAPS', message: 'The width of a gap tells about how long the text was.' },
  ],
};

describe('the report of the demo', () => {
  it('says what went from which page, what went beside, how it was checked, and what can remain', () => {
    expect(reportLines(REPORT, plain)).toEqual([
      'Removed          page 1  page 2',
      'PERSON_NAME           3       –',
      'SSN                   –       1',
      '',
      'Removed too    metadata (2), earlier revisions (1)',
      'Looked again   second engine',
      'Verification   passed',
      'Can remain     The width of a gap tells about how long the text was.',
    ]);
  });

  it('says so where nothing went beside, and nothing is known to remain', () => {
    const lines = reportLines({ ...REPORT, removed: [], residual_risks: [] }, plain);
    expect(lines).toContain('Removed too    nothing');
    expect(lines).toContain('Can remain     nothing known');
  });

  it('keeps words whole, and every line within 78 columns', () => {
    const words = Array.from({ length: 40 }, (_, index) => 'x'.repeat(1 + (index % 12)));
    const lines = besideLabel('Label', words.join(' '), plain);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.every((line) => line.length <= 78)).toBe(true);
    expect(lines.map((line) => line.slice(15)).join(' ')).toBe(words.join(' '));
  });
});

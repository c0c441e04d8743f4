import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { auditLines } from './audit-glance.js';
import type { ProcessAnswer, ProcessedEntity } from './demo-client.js';
import { bar, findingsTable, toWidth } from './findings-table.js';
import { paletteOf } from './palette.js';
import { COLUMNS, samplePage } from './sample-page.js';
import { SAMPLES } from './samples.js';

const plain = paletteOf(false);
const ESCAPE = '\u001b';

const found = (text: string, replacement = '[EMAIL]'): ProcessedEntity => ({
  text,
  type: 'EMAIL',
  start: 0,
  end: [...text].length,
  confidence: 0.99,
  replacement,
});

const answerTo = (processed: unknown, entities: readonly ProcessedEntity[]): ProcessAnswer => ({
  request_id: 'req_1',
  processed_data: processed,
  entities_detected: entities,
  method_used: 'redaction',
  processing_time_ms: 12.34,
  risk_score: 0.42,
  compliance: { gdpr: true, ccpa: true, hipaa: false, pci_dss: true },
});

const widthOf = (line: string): number => [...stripVTControlCharacters(line)].length;

describe('bar', () => {
  it('is as wide as asked, and never shorter for a greater share', () => {
    const halves = (share: number): number => bar(share, 8).replaceAll('━', '╸╸').trimEnd().length;
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b) => {
          expect([...bar(a, 8)]).toHaveLength(8);
          expect(halves(Math.max(a, b))).toBeGreaterThanOrEqual(halves(Math.min(a, b)));
        },
      ),
    );
    expect([bar(0, 4), bar(1, 4), bar(0.5, 4), bar(0.9, 4)]).toEqual(['    ', '━━━━', '━━  ', '━━━╸']);
  });
});

describe('toWidth', () => {
  it('gives exactly the width asked for, and says when it cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        const cell = toWidth(text, width);
        expect([...cell]).toHaveLength(width);
        expect([...text].length > width ? cell.endsWith('…') : cell.startsWith(text)).toBe(true);
      }),
    );
  });
});

describe('findingsTable', () => {
  it('counts what was found and replaced alike, and keeps apart what was not', () => {
    const rows = findingsTable([found('a@b.c'), found('a@b.c'), found('a@b.c', '[EMAIL_2]')], plain).slice(1);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^a@b\.c ×2 +EMAIL .* 99% +\[EMAIL\]$/);
    expect(rows[1]).toMatch(/^a@b\.c +EMAIL .* 99% +\[EMAIL_2\]$/);
  });

  it('stays within the columns however long values are', () => {
    const long = found('x'.repeat(500), `[${'Y'.repeat(100)}]`);
    for (const line of findingsTable([long, long], plain)) expect(widthOf(line)).toBeLessThanOrEqual(78);
  });
});

describe('samplePage', () => {
  const sample = {
    title: 'Title',
    intro: ['Intro.'],
    layout: 'text' as const,
    request: { data: 'ann@example.com wrote' },
  };
  const timed = { answer: answerTo('[EMAIL] wrote', [found('ann@example.com')]), elapsedMs: 20.06 };

  it('shows what was sent, what came back, the figures of the answer, and what is left', () => {
    const page = samplePage(sample, timed, plain).join('\n');
    expect(page).toContain('  Before\n  ann@example.com wrote\n\n  After\n  [EMAIL] wrote\n');
    expect(page).toContain('1 found in 12.3 ms, 20.1 ms as an HTTP call. Risk score: 0.42');
    expect(page).toContain('Left over, by list: GDPR none, CCPA none, HIPAA some, PCI DSS none');
  });

  it('differs by colours alone', () => {
    const coloured = samplePage(sample, timed, paletteOf(true));
    expect(coloured.map(stripVTControlCharacters)).toEqual(samplePage(sample, timed, plain));
    expect(coloured.join('\n')).toContain(ESCAPE);
    expect(samplePage(sample, timed, plain).join('\n')).not.toContain(ESCAPE);
  });

  it.each(SAMPLES)('fits 80 columns: $title', (shown) => {
    const unchanged = { answer: answerTo(shown.request.data, []), elapsedMs: 1234.56 };
    const lines = samplePage(shown, unchanged, plain);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(COLUMNS);
  });
});

describe('auditLines', () => {
  const entry = (number: number, counts: Record<string, number>) => ({
    number,
    action: 'text.processed',
    method_used: 'redaction',
    request_id: `req_${'0'.repeat(26)}`,
    counts,
    created_at: '2026-03-15T10:30:00.123Z',
  });

  it('lists entries oldest first with their counts, most frequent type first', () => {
    const lines = auditLines([entry(8, { entities: 0 }), entry(7, { entities: 3, SSN: 1, EMAIL: 2 })], plain);
    expect(lines.slice(1)).toEqual([
      `  7  10:30:00.123  text.processed  redaction  req_${'0'.repeat(26)}`,
      '     3 found: EMAIL 2, SSN 1',
      `  8  10:30:00.123  text.processed  redaction  req_${'0'.repeat(26)}`,
      '     0 found',
    ]);
  });

  it('stays within the columns with many types', () => {
    const counts = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`SOME_LONG_TYPE_${n}`, n]));
    for (const line of auditLines([entry(1, counts)], plain)) expect(widthOf(line)).toBeLessThanOrEqual(78);
  });
});

import fc from 'fast-check';
import { Conflicts } from './conflicts.js';
import type { Finding } from './finding.js';
import { Rank } from './rule.js';
import type { Candidate } from './scan.js';

const TEXT = 'abcdefghij'.repeat(10);

function candidate(type: string, start: number, end: number, rank: Rank, score = 0.5): Candidate {
  return {
    type,
    start,
    end,
    score,
    rank,
    explanation: { recognizer: 'test', rule: 'test', baseScore: score },
  };
}

function settle(text: string, candidates: readonly Candidate[]): Finding[] {
  const conflicts = new Conflicts(text);
  conflicts.add(candidates);
  conflicts.settle(Number.POSITIVE_INFINITY);
  return conflicts.findings();
}

const candidates = fc.array(
  fc
    .record({
      type: fc.constantFrom('URL', 'PERSON', 'PHONE_NUMBER', 'US_SSN', 'CUSTOM'),
      start: fc.integer({ min: 0, max: 95 }),
      length: fc.integer({ min: 1, max: 30 }),
      rank: fc.constantFrom(Rank.Name, Rank.Pattern, Rank.Checksum, Rank.Asked),
      score: fc.constantFrom(0.4, 0.6, 1),
    })
    .map(({ type, start, length, rank, score }) =>
      candidate(type, start, Math.min(100, start + length), rank, score),
    ),
  { maxLength: 25 },
);

describe('conflicts', () => {
  it('leave sorted, disjoint findings, and cover all that the caller asked for', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const findings = settle(TEXT, all);
        findings.forEach(({ start, end }, index) => {
          expect(start).toBeGreaterThanOrEqual(findings[index - 1]?.end ?? 0);
          expect(end).toBeGreaterThan(start);
        });
        const covered = (at: number) => findings.some(({ start, end }) => start <= at && at < end);
        for (const { rank, start, end } of all) {
          if (rank === Rank.Asked) for (let at = start; at < end; at++) expect(covered(at)).toBe(true);
        }
      }),
    );
  });

  it('come out alike whether settled at once or bit by bit', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const sorted = [...all].sort((a, b) => a.start - b.start);
        const conflicts = new Conflicts(TEXT);
        for (const one of sorted) {
          conflicts.settle(one.start);
          conflicts.add([one]);
        }
        conflicts.settle(Number.POSITIVE_INFINITY);
        expect(conflicts.findings()).toEqual(settle(TEXT, sorted));
      }),
    );
  });

  it('prefer checksums to patterns to names, and length within a rank', () => {
    const types = (...all: Candidate[]) => settle(TEXT, all).map(({ type }) => type);
    expect(
      types(candidate('DATE_TIME', 0, 30, Rank.Pattern), candidate('IBAN_CODE', 5, 15, Rank.Checksum)),
    ).toEqual(['IBAN_CODE']);
    expect(
      types(candidate('US_SSN', 0, 9, Rank.Pattern), candidate('PHONE_NUMBER', 0, 12, Rank.Pattern)),
    ).toEqual(['PHONE_NUMBER']);
  });

  it('keep the rest of a divisible finding that a stronger one cuts', () => {
    const findings = settle(TEXT, [
      candidate('URL', 0, 40, Rank.Pattern),
      candidate('JWT', 10, 20, Rank.Checksum),
    ]);
    expect(findings.map(({ type, start, end }) => [type, start, end])).toEqual([
      ['URL', 0, 10],
      ['JWT', 10, 20],
      ['URL', 20, 40],
    ]);
  });

  it('join names one space apart', () => {
    const text = 'Anna Maria';
    const parts = [candidate('PERSON', 0, 4, Rank.Name, 0.5), candidate('PERSON', 5, 10, Rank.Name, 0.7)];
    expect(settle(text, parts)).toMatchObject([{ type: 'PERSON', start: 0, end: 10, score: 0.7 }]);
  });
});

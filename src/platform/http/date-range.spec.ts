import { parseDateRange, parseInstant } from './date-range.js';

const range = (from?: string, to?: string) => {
  const { from: start, to: end } = parseDateRange(['start_date', from], ['end_date', to]);
  return [start?.toISOString(), end?.toISOString()];
};

describe('parseDateRange', () => {
  it.each([
    [undefined, undefined, undefined, undefined],
    ['2026-03-01', '2026-03-01', '2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
    ['2026-03-01T10:00:00Z', '2026-03-01T11:00:00Z', '2026-03-01T10:00:00.000Z', '2026-03-01T11:00:00.000Z'],
    ['2026-03-01T10:00:00+02:00', undefined, '2026-03-01T08:00:00.000Z', undefined],
    ['2026-03-01T10:00:00 02:00', undefined, '2026-03-01T08:00:00.000Z', undefined],
    ['2026-03-01T10:00', undefined, '2026-03-01T10:00:00.000Z', undefined],
    ['2024-02-29', '2024-12-31', '2024-02-29T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
  ])('reads %s to %s', (from, to, start, end) => {
    expect(range(from, to)).toEqual([start, end]);
  });

  it.each([
    'yesterday',
    '2026-13-01',
    '2026-02-30',
    '2026-3-1',
    '',
    '1',
    '2026-03-01T25:00:00Z',
    "2026-03-01'--",
  ])('refuses %p and names the parameter', (text) => {
    expect(() => range(undefined, text)).toThrow(/'end_date' must be ISO 8601/);
  });

  it('refuses an end before its start', () => {
    expect(() => range('2026-03-02', '2026-03-01')).not.toThrow();
    expect(() => range('2026-03-03', '2026-03-01')).toThrow(/'end_date' lies before 'start_date'/);
  });
});

describe('parseInstant', () => {
  it('refuses days that do not exist instead of rolling over', () => {
    expect(() => parseInstant('expires_at', '2026-02-30T00:00:00Z')).toThrow(/ISO 8601/);
    expect(parseInstant('expires_at', '2026-02-28T24:00:00Z').toISOString()).toBe('2026-03-01T00:00:00.000Z');
  });
});

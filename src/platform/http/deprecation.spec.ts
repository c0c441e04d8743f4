import { checkedDeprecation, deprecationHeaders } from './deprecation.js';

const check = (since: string, sunset: string) => () => checkedDeprecation('files.old', { since, sunset });

describe('a deprecation', () => {
  it.each([
    ['2026-06-01', '2026-12-01'],
    ['2026-08-31', '2027-02-28'],
    ['2027-08-31', '2028-02-29'],
    ['2026-01-01', '2030-01-01'],
  ])('from %s may end on %s', (since, sunset) => expect(check(since, sunset)).not.toThrow());

  it.each([
    ['2026-06-01', '2026-11-30'],
    ['2026-08-31', '2027-02-27'],
    ['2026-06-01', '2026-06-01'],
    ['2026-06-01', '2025-12-01'],
  ])('from %s may not end on %s', (since, sunset) =>
    expect(check(since, sunset)).toThrow('files.old must stay for 6 months'),
  );

  it.each(['2026-02-30', 'soon', '2026-6-1', '2026-06-01T00:00:00Z', ''])('knows no day %j', (day) =>
    expect(check(day, '2030-01-01')).toThrow('no day'),
  );
});

describe('deprecationHeaders', () => {
  // RFC 9745 writes the second before that day began as @1688169599.
  it('writes a structured date, an HTTP date and links', () => {
    const written = deprecationHeaders(
      { since: '2023-07-01', sunset: '2024-01-01', successor: '/api/v2/files' },
      'https://redoubt.example.org',
    );
    expect(written).toEqual({
      deprecation: '@1688169600',
      sunset: 'Mon, 01 Jan 2024 00:00:00 GMT',
      link: '<https://redoubt.example.org/docs>; rel="deprecation"; type="text/html", <https://redoubt.example.org/api/v2/files>; rel="successor-version"',
    });
  });

  it('names no successor where there is none', () => {
    const { link } = deprecationHeaders({ since: '2023-07-01', sunset: '2024-01-01' }, '');
    expect(link).toBe('</docs>; rel="deprecation"; type="text/html"');
  });
});

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { runToEnd } from '../cooperation.js';
import type { JsonValue } from '../structure/json-event.js';
import type { DataFormat } from '../structure/open-document.js';
import { MICROS } from './noise/epsilon.js';
import type { RandomBytes } from './noise/exact-bernoulli.js';
import { SUMMARY_COLUMNS, type SummaryRow, sharesOf, summarize } from './private-summary.js';
import { type Domains, planRelease } from './release-plan.js';
import { digestOfTable } from './table-digest.js';
import { findInTable } from './table-findings.js';
import { detector, SeededBytes, tableOf } from './testing/tables.js';

const seed = Number(process.env.NOISE_SEED ?? randomBytes(4).readUInt32LE());

function planOf(data: JsonValue, domains: Partial<Domains> = {}, format?: DataFormat) {
  const table = tableOf(data, format);
  const findings = runToEnd(findInTable(table, detector, { minConfidence: 0.85 }));
  return { table, plan: runToEnd(planRelease(table, findings, { bounds: {}, categories: {}, ...domains })) };
}

function summaryOf(
  data: JsonValue,
  domains: Partial<Domains>,
  epsilon: number,
  random: RandomBytes,
): SummaryRow[] {
  const { table, plan } = planOf(data, domains);
  return runToEnd(summarize(table, plan, epsilon * MICROS, random));
}

const toldOf = (
  rows: readonly SummaryRow[],
  column: string | null,
  statistic: string,
  category: string | null = null,
) => rows.find((row) => row[0] === column && row[1] === statistic && row[2] === category)?.[3];

describe(`a private summary, seed ${seed}`, () => {
  it('comes near the truth when epsilon is large, and clamps to the bounds', () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => ({
      age: index % 100,
      sex: index % 4 === 0 ? 'F' : 'M',
      note: 'x',
    }));
    const data = [
      ...rows,
      { age: 1e9, sex: 'X', note: '' },
      { age: '', sex: '', note: '' },
      { age: 'n/a', sex: 'F', note: '' },
    ];
    const summary = summaryOf(
      data,
      { bounds: { age: [0, 100] }, categories: { sex: ['F', 'M'] } },
      100,
      new SeededBytes(seed),
    );
    const near = (value: number | null | undefined, truth: number, by: number) =>
      expect(Math.abs((value ?? Number.NaN) - truth)).toBeLessThanOrEqual(by);
    near(toldOf(summary, null, 'count'), 1_003, 2);
    near(toldOf(summary, 'age', 'count'), 1_001, 2);
    near(toldOf(summary, 'age', 'sum'), 49_600, 150);
    near(toldOf(summary, 'age', 'mean'), 49_600 / 1_001, 0.2);
    near(toldOf(summary, 'sex', 'count', 'F'), 251, 2);
    near(toldOf(summary, 'sex', 'count', 'M'), 750, 2);
    expect(summary.map(([column, statistic, category]) => [column, statistic, category])).toEqual([
      [null, 'count', null],
      ['age', 'count', null],
      ['age', 'sum', null],
      ['age', 'mean', null],
      ['sex', 'count', 'F'],
      ['sex', 'count', 'M'],
    ]);
  });

  /** Neighbours differ by one row; each outcome of one may be at most e^epsilon times as likely with the other. */
  it('tells neighbouring tables apart by no more than epsilon', () => {
    const epsilon = 1;
    const base = [
      { age: 0, sex: 'M' },
      { age: 10, sex: 'F' },
    ];
    const neighbour = [...base, { age: 10, sex: 'F' }];
    const domains: Partial<Domains> = { bounds: { age: [0, 10] }, categories: { sex: ['F', 'M'] } };
    const runs = 6_000;
    const prepared = [base, neighbour].map((data) => planOf(data, domains));
    const random = new SeededBytes(seed);
    const outcomes = prepared.map(({ table, plan }) => {
      const counts = new Map<string, number>();
      for (let run = 0; run < runs; run++) {
        const rows = runToEnd(summarize(table, plan, epsilon * MICROS, random));
        // Events on the joint answer: signs of what the added row pushes up everywhere.
        const event = [
          [null, 'count', null],
          ['age', 'sum', null],
          ['sex', 'count', 'F'],
        ] as const;
        const key = event
          .map(([column, statistic, category], at) =>
            Number((toldOf(rows, column, statistic, category) ?? 0) > ([2, 15, 1][at] ?? 0)),
          )
          .join('');
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return counts;
    });
    const [one = new Map<string, number>(), other = new Map<string, number>()] = outcomes;
    for (const key of new Set([...one.keys(), ...other.keys()])) {
      const [a, b] = [(one.get(key) ?? 0) / runs, (other.get(key) ?? 0) / runs];
      const slack = 5 * Math.sqrt(Math.max(a, b) / runs) * (1 + Math.exp(epsilon));
      expect(a).toBeLessThanOrEqual(Math.exp(epsilon) * b + slack);
      expect(b).toBeLessThanOrEqual(Math.exp(epsilon) * a + slack);
    }
    expect(one.get('111') ?? 0).not.toBe(other.get('111') ?? 0);
  });

  it('shares epsilon among all queries, so that together they spend it once', () => {
    const { plan } = planOf([{ a: 1, b: 2, c: 'x' }], {
      bounds: { a: [0, 1], b: [0, 1] },
      categories: { c: ['x'] },
    });
    expect(sharesOf(plan)).toBe(1 + 2 + 2 + 1);
  });

  it('releases what the caller gives a domain, and nothing else', () => {
    const { plan } = planOf([{ a: 1, b: 2, c: 'x' }], { bounds: { a: [0, 1] } });
    expect(plan.queries.map(({ name, inferred }) => [name, inferred])).toEqual([['a', false]]);
    expect(plan.omitted).toEqual(['b', 'c']);
  });

  it('infers domains around the data, leaves identifiers out, and hides categories of few', () => {
    const rows = Array.from({ length: 400 }, (_, index) => ({
      full_name: `Maria Garcia`,
      income: 100 + index,
      city: index === 0 ? 'Atlantis' : 'Boston',
      contact: `maria${index}@example.com`,
      seen: `${2020 + (index % 2)}-01-01`,
    }));
    const { plan, table } = planOf(rows);
    expect(plan.omitted).toEqual(['full_name', 'contact']);
    expect(plan.queries.map(({ name, inferred }) => [name, inferred])).toEqual([
      ['income', true],
      ['city', true],
      ['seen', true],
    ]);
    expect(plan.queries[0]).toMatchObject({ low: 0, high: 500 });
    const summary = runToEnd(summarize(table, plan, MICROS, new SeededBytes(seed)));
    expect(JSON.stringify(summary)).not.toMatch(/Maria|example|Atlantis/);
    expect(toldOf(summary, 'city', 'count', 'Boston')).toBeGreaterThan(300);
    expect(toldOf(summary, 'seen', 'count', '2021')).toBeGreaterThan(100);
  });

  it('gives numbers, and numbers within the bounds as means, for whatever a table holds', () => {
    const cell = fc.oneof(
      fc.constantFrom('', '1e999', '-1e999', '1e308', '0', '007', 'x', '-3.5'),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ a: cell, b: cell }), { maxLength: 20 }),
        fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.double({ min: 0.001, max: 1e6, noNaN: true })),
        (rows, [low, width]) => {
          const data = [...rows, { a: '', b: '' }];
          const summary = summaryOf(data, { bounds: { a: [low, low + width] } }, 1, new SeededBytes(seed));
          const mean = toldOf(summary, 'a', 'mean') ?? low;
          expect(mean).toBeGreaterThanOrEqual(low);
          expect(mean).toBeLessThanOrEqual(low + width);
          for (const [, , , value] of summary) expect(value === null || Number.isFinite(value)).toBe(true);
        },
      ),
    );
  });

  it('is written in the format of its table', () => {
    const rows: SummaryRow[] = [
      [null, 'count', null, 3, 1],
      ['a;b', 'count', 'x', -1, 1],
    ];
    expect(tableOf('x;y\n1;2\n', 'csv', ['x']).write(SUMMARY_COLUMNS, rows)).toBe(
      'column;statistic;category;value;margin\n"";count;"";3;1\n"a;b";count;x;-1;1\n'.replaceAll('""', ''),
    );
    const objects = [
      { column: null, statistic: 'count', category: null, value: 3, margin: 1 },
      { column: 'a;b', statistic: 'count', category: 'x', value: -1, margin: 1 },
    ];
    expect(tableOf([]).write(SUMMARY_COLUMNS, rows)).toEqual(objects);
    expect(JSON.parse(tableOf('[]', 'json').write(SUMMARY_COLUMNS, rows) as string)).toEqual(objects);
  });

  it('knows a table again in another order and format, and no other', () => {
    const plain = (text: string): Uint8Array =>
      new SeededBytes(
        [...text].reduce((hash, char) => Math.imul(hash, 31) + (char.codePointAt(0) ?? 0), 7),
      ).next(32);
    const digestOf = (data: JsonValue, format?: DataFormat): string =>
      runToEnd(digestOfTable(tableOf(data, format, ['a']), plain));
    const digest = digestOf([
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ]);
    expect(digestOf('a,b\n2,y\n1,x\n', 'csv')).toBe(digest);
    expect(digestOf('b;a\n"x";1\ny;2', 'csv')).toBe(digest);
    expect(digestOf('[{"b":"y","a":2},{"a":1,"b":"x"}]', 'json')).toBe(digest);
    expect(
      digestOf([
        { a: 1, b: 'y' },
        { a: 2, b: 'x' },
      ]),
    ).not.toBe(digest);
    expect(digestOf([{ a: 1, b: 'x' }])).not.toBe(digest);
  });
});

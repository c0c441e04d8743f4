import type { DataSource } from 'typeorm';
import { Coalescer } from '../database/coalescer.js';
import { prepared } from '../database/prepared.js';
import {
  LEASE_SECONDS,
  type Lease,
  type LimitDecision,
  type LimitRequest,
  LimitStorage,
} from './limit-storage.js';
import { stateOf, WINDOW_NAMES } from './window.js';

const TAKE = prepared(`
  SELECT item, allowed, counts::text[], ends::text[], slots_used::text AS "slotsUsed", now::text
    FROM take_rate_limits($1, $2, $3, $4, $5, $6, $7, $8)`);

/**
 * For slots that are only given back: one that a crash of the database brings back lapses by itself, so that its disk need not be
 * waited for. The left join has the setting made, though nothing is taken.
 */
const GIVE_BACK = prepared(`
  SELECT 1 FROM set_config('synchronous_commit', 'off', true)
    LEFT JOIN take_rate_limits($1, $2, $3, $4, $5, $6, $7, $8) ON true`);

const RENEW = `
  UPDATE rate_limit_slots s SET ends = rate_limit_clock() + $3
    FROM unnest($1::text[], $2::text[]) AS held (subject, lease)
   WHERE s.subject = held.subject AND s.lease = held.lease`;

/** Bigints come as text, since JavaScript's numbers are not theirs; all of these stay far below 2^53. */
interface TakenRow {
  readonly item: number;
  readonly allowed: boolean;
  readonly counts: readonly string[];
  readonly ends: readonly string[];
  readonly slotsUsed: string | null;
  readonly now: string;
}

/** What a batch is made of: a request to decide, or a slot that is given back. */
type Errand = { readonly request: LimitRequest } | { readonly gone: Lease };

/**
 * Counts in PostgreSQL. All that a process asks and gives back in one moment shares one statement and one commit. What
 * it gives back is free to whatever it asks afterwards, since errands keep their order.
 */
export class PostgresLimitStorage extends LimitStorage {
  private readonly errands = new Coalescer<Errand, LimitDecision | undefined>((errands) => this.run(errands));

  /** @param leaseSize how long a slot lives that nobody renews, in microseconds */
  constructor(
    private readonly dataSource: DataSource,
    private readonly leaseSize = LEASE_SECONDS * 1_000_000,
  ) {
    super();
  }

  async decide(request: LimitRequest): Promise<LimitDecision> {
    const decision = await this.errands.run({ request });
    if (!decision) throw new Error('a request was not decided');
    return decision;
  }

  async release(leases: readonly Lease[]): Promise<void> {
    await Promise.all(leases.map((gone) => this.errands.run({ gone })));
  }

  async renew(leases: readonly Lease[]): Promise<void> {
    if (leases.length > 0) await this.dataSource.query(RENEW, [...columnsOf(leases), this.leaseSize]);
  }

  private async run(errands: readonly Errand[]): Promise<(LimitDecision | undefined)[]> {
    const requests = errands.flatMap((errand) => ('request' in errand ? [errand.request] : []));
    const gone = errands.flatMap((errand) => ('gone' in errand ? [errand.gone] : []));
    const sql = requests.length > 0 ? TAKE : GIVE_BACK;
    const rows: TakenRow[] = await this.dataSource.query(sql, [
      requests.map(({ subject }) => subject),
      requests.map(({ lease }) => lease),
      requests.map(({ slots }) => slots),
      requests.flatMap((request) => perWindow(request, 'size')),
      requests.flatMap((request) => perWindow(request, 'limit')),
      this.leaseSize,
      ...columnsOf(gone),
    ]);
    if (requests.length === 0) return gone.map(() => undefined);
    const byRequest = new Map(rows.map((row) => [requests[row.item - 1], row]));
    return errands.map((errand) =>
      'request' in errand ? decisionOf(errand.request, byRequest.get(errand.request)) : undefined,
    );
  }
}

const columnsOf = (leases: readonly Lease[]): string[][] => [
  leases.map(({ subject }) => subject),
  leases.map(({ lease }) => lease),
];

const perWindow = ({ windows }: LimitRequest, property: 'size' | 'limit'): (number | null)[] =>
  WINDOW_NAMES.map((name) => windows.find((window) => window.name === name)?.[property] ?? null);

function decisionOf(request: LimitRequest, row: TakenRow | undefined): LimitDecision | undefined {
  if (!row) return undefined;
  const now = Number(row.now);
  const windows = request.windows.map((window) => {
    const index = WINDOW_NAMES.indexOf(window.name);
    return stateOf(window, { count: Number(row.counts[index]), end: Number(row.ends[index]) }, now);
  });
  return { allowed: row.allowed, windows, slotsUsed: Number(row.slotsUsed ?? 0), now };
}

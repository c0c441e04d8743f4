import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Times are microseconds since 1970 by the server's clock: whole numbers, so that nothing is ever rounded. */
const TABLES = [
  `CREATE TABLE rate_limits (
     subject text PRIMARY KEY,
     counts bigint[] NOT NULL,
     ends bigint[] NOT NULL) WITH (fillfactor = 50)`,
  `CREATE TABLE rate_limit_slots (
     subject text NOT NULL,
     lease text NOT NULL,
     ends bigint NOT NULL,
     PRIMARY KEY (subject, lease))`,
];

const CLOCK = `
  CREATE FUNCTION rate_limit_clock() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
  $$`;

/**
 * Decides one request against one subject's windows: returns them as they are after it. Element 1 is a bucket, kept as
 * its theoretical arrival time in `ends`; the others are fixed windows that begin with their first request. A window
 * without a limit is left alone.
 */
const DECIDE = `
  CREATE FUNCTION decide_rate_limit(
    INOUT counts bigint[], INOUT ends bigint[], now bigint, sizes bigint[], limits bigint[],
    free boolean, OUT allowed boolean)
  LANGUAGE plpgsql IMMUTABLE AS $$
  DECLARE
    next_counts bigint[] := counts;
    next_ends bigint[] := ends;
  BEGIN
    allowed := free;
    FOR w IN 1 .. array_length(limits, 1) LOOP
      CONTINUE WHEN limits[w] IS NULL;
      IF w = 1 THEN
        next_ends[1] := greatest(ends[1], now) + sizes[1];
        allowed := allowed AND next_ends[1] - now <= limits[1] * sizes[1];
      ELSE
        IF ends[w] <= now THEN
          next_counts[w] := 0;
          next_ends[w] := now + sizes[w];
        END IF;
        allowed := allowed AND next_counts[w] < limits[w];
        next_counts[w] := next_counts[w] + 1;
      END IF;
    END LOOP;
    IF allowed THEN
      counts := next_counts;
      ends := next_ends;
    END IF;
  END $$`;

/**
 * Decides many requests at once, in their order within each subject. Subjects are locked in one order everywhere, so
 * that processes wait for each other and never lock each other out. sizes and limits hold five elements a request.
 * Slots that are given back are free before anything is decided.
 */
export const TAKE = `
  CREATE FUNCTION take_rate_limits(
    subjects text[], leases text[], slots bigint[], sizes bigint[], limits bigint[], lease_size bigint,
    gone_subjects text[], gone_leases text[])
  RETURNS TABLE (item integer, allowed boolean, counts bigint[], ends bigint[], slots_used bigint, now bigint)
  LANGUAGE plpgsql SET lock_timeout = '1s' AS $$
  #variable_conflict use_column
  DECLARE
    one record;
    at_counts bigint[];
    at_ends bigint[];
    free boolean;
    taken text[];
  BEGIN
    IF gone_subjects <> '{}' THEN
      DELETE FROM rate_limit_slots s USING unnest(gone_subjects, gone_leases) AS gone (subject, lease)
       WHERE s.subject = gone.subject AND s.lease = gone.lease;
    END IF;
    FOR one IN
      SELECT s.subject, array_agg(s.n ORDER BY s.n) AS items
        FROM unnest(subjects) WITH ORDINALITY AS s (subject, n)
       GROUP BY s.subject ORDER BY s.subject COLLATE "C"
    LOOP
      LOOP
        SELECT r.counts, r.ends INTO at_counts, at_ends
          FROM rate_limits r WHERE r.subject = one.subject FOR UPDATE;
        EXIT WHEN FOUND;
        INSERT INTO rate_limits (subject, counts, ends)
        VALUES (one.subject, '{0,0,0,0,0}', '{0,0,0,0,0}') ON CONFLICT DO NOTHING;
      END LOOP;
      now := rate_limit_clock();
      slots_used := NULL;
      taken := '{}';
      FOREACH item IN ARRAY one.items LOOP
        IF slots[item] IS NOT NULL AND slots_used IS NULL THEN
          SELECT count(*) INTO slots_used FROM rate_limit_slots s
           WHERE s.subject = one.subject AND s.ends > now;
        END IF;
        free := slots[item] IS NULL OR slots_used < slots[item];
        SELECT d.counts, d.ends, d.allowed INTO at_counts, at_ends, allowed
          FROM decide_rate_limit(at_counts, at_ends, now, sizes[item * 5 - 4 : item * 5],
                                 limits[item * 5 - 4 : item * 5], free) d;
        IF allowed AND slots[item] IS NOT NULL THEN
          taken := taken || leases[item];
          slots_used := slots_used + 1;
        END IF;
        counts := at_counts;
        ends := at_ends;
        RETURN NEXT;
      END LOOP;
      IF taken <> '{}' THEN
        INSERT INTO rate_limit_slots (subject, lease, ends)
        SELECT one.subject, unnest(taken), now + lease_size;
      END IF;
      UPDATE rate_limits r SET counts = at_counts, ends = at_ends
       WHERE r.subject = one.subject AND (r.counts, r.ends) IS DISTINCT FROM (at_counts, at_ends);
    END LOOP;
  END $$`;

const DOWN = [
  'DROP FUNCTION take_rate_limits',
  'DROP FUNCTION decide_rate_limit',
  'DROP FUNCTION rate_limit_clock',
  'DROP TABLE rate_limit_slots',
  'DROP TABLE rate_limits',
];

/** What is counted of requests, and the function that counts it. */
export class RateLimits1764206000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, CLOCK, DECIDE, TAKE]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TAKE } from './1764206000000-rate-limits.js';

const zeros = (windows: number): string => Array<number>(windows).fill(0).join(',');

const NARROW = 'UPDATE rate_limits SET counts = counts[1:5], ends = ends[1:5]';

/**
 * As before, save for that many windows, of which those after the first are fixed ones. Sizes and limits may hold fewer
 * elements a request, so that processes of the version before count on until they are replaced; rows that know fewer windows
 * grow when they are used.
 */
export const takeOf = (windows: number): string => `
  CREATE OR REPLACE FUNCTION take_rate_limits(
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
    width integer := cardinality(limits) / nullif(cardinality(subjects), 0);
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
        SELECT r.counts || array_fill(0::bigint, ARRAY[${windows} - cardinality(r.counts)]),
               r.ends || array_fill(0::bigint, ARRAY[${windows} - cardinality(r.ends)])
          INTO at_counts, at_ends
          FROM rate_limits r WHERE r.subject = one.subject FOR UPDATE;
        EXIT WHEN FOUND;
        INSERT INTO rate_limits (subject, counts, ends)
        VALUES (one.subject, '{${zeros(windows)}}', '{${zeros(windows)}}') ON CONFLICT DO NOTHING;
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
          FROM decide_rate_limit(at_counts, at_ends, now, sizes[(item - 1) * width + 1 : item * width],
                                 limits[(item - 1) * width + 1 : item * width], free) d;
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

/** A sixth window, which only uploads count in. */
export class UploadsWindow1764430000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(takeOf(6));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of ['DROP FUNCTION take_rate_limits', TAKE, NARROW]) await runner.query(statement);
  }
}

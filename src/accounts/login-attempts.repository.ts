import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';

/** How often something may go wrong, and what follows. */
export interface AttemptRule {
  /** Failures after which the first delay follows, which lasts a second; each further one doubles it. */
  readonly free: number;
  /** Longest delay. */
  readonly mostSeconds: number;
  /** Time in which one failure is forgotten. */
  readonly forgetSeconds: number;
}

export interface CountedSubject {
  /** Keyed digest. */
  readonly subject: Buffer;
  readonly rule: AttemptRule;
}

/** Failures are kept in thousandths, so that they are forgotten little by little. */
const UNIT = 1_000;
/** Doublings that are remembered beyond the free failures: what the longest delay needs, and no more to wait off. */
const DOUBLINGS = 12;

const WANTED = `
  SELECT * FROM unnest($1::bytea[], $2::int[], $3::int[], $4::int[]) AS w (subject, free, most, forget)`;
/** What a count comes to with one failure more: what was forgotten since goes off first. */
const RAISED = `
  least((w.free + ${DOUBLINGS}) * ${UNIT},
        greatest(0, a.failures - floor(extract(epoch FROM clock_timestamp() - a.failed_at) * ${UNIT} / w.forget)::bigint)
          + ${UNIT})::int`;
const untilOf = (count: string): string => `
  clock_timestamp() + CASE WHEN ${count} / ${UNIT} < w.free THEN interval '0'
    ELSE make_interval(secs => least(w.most, 2 ^ (${count} / ${UNIT} - w.free))) END`;

/**
 * One statement that decides and counts. Rows are locked in one order; whoever waited for them sees what the others have
 * made of them, so that no number of parallel guesses gets more than the rules allow.
 */
const TAKE = `
  WITH wanted AS (${WANTED}),
  held AS (
    SELECT a.blocked_until FROM login_attempts a JOIN wanted w ON w.subject = a.subject
     ORDER BY a.subject FOR NO KEY UPDATE OF a),
  blocked AS (SELECT max(blocked_until) AS until FROM held WHERE blocked_until > clock_timestamp()),
  taken AS (
    INSERT INTO login_attempts AS a (subject, failures, failed_at, blocked_until)
    SELECT w.subject, ${UNIT}, clock_timestamp(), ${untilOf(String(UNIT))}
      FROM wanted w, blocked b WHERE b.until IS NULL ORDER BY w.subject
    ON CONFLICT (subject) DO UPDATE SET
      (failures, failed_at, blocked_until) = (
        SELECT r.count, clock_timestamp(), ${untilOf('r.count')}
          FROM wanted w, LATERAL (SELECT ${RAISED} AS count) r WHERE w.subject = a.subject)
    WHERE a.blocked_until <= clock_timestamp()
    RETURNING a.subject)
  SELECT (SELECT count(*) FROM taken) = (SELECT count(*) FROM wanted) AS taken,
         coalesce(ceil(extract(epoch FROM (SELECT until FROM blocked) - clock_timestamp())), 1)::int AS seconds`;

/** Takes one failure back; a delay that stands stays, if more failures than are free are left. */
const GIVE_BACK = `
  WITH wanted AS (${WANTED}),
  held AS (
    SELECT a.subject FROM login_attempts a JOIN wanted w ON w.subject = a.subject
     ORDER BY a.subject FOR NO KEY UPDATE OF a)
  UPDATE login_attempts a
     SET failures = greatest(0, a.failures - ${UNIT}),
         blocked_until = CASE WHEN a.failures - ${UNIT} < w.free * ${UNIT} THEN clock_timestamp() ELSE a.blocked_until END
    FROM wanted w, held WHERE w.subject = a.subject AND held.subject = a.subject`;

const parametersOf = (subjects: readonly CountedSubject[]): unknown[] => [
  subjects.map(({ subject }) => subject),
  subjects.map(({ rule }) => rule.free),
  subjects.map(({ rule }) => rule.mostSeconds),
  subjects.map(({ rule }) => rule.forgetSeconds),
];

/** Counts of what went wrong, by digests of whose and from where. */
@Injectable()
export class LoginAttemptsRepository {
  /**
   * Counts a failure for each subject before it is known whether there is one, unless one of them has to wait: then
   * nothing is counted.
   * @returns whether it may go on, else after how many seconds it may try again
   */
  async take(subjects: readonly CountedSubject[], db: Tx): Promise<{ taken: boolean; seconds: number }> {
    const [row] = await db.query(TAKE, parametersOf(subjects));
    return row;
  }

  /** Takes back what {@link take} has counted. */
  async giveBack(subjects: readonly CountedSubject[], tx: Tx): Promise<void> {
    await tx.query(GIVE_BACK, parametersOf(subjects));
  }

  /** Forgets all failures of a subject. */
  async clear(subject: Buffer, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM login_attempts WHERE subject = $1', [subject]);
  }

  /** Removes counts that say nothing any more. */
  async deleteOld(olderThanSeconds: number, tx: Tx): Promise<void> {
    await tx.query(
      'DELETE FROM login_attempts WHERE failed_at < now() - make_interval(secs => $1) AND blocked_until < now()',
      [olderThanSeconds],
    );
  }
}

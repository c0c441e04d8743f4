import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { encodeTime, ulid } from 'ulid';
import { embeddedUrl } from './database-dump.js';
import type { RedoubtProcess } from './redoubt-process.js';

const DAY_MS = 86_400_000;
const PATIENCE_MS = 30_000;

/** Whatever is written while this is there was written so many days ago. */
const aging = (days: number): readonly string[] => [
  `CREATE FUNCTION written_ago() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN NEW.created_at := NEW.created_at - interval '${days} days'; RETURN NEW; END $$`,
  'CREATE TRIGGER written_ago BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION written_ago()',
];
const YOUNG = ['DROP TRIGGER written_ago ON audit_logs', 'DROP FUNCTION written_ago'];

/** Entries that are queued for their places, as the audit writer queues them. */
const MANY = `
  WITH written AS (
    INSERT INTO audit_logs (id, organization_id, actor_type, actor_id, action, request_id, counts, sealed, created_at)
    SELECT 'audit_' || $2 || lpad(n::text, 16, '0'), $1, 'system', 'test', 'text.detected', 'req_test', '{}', '\\x00', now()
      FROM generate_series(0, $3::int - 1) AS n
    RETURNING organization_id, number)
  INSERT INTO audit_pending (organization_id, number) SELECT organization_id, number FROM written`;

/** Makes time go by for the audit log of a running Redoubt, through its database. */
export class AgedLog {
  constructor(private readonly redoubt: Pick<RedoubtProcess, 'dataDir'>) {}

  /** What work does was done so many days ago. */
  async ago<T>(days: number, work: () => Promise<T>): Promise<T> {
    for (const sql of aging(days)) await this.query(sql);
    try {
      return await work();
    } finally {
      for (const sql of YOUNG) await this.query(sql);
    }
  }

  /** Adds entries of so many days ago, within {@link ago}; ids as they would have. @returns the id of the last one */
  async add(organization: string, count: number, days: number): Promise<string> {
    const time = encodeTime(Date.now() - days * DAY_MS).toLowerCase();
    await this.query(MANY, [organization, time, count]);
    return `audit_${time}${String(count - 1).padStart(16, '0')}`;
  }

  /** A segment that no entry of a log announces, so that nothing ever becomes of it. @returns its id */
  async addSegment(organization: string): Promise<string> {
    const id = `seg_${ulid().toLowerCase()}`;
    await this.query(
      `INSERT INTO audit_segments (id, organization_id, tree, first_leaf, leaves, announced_size, oldest_at, newest_at, action)
       VALUES ($1, $2, 0, 0, 256, 0, now(), now(), 'archive')`,
      [id, organization],
    );
    return id;
  }

  /** Waits until segments are announced, and their announcements have their places in the log. */
  async announced(): Promise<void> {
    await this.untilLeader('SELECT FROM audit_segments');
    for (const since = Date.now(); await this.finds('SELECT FROM audit_pending'); await sleep(100))
      if (Date.now() - since > PATIENCE_MS) throw new Error('entries wait for their places');
  }

  /** Waits until the entries of all segments went, as if an hour had passed. */
  async taken(): Promise<void> {
    await this.query("UPDATE audit_segments SET created_at = created_at - interval '1 hour'");
    await this.untilLeader('SELECT FROM audit_segments HAVING count(*) > 0 AND count(*) = count(taken_at)');
  }

  /** Has the leader do at once all that it does from time to time, again and again until a query finds something. */
  private async untilLeader(sql: string): Promise<void> {
    for (const since = Date.now(); !(await this.finds(sql)); ) {
      if (Date.now() - since > PATIENCE_MS) throw new Error('the leader has not done it');
      // It loses its session, and stands for leader again.
      await this.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'redoubt leader'",
      );
      for (let polls = 0; polls < 40 && !(await this.finds(sql)); polls += 1) await sleep(100);
    }
  }

  private async finds(sql: string): Promise<boolean> {
    return (await this.query(sql)).length > 0;
  }

  private async query(sql: string, values: unknown[] = []): Promise<unknown[]> {
    const database = new pg.Client({ connectionString: embeddedUrl(this.redoubt.dataDir) });
    await database.connect();
    try {
      return (await database.query(sql, values)).rows;
    } finally {
      await database.end();
    }
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Coalescer } from '../database/coalescer.js';
import { prepared } from '../database/prepared.js';
import { rowSetOf } from '../database/row-set.js';
import type { Statement } from '../database/statement.js';
import { afterCommit, type Tx } from '../database/unit-of-work.js';
import { newId } from '../http/ids.js';
import { auditRows } from '../telemetry/metrics.js';
import type { AuditEntry } from './audit-entry.js';

/**
 * Seals bytes for a tenant, bound to a place; the crypto module provides it. `db` is the caller's transaction, or
 * the connection pool's manager outside of one: keys are read through it.
 */
export abstract class Sealer {
  abstract seal(place: SealPlace, plaintext: Buffer, db: Tx): Promise<Buffer>;
  abstract open(place: SealPlace, sealed: Buffer, db: Tx): Promise<Buffer>;
}

/** Where a sealed value lives: it opens nowhere else. */
export interface SealPlace {
  readonly organizationId: string;
  readonly table: string;
  readonly id: string;
  readonly version: number;
}

/** An entry that is sealed and has only to be written. */
export interface PreparedEntry {
  readonly id: string;
  readonly entry: AuditEntry;
  readonly sealed: Buffer;
  readonly createdAt: Date;
}

const ROWS = rowSetOf<PreparedEntry>([
  ['id', 'text', ({ id }) => id],
  ['organization_id', 'text', ({ entry }) => entry.organizationId],
  ['project_id', 'text', ({ entry }) => entry.projectId],
  ['actor_type', 'text', ({ entry }) => entry.actor.type],
  ['actor_id', 'text', ({ entry }) => entry.actor.id],
  ['user_id', 'text', ({ entry }) => personOf(entry)],
  ['subject_user_id', 'text', ({ entry }) => entry.subjectUserId],
  ['action', 'text', ({ entry }) => entry.action],
  ['target_type', 'text', ({ entry }) => entry.target?.type],
  ['target_id', 'text', ({ entry }) => entry.target?.id],
  ['request_id', 'text', ({ entry }) => entry.requestId],
  ['counts', 'jsonb', ({ entry }) => entry.counts ?? {}],
  ['sealed', 'bytea', ({ sealed }) => sealed],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]);

const personOf = ({ userId, actor }: AuditEntry): string | undefined =>
  userId ?? (actor.type === 'user' ? actor.id : undefined);

/**
 * The statement that writes rows, which its parameter number `place` carries, and gives their ids. Each row goes into the queue of
 * those that wait for their place in the log, too: neither is ever without the other.
 * @param before other parts of the statement, which come first
 */
const insertOf = (place: number, { before = '', where = '' } = {}): string =>
  `WITH ${before} written AS (
     INSERT INTO audit_logs (${ROWS.names}) SELECT ${ROWS.names} FROM ${ROWS.from(place)} ${where}
     RETURNING id, organization_id, number),
   queued AS (INSERT INTO audit_pending (organization_id, number) SELECT organization_id, number FROM written)
   SELECT id FROM written`;

const INSERT = prepared(insertOf(1));

/** Writes audit rows: with their effect, or, where the row is the only effect, together with those of other requests. */
@Injectable()
export class AuditWriter {
  private readonly shared = new Coalescer<PreparedEntry, void>(async (rows) => {
    await this.dataSource.query(INSERT, [ROWS.valueOf(rows)]);
    return rows.map(() => undefined);
  });

  constructor(
    private readonly dataSource: DataSource,
    private readonly sealer: Sealer,
  ) {}

  /** Writes the entry in the transaction of its effect. */
  async append(entry: AuditEntry, tx: Tx): Promise<void> {
    await tx.query(INSERT, [ROWS.valueOf([await this.rowOf(entry, tx)])]);
    afterCommit(tx, () => auditRows.inc({ action: entry.action }));
  }

  /** Writes an entry that is its request's only effect; resolved means committed. */
  async appendAlone(entry: AuditEntry): Promise<void> {
    await this.shared.run(await this.rowOf(entry, this.dataSource.manager));
    auditRows.inc({ action: entry.action });
  }

  /** Seals an entry that is to be written together with others. */
  prepare(entry: AuditEntry): Promise<PreparedEntry> {
    return this.rowOf(entry, this.dataSource.manager);
  }

  /** Writes entries in the transaction of their effects. */
  async appendMany(entries: readonly PreparedEntry[], tx: Tx): Promise<void> {
    await tx.query(INSERT, [ROWS.valueOf(entries)]);
    afterCommit(tx, () => countRows(entries));
  }

  /** Writes entries together with the statement that is their effect, of a fixed text, both or neither; resolved means committed. */
  async appendWith(entries: readonly PreparedEntry[], effect: Statement): Promise<void> {
    const sql = prepared(insertOf(effect.parameters.length + 1, { before: `effect AS (${effect.sql}),` }));
    await this.dataSource.query(sql, [...effect.parameters, ROWS.valueOf(entries)]);
    countRows(entries);
  }

  /**
   * Writes those of the entries whose ids a query, of a fixed text, gives in its one column; resolved means committed.
   * @returns the ids of those that were written
   */
  async appendWhere(entries: readonly PreparedEntry[], condition: Statement): Promise<ReadonlySet<string>> {
    const sql = prepared(
      insertOf(condition.parameters.length + 1, { where: `WHERE id IN (${condition.sql})` }),
    );
    const rows: { id: string }[] = await this.dataSource.query(sql, [
      ...condition.parameters,
      ROWS.valueOf(entries),
    ]);
    const written = new Set(rows.map(({ id }) => id));
    countRows(entries.filter(({ id }) => written.has(id)));
    return written;
  }

  private async rowOf(entry: AuditEntry, db: Tx): Promise<PreparedEntry> {
    const id = newId('audit');
    const place = { organizationId: entry.organizationId, table: 'audit_logs', id, version: 1 };
    const details = Buffer.from(JSON.stringify(entry.details ?? {}));
    return { id, entry, sealed: await this.sealer.seal(place, details, db), createdAt: new Date() };
  }
}

function countRows(entries: readonly PreparedEntry[]): void {
  for (const { entry } of entries) auditRows.inc({ action: entry.action });
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Coalescer } from '../database/coalescer.js';
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

const COLUMNS = [
  ['id', 'text'],
  ['organization_id', 'text'],
  ['project_id', 'text'],
  ['actor_type', 'text'],
  ['actor_id', 'text'],
  ['user_id', 'text'],
  ['subject_user_id', 'text'],
  ['action', 'text'],
  ['target_type', 'text'],
  ['target_id', 'text'],
  ['request_id', 'text'],
  ['counts', 'jsonb'],
  ['sealed', 'bytea'],
  ['created_at', 'timestamptz'],
] as const;

const names = COLUMNS.map(([name]) => name).join(', ');
const arrays = COLUMNS.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ');
const INSERT = `INSERT INTO audit_logs (${names}) SELECT * FROM unnest(${arrays})`;

type Row = readonly unknown[];

/** Writes audit rows: with their effect, or, where the row is the only effect, together with those of other requests. */
@Injectable()
export class AuditWriter {
  private readonly shared = new Coalescer<Row, void>(async (rows) => {
    await this.dataSource.query(INSERT, columnsOf(rows));
    return rows.map(() => undefined);
  });

  constructor(
    private readonly dataSource: DataSource,
    private readonly sealer: Sealer,
  ) {}

  /** Writes the entry in the transaction of its effect. */
  async append(entry: AuditEntry, tx: Tx): Promise<void> {
    await tx.query(INSERT, columnsOf([await this.rowOf(entry, tx)]));
    afterCommit(tx, () => auditRows.inc({ action: entry.action }));
  }

  /** Writes an entry that is its request's only effect; resolved means committed. */
  async appendAlone(entry: AuditEntry): Promise<void> {
    await this.shared.run(await this.rowOf(entry, this.dataSource.manager));
    auditRows.inc({ action: entry.action });
  }

  private async rowOf(entry: AuditEntry, db: Tx): Promise<Row> {
    const id = newId('audit');
    const place = { organizationId: entry.organizationId, table: 'audit_logs', id, version: 1 };
    return [
      id,
      entry.organizationId,
      entry.projectId ?? null,
      entry.actor.type,
      entry.actor.id,
      entry.userId ?? (entry.actor.type === 'user' ? entry.actor.id : null),
      entry.subjectUserId ?? null,
      entry.action,
      entry.target?.type ?? null,
      entry.target?.id ?? null,
      entry.requestId,
      JSON.stringify(entry.counts ?? {}),
      await this.sealer.seal(place, Buffer.from(JSON.stringify(entry.details ?? {})), db),
      new Date(),
    ];
  }
}

const columnsOf = (rows: readonly Row[]): unknown[][] =>
  COLUMNS.map((_, column) => rows.map((row) => row[column]));

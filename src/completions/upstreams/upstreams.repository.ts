import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { StoredUpstream, UpstreamFilter } from './upstream.js';

const SELECT = `id, name, base_url AS "baseUrl", key_sealed AS "keySealed", private AS "isPrivate",
  enabled AS "isEnabled", priority, models, first_byte_seconds AS "firstByteSeconds",
  idle_seconds AS "idleSeconds", total_seconds AS "totalSeconds", max_retries AS "maxRetries", version,
  created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt"`;

const SORT: RowQuery['sort'] = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  updated_at: { column: 'updated_at', type: 'timestamptz' },
  name: { column: 'name', type: 'text' },
  priority: { column: 'priority', type: 'integer' },
};

/** Model servers, which belong to the instance. */
@Injectable()
export class UpstreamsRepository {
  list(filter: UpstreamFilter, listing: Listing, db: Tx): Promise<Listed<StoredUpstream>> {
    const where = [
      ['name = ?', filter.name],
      ['enabled = ?', filter.isEnabled],
      ['private = ?', filter.isPrivate],
    ] as const;
    return listRows({ select: SELECT, from: 'upstreams', where, sort: SORT }, listing, db);
  }

  /** In the order in which they are asked, but for whether they answer. */
  listEnabled(db: Tx): Promise<StoredUpstream[]> {
    return db.query(`SELECT ${SELECT} FROM upstreams WHERE enabled ORDER BY priority, name`);
  }

  async find(id: string, db: Tx): Promise<StoredUpstream | undefined> {
    return (await db.query(`SELECT ${SELECT} FROM upstreams WHERE id = $1`, [id]))[0];
  }

  /** Keeps other changes waiting until the transaction ends: names are unique over all of them. */
  async lock(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('redoubt upstreams'))`);
  }

  /** Whether another one has a name. */
  async isNamed(name: string, exceptId: string, tx: Tx): Promise<boolean> {
    const sql = 'SELECT 1 FROM upstreams WHERE name = $1 AND id <> $2';
    return (await tx.query(sql, [name, exceptId])).length > 0;
  }

  async insert(row: StoredUpstream, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO upstreams (id, name, base_url, key_sealed, private, enabled, priority, models, first_byte_seconds,
         idle_seconds, total_seconds, max_retries, version, updated_at, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [...valuesOf(row), row.createdBy, row.createdAt],
    );
  }

  async update(row: StoredUpstream, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE upstreams SET name = $2, base_url = $3, key_sealed = $4, private = $5, enabled = $6, priority = $7,
         models = $8, first_byte_seconds = $9, idle_seconds = $10, total_seconds = $11, max_retries = $12,
         version = $13, updated_at = $14 WHERE id = $1`,
      valuesOf(row),
    );
  }

  async delete(id: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM upstreams WHERE id = $1', [id]);
  }
}

const valuesOf = (row: StoredUpstream): unknown[] => [
  ...[row.id, row.name, row.baseUrl, row.keySealed, row.isPrivate, row.isEnabled, row.priority, row.models],
  ...[row.firstByteSeconds, row.idleSeconds, row.totalSeconds, row.maxRetries, row.version, row.updatedAt],
];

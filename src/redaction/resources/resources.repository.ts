import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Resource, ResourceFilter } from './resource.js';

/** A resource's row: all but its settings, which lie sealed with its newest version. */
export type ResourceRow = Omit<Resource, 'config'>;

/** The same with the sealed settings of its newest version. */
export interface SealedResource extends ResourceRow {
  readonly configSealed: Buffer;
}

const COLUMNS = `r.id, r.name, r.type, r.status, r.version, r.created_by AS "createdBy",
  r.created_at AS "createdAt", r.updated_at AS "updatedAt"`;

const SELECT = `${COLUMNS}, v.config_sealed AS "configSealed"`;

const FROM = 'resources r JOIN resource_versions v ON v.resource_id = r.id AND v.version = r.version';

const SORT: RowQuery['sort'] = {
  created_at: { column: 'r.created_at', type: 'timestamptz' },
  updated_at: { column: 'r.updated_at', type: 'timestamptz' },
  name: { column: 'r.name', type: 'text' },
};

@Injectable()
export class ResourcesRepository {
  list(
    organizationId: string,
    filter: ResourceFilter,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<SealedResource>> {
    const where = [
      ['r.organization_id = ?', organizationId],
      ['r.status = ?', filter.status],
      ['r.type = ?', filter.type],
      ['r.name = ?', filter.name],
    ] as const;
    return listRows({ select: SELECT, from: FROM, where, sort: SORT, id: 'r.id' }, listing, db);
  }

  async find(organizationId: string, id: string, db: Tx): Promise<SealedResource | undefined> {
    const rows = await db.query(`SELECT ${SELECT} FROM ${FROM} WHERE r.organization_id = $1 AND r.id = $2`, [
      organizationId,
      id,
    ]);
    return rows[0];
  }

  /**
   * Reads a resource and keeps others from changing it until the transaction ends. Its settings are read in a second
   * statement: a joined row would be the one from before the wait.
   */
  async lock(organizationId: string, id: string, tx: Tx): Promise<ResourceRow | undefined> {
    const rows = await tx.query(
      `SELECT ${COLUMNS} FROM resources r WHERE r.organization_id = $1 AND r.id = $2 FOR UPDATE`,
      [organizationId, id],
    );
    return rows[0];
  }

  async insert(organizationId: string, row: ResourceRow, tx: Tx): Promise<void> {
    const { id, type, name, status, version, createdBy, createdAt, updatedAt } = row;
    await tx.query(
      `INSERT INTO resources (id, organization_id, type, name, status, version, created_by, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, organizationId, type, name, status, version, createdBy, createdAt, updatedAt],
    );
  }

  async update(organizationId: string, row: ResourceRow, tx: Tx): Promise<void> {
    const { id, name, status, version, updatedAt } = row;
    await tx.query(
      `UPDATE resources SET name = $3, status = $4, version = $5, updated_at = $6
        WHERE organization_id = $1 AND id = $2`,
      [organizationId, id, name, status, version, updatedAt],
    );
  }

  async delete(organizationId: string, id: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM resources WHERE organization_id = $1 AND id = $2', [organizationId, id]);
  }
}

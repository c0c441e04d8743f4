import { Injectable } from '@nestjs/common';
import { listRows } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { ResourceVersion } from './resource.js';

/** A version with its settings sealed. */
export interface SealedVersion extends Omit<ResourceVersion, 'config'> {
  readonly configSealed: Buffer;
}

const SELECT = `resource_id AS "resourceId", version, name, status, config_sealed AS "configSealed",
  created_by AS "createdBy", created_at AS "createdAt"`;

@Injectable()
export class ResourceVersionsRepository {
  /** In the order they were made, which is that of their numbers. */
  list(organizationId: string, resourceId: string, listing: Listing, db: Tx): Promise<Listed<SealedVersion>> {
    const where = [
      ['organization_id = ?', organizationId],
      ['resource_id = ?', resourceId],
    ] as const;
    const sort = { created_at: { column: 'version', type: 'integer' } } as const;
    const query = { select: SELECT, from: 'resource_versions', where, sort, id: 'version::text' };
    return listRows(query, listing, db);
  }

  async find(
    organizationId: string,
    resourceId: string,
    version: number,
    db: Tx,
  ): Promise<SealedVersion | undefined> {
    const rows = await db.query(
      `SELECT ${SELECT} FROM resource_versions
        WHERE organization_id = $1 AND resource_id = $2 AND version = $3`,
      [organizationId, resourceId, version],
    );
    return rows[0];
  }

  async insert(organizationId: string, row: SealedVersion, tx: Tx): Promise<void> {
    const { resourceId, version, name, status, configSealed, createdBy, createdAt } = row;
    await tx.query(
      `INSERT INTO resource_versions
         (resource_id, organization_id, version, name, status, config_sealed, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [resourceId, organizationId, version, name, status, configSealed, createdBy, createdAt],
    );
  }

  async deleteAll(organizationId: string, resourceId: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM resource_versions WHERE organization_id = $1 AND resource_id = $2', [
      organizationId,
      resourceId,
    ]);
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** Which file's key is granted, and by which row. */
export interface GrantPlace {
  readonly organizationId: string;
  readonly fileId: string;
  readonly grantId: string;
}

/** A grant as it is stored. */
export interface SealedGrant extends GrantPlace {
  readonly sealed: Buffer;
}

/** Keys granted to workers. A file that is deleted takes its grants with it. */
@Injectable()
export class GrantsRepository {
  async insert(
    organizationId: string,
    grants: readonly SealedGrant[],
    expiresAt: Date,
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO grants (id, organization_id, file_id, sealed, expires_at)
       SELECT id, $1, file_id, sealed, $5 FROM unnest($2::text[], $3::text[], $4::bytea[]) AS g (id, file_id, sealed)`,
      [
        organizationId,
        grants.map(({ grantId }) => grantId),
        grants.map(({ fileId }) => fileId),
        grants.map(({ sealed }) => sealed),
        expiresAt,
      ],
    );
  }

  /** What was sealed, unless its time is over, by the database's clock. */
  async find({ organizationId, fileId, grantId }: GrantPlace, db: Tx): Promise<Buffer | undefined> {
    const rows = await db.query(
      'SELECT sealed FROM grants WHERE organization_id = $1 AND file_id = $2 AND id = $3 AND expires_at > now()',
      [organizationId, fileId, grantId],
    );
    return rows[0]?.sealed;
  }

  async delete(organizationId: string, ids: readonly string[], tx: Tx): Promise<void> {
    await tx.query('DELETE FROM grants WHERE organization_id = $1 AND id = ANY($2::text[])', [
      organizationId,
      ids,
    ]);
  }

  /** Of all organizations. */
  async deleteExpired(tx: Tx): Promise<void> {
    await tx.query('DELETE FROM grants WHERE expires_at <= now()');
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { PasswordDerivation } from './password-key.js';
import type { KeyOwner, KeyState } from './project-key.js';

/** A key pair as it is stored. */
export interface ProjectKeyRow extends KeyState {
  readonly kdf: PasswordDerivation | null;
  readonly publicSealed: Buffer;
  readonly privateSealed: Buffer;
}

const protectionOf = ({ kdf }: ProjectKeyRow): string => (kdf ? 'password' : 'organization');

@Injectable()
export class ProjectKeysRepository {
  async find({ organizationId, projectId }: KeyOwner, db: Tx): Promise<ProjectKeyRow | undefined> {
    const rows = await db.query(
      `SELECT id, organization_id AS "organizationId", project_id AS "projectId", version, kdf,
              public_sealed AS "publicSealed", private_sealed AS "privateSealed"
         FROM project_keys WHERE organization_id = $1 AND project_id = $2`,
      [organizationId, projectId],
    );
    return rows[0];
  }

  async insert(row: ProjectKeyRow, tx: Tx): Promise<void> {
    const { id, organizationId, projectId, version, kdf, publicSealed, privateSealed } = row;
    await tx.query(
      `INSERT INTO project_keys
         (id, organization_id, project_id, version, protection, kdf, public_sealed, private_sealed)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, organizationId, projectId, version, protectionOf(row), kdf, publicSealed, privateSealed],
    );
  }

  /** Puts the next version in the place of the one before it; false when that is not there any more. */
  async replace(row: ProjectKeyRow, tx: Tx): Promise<boolean> {
    const { id, organizationId, projectId, version, kdf, privateSealed } = row;
    const [, count] = await tx.query(
      `UPDATE project_keys
          SET version = $4, protection = $5, kdf = $6, private_sealed = $7, updated_at = now()
        WHERE organization_id = $1 AND project_id = $2 AND id = $3 AND version = $4 - 1`,
      [organizationId, projectId, id, version, protectionOf(row), kdf, privateSealed],
    );
    return count === 1;
  }

  async delete({ organizationId, projectId }: KeyOwner, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM project_keys WHERE organization_id = $1 AND project_id = $2', [
      organizationId,
      projectId,
    ]);
  }

  /** Projects without a key pair, as an older version made them; not those of organizations that have ended. */
  listMissing(db: Tx): Promise<KeyOwner[]> {
    return db.query(
      `SELECT p.organization_id AS "organizationId", p.id AS "projectId" FROM projects p
         JOIN organizations o ON o.id = p.organization_id AND o.deleted_at IS NULL
        WHERE NOT EXISTS (SELECT FROM project_keys k WHERE k.project_id = p.id) ORDER BY p.id`,
    );
  }
}

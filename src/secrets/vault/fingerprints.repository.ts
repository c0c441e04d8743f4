import { Injectable } from '@nestjs/common';
import { prepared } from '../../platform/database/prepared.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { SealedContent, ValuePlace } from '../variables/variable-sealer.service.js';

/** Where changes are told apart. */
export interface EnvironmentRevision {
  readonly id: string;
  readonly revision: number;
}

/** Which version of a variable is in use. */
export interface CurrentVersion extends ValuePlace {}

/** A version with its value, sealed. */
export type SealedVersion = ValuePlace & SealedContent;

const REVISIONS = prepared(
  'SELECT organization_id AS id, revision::float8 AS revision FROM vaults WHERE organization_id = ANY($1)',
);

/** What it takes to know an organization's values again. */
@Injectable()
export class FingerprintsRepository {
  /** By organization, how often values have changed; nothing of one that has had none. One query for many requests. */
  async revisionsOf(organizationIds: readonly string[], db: Tx): Promise<ReadonlyMap<string, number>> {
    const rows: { id: string; revision: number }[] = await db.query(REVISIONS, [organizationIds]);
    return new Map(rows.map(({ id, revision }) => [id, revision]));
  }

  listEnvironments(organizationId: string, db: Tx): Promise<EnvironmentRevision[]> {
    return db.query('SELECT id, revision FROM environments WHERE organization_id = $1', [organizationId]);
  }

  /** Those whose value is there. */
  listCurrent(organizationId: string, environmentId: string, db: Tx): Promise<CurrentVersion[]> {
    return db.query(
      `SELECT v.organization_id AS "organizationId", v.project_id AS "projectId", v.environment_id AS "environmentId",
              v.id AS "variableId", v.key, v.version
         FROM variables v JOIN variable_versions w ON w.variable_id = v.id AND w.version = v.version
        WHERE v.organization_id = $1 AND v.environment_id = $2 AND v.deleted_at IS NULL AND w.value_sealed IS NOT NULL`,
      [organizationId, environmentId],
    );
  }

  /** Of the variables named, the versions in use. */
  listSealed(organizationId: string, variableIds: readonly string[], db: Tx): Promise<SealedVersion[]> {
    return db.query(
      `SELECT v.organization_id AS "organizationId", v.project_id AS "projectId", v.environment_id AS "environmentId",
              v.id AS "variableId", v.key, v.version, w.value_sealed AS "valueSealed", w.key_sealed AS "keySealed",
              NULL AS "noteSealed"
         FROM variables v JOIN variable_versions w ON w.variable_id = v.id AND w.version = v.version
        WHERE v.organization_id = $1 AND v.id = ANY($2) AND v.deleted_at IS NULL`,
      [organizationId, variableIds],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { listRows } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { PolicyReference } from '../text-options.js';
import type { Redaction } from './redaction.js';

/** A redaction to be stored. */
export interface NewRedaction {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly jobId: string;
  readonly policy: PolicyReference | undefined;
  readonly policySealed: Buffer;
  readonly documents: number;
  readonly createdBy: string;
}

const COLUMNS = `
  id, organization_id AS "organizationId", project_id AS "projectId", job_id AS "jobId", documents,
  CASE WHEN policy_id IS NOT NULL THEN json_build_object('id', policy_id, 'version', policy_version) END AS policy,
  created_by AS "createdBy", created_at AS "createdAt"`;

@Injectable()
export class RedactionsRepository {
  async insert(redaction: NewRedaction, tx: Tx): Promise<void> {
    const { id, organizationId, projectId, jobId, policy, policySealed, documents, createdBy } = redaction;
    await tx.query(
      `INSERT INTO redactions
         (id, organization_id, project_id, job_id, policy_id, policy_version, policy_sealed, documents, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[id, organizationId, projectId, jobId, policy?.id ?? null, policy?.version ?? null],
        ...[policySealed, documents, createdBy],
      ],
    );
  }

  list(organizationId: string, projectId: string, listing: Listing, db: Tx): Promise<Listed<Redaction>> {
    const where = [
      ['organization_id = ?', organizationId],
      ['project_id = ?', projectId],
    ] as const;
    const sort = { created_at: { column: 'created_at', type: 'timestamptz' } } as const;
    return listRows({ select: COLUMNS, from: 'redactions', where, sort }, listing, db);
  }

  async find(organizationId: string, projectId: string, id: string, db: Tx): Promise<Redaction | undefined> {
    const rows = await db.query(
      `SELECT ${COLUMNS} FROM redactions WHERE organization_id = $1 AND project_id = $2 AND id = $3`,
      [organizationId, projectId, id],
    );
    return rows[0];
  }

  /** Deletes all redactions of a project, with what they say of its documents. */
  async deleteOfProject(organizationId: string, projectId: string, tx: Tx): Promise<void> {
    const sql = 'DELETE FROM redactions WHERE organization_id = $1 AND project_id = $2';
    await tx.query(sql, [organizationId, projectId]);
  }
}

import { Injectable } from '@nestjs/common';
import { listRows } from '../../platform/database/list-rows.js';
import { prepared } from '../../platform/database/prepared.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { ShieldPolicy } from './shield-policy.js';
import type { PolicyOwner, PolicyVersion, StoredPolicy } from './stored-policy.js';

/** A policy that was found for one of several owners. */
export interface FoundPolicy extends StoredPolicy {
  /** Which of them, from 1. */
  readonly asked: number;
  readonly projectId: string | null;
}

/** An owner's row: without a policy where none was set, or it was taken back. */
export interface PolicyRow {
  readonly id: string;
  readonly version: number;
  readonly policy: ShieldPolicy | null;
}

/** What a change leaves. */
export interface NewVersion extends PolicyRow {
  readonly changedBy: string;
  readonly changedAt: Date;
}

const FIND = prepared(`
  SELECT asked.n::int AS asked,
         own.project_id AS "projectId",
         coalesce(own.id, whole.id) AS id,
         coalesce(own.version, whole.version) AS version,
         coalesce(own.policy, whole.policy) AS policy,
         coalesce(own.updated_by, whole.updated_by) AS "updatedBy",
         coalesce(own.updated_at, whole.updated_at) AS "updatedAt"
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (organization_id, project_id, n)
    LEFT JOIN shield_policies own
      ON own.organization_id = asked.organization_id AND own.project_id = asked.project_id
     AND own.policy IS NOT NULL
    LEFT JOIN shield_policies whole
      ON whole.organization_id = asked.organization_id AND whole.project_id IS NULL
     AND whole.policy IS NOT NULL
   WHERE own.id IS NOT NULL OR whole.id IS NOT NULL`);

const OWNED = 'organization_id = $1 AND project_id IS NOT DISTINCT FROM $2';

const VERSION = `policy_id AS "policyId", version, policy, changed_by AS "changedBy", changed_at AS "changedAt"`;

const parametersOf = ({ organizationId, projectId }: PolicyOwner): [string, string | null] => [
  organizationId,
  projectId ?? null,
];

@Injectable()
export class ShieldPoliciesRepository {
  /** What holds for each of them, in one statement: their project's, or else their organization's; the rest have none. */
  findInForce(owners: readonly PolicyOwner[], db: Tx): Promise<FoundPolicy[]> {
    const parameters = owners.map(parametersOf);
    return db.query(FIND, [parameters.map(([id]) => id), parameters.map(([, id]) => id)]);
  }

  async findId(owner: PolicyOwner, db: Tx): Promise<string | undefined> {
    const sql = `SELECT id FROM shield_policies WHERE ${OWNED}`;
    return (await db.query(sql, parametersOf(owner)))[0]?.id;
  }

  /** Makes an owner's row where there is none. */
  async insertEmpty(owner: PolicyOwner, id: string, userId: string, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO shield_policies (organization_id, project_id, id, updated_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organization_id, project_id) DO NOTHING`,
      [...parametersOf(owner), id, userId],
    );
  }

  /** Reads an owner's row and keeps others from changing it until the transaction ends. */
  async lock(owner: PolicyOwner, tx: Tx): Promise<PolicyRow | undefined> {
    const sql = `SELECT id, version, policy FROM shield_policies WHERE ${OWNED} FOR UPDATE`;
    return (await tx.query(sql, parametersOf(owner)))[0];
  }

  /** Writes what a change leaves, and keeps it as a version. */
  async change(organizationId: string, row: NewVersion, tx: Tx): Promise<void> {
    const { id, version, changedBy, changedAt } = row;
    const policy = row.policy && JSON.stringify(row.policy);
    const parameters = [organizationId, id, version, policy, changedBy, changedAt];
    await tx.query(
      `UPDATE shield_policies SET version = $3, policy = $4, updated_by = $5, updated_at = $6
        WHERE organization_id = $1 AND id = $2`,
      parameters,
    );
    await tx.query(
      `INSERT INTO shield_policy_versions (organization_id, policy_id, version, policy, changed_by, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      parameters,
    );
  }

  /** In the order they were made, which is that of their numbers. */
  listVersions(
    organizationId: string,
    policyId: string,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<PolicyVersion>> {
    const where = [
      ['organization_id = ?', organizationId],
      ['policy_id = ?', policyId],
    ] as const;
    const sort = { created_at: { column: 'version', type: 'integer' } } as const;
    const query = { select: VERSION, from: 'shield_policy_versions', where, sort, id: 'version::text' };
    return listRows(query, listing, db);
  }

  async findVersion(
    organizationId: string,
    policyId: string,
    version: number,
    db: Tx,
  ): Promise<PolicyVersion | undefined> {
    const rows = await db.query(
      `SELECT ${VERSION} FROM shield_policy_versions
        WHERE organization_id = $1 AND policy_id = $2 AND version = $3`,
      [organizationId, policyId, version],
    );
    return rows[0];
  }
}

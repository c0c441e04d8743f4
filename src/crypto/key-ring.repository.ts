import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';

export interface OrganizationKeyRow {
  readonly id: string;
  readonly organizationId: string;
  readonly version: number;
  readonly masterKeyId: string;
  readonly wrapped: Buffer;
}

export interface DataKeyRow {
  readonly id: string;
  readonly organizationId: string;
  readonly organizationKeyId: string;
  readonly purpose: string;
  readonly version: number;
  readonly wrapped: Buffer;
}

/** A data key together with the organization key that wraps it. */
export interface DataKeyChain extends DataKeyRow {
  readonly organizationKeyVersion: number;
  readonly organizationKeyWrapped: Buffer;
  readonly masterKeyId: string;
}

const ORGANIZATION_KEY =
  'id, organization_id AS "organizationId", version, master_key_id AS "masterKeyId", wrapped';

/** In one statement, so that no rotation comes between a key and its wrapper. */
export const DATA_KEY_CHAIN = `
  SELECT d.id, d.organization_id AS "organizationId", d.organization_key_id AS "organizationKeyId", d.purpose,
         d.version, d.wrapped, o.version AS "organizationKeyVersion", o.wrapped AS "organizationKeyWrapped",
         o.master_key_id AS "masterKeyId"
    FROM data_keys d
    JOIN organization_keys o ON o.id = d.organization_key_id AND o.organization_id = d.organization_id`;

/** The stored, wrapped keys of organizations. */
@Injectable()
export class KeyRingRepository {
  async insertOrganizationKey(row: OrganizationKeyRow, tx: Tx): Promise<void> {
    await tx.query(
      'INSERT INTO organization_keys (id, organization_id, version, master_key_id, wrapped) VALUES ($1, $2, $3, $4, $5)',
      [row.id, row.organizationId, row.version, row.masterKeyId, row.wrapped],
    );
  }

  async insertDataKey(row: DataKeyRow, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO data_keys (id, organization_id, organization_key_id, purpose, version, wrapped)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [row.id, row.organizationId, row.organizationKeyId, row.purpose, row.version, row.wrapped],
    );
  }

  /** Data keys that organizations should have and lack, as an older version made them. */
  listMissingDataKeys(
    purposes: readonly string[],
    db: Tx,
  ): Promise<{ organizationId: string; purpose: string }[]> {
    const sql = `
      SELECT o.organization_id AS "organizationId", wanted.purpose
        FROM (SELECT DISTINCT organization_id FROM organization_keys) o
       CROSS JOIN unnest($1::text[]) AS wanted (purpose)
       WHERE NOT EXISTS (SELECT FROM data_keys d
                          WHERE d.organization_id = o.organization_id AND d.purpose = wanted.purpose)
       ORDER BY 1, 2`;
    return db.query(sql, [purposes]);
  }

  /** Held until the transaction ends: a data key wrapped under it meanwhile is seen by whoever counts before it removes it. */
  async holdNewestOrganizationKey(organizationId: string, tx: Tx): Promise<OrganizationKeyRow | undefined> {
    const sql = `
      SELECT ${ORGANIZATION_KEY} FROM organization_keys
       WHERE organization_id = $1 ORDER BY version DESC LIMIT 1 FOR KEY SHARE`;
    return (await tx.query(sql, [organizationId]))[0];
  }

  /** Removes an organization's keys, and the keys of its files that were granted, which the instance's own key opens. */
  async deleteKeys(organizationId: string, tx: Tx): Promise<void> {
    for (const table of ['grants', 'data_keys', 'organization_keys'])
      await tx.query(`DELETE FROM ${table} WHERE organization_id = $1`, [organizationId]);
  }

  async findDataKey(organizationId: string, id: string, db: Tx): Promise<DataKeyChain | undefined> {
    const sql = `${DATA_KEY_CHAIN} WHERE d.organization_id = $1 AND d.id = $2`;
    return (await db.query(sql, [organizationId, id]))[0];
  }

  async findNewestDataKey(
    organizationId: string,
    purpose: string,
    db: Tx,
  ): Promise<DataKeyChain | undefined> {
    const sql = `${DATA_KEY_CHAIN} WHERE d.organization_id = $1 AND d.purpose = $2 ORDER BY d.version DESC LIMIT 1`;
    return (await db.query(sql, [organizationId, purpose]))[0];
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';

export interface MasterKeyRow {
  readonly id: string;
  readonly checkSealed: Buffer;
}

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

const ORGANIZATION_KEY =
  'id, organization_id AS "organizationId", version, master_key_id AS "masterKeyId", wrapped';
const DATA_KEY =
  'id, organization_id AS "organizationId", organization_key_id AS "organizationKeyId", purpose, version, wrapped';

/** The stored, wrapped keys. */
@Injectable()
export class KeyRingRepository {
  listMasterKeys(db: Tx): Promise<MasterKeyRow[]> {
    return db.query('SELECT id, check_sealed AS "checkSealed" FROM master_keys');
  }

  async insertMasterKey({ id, checkSealed }: MasterKeyRow, tx: Tx): Promise<void> {
    await tx.query('INSERT INTO master_keys (id, check_sealed) VALUES ($1, $2)', [id, checkSealed]);
  }

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

  async findOrganizationKey(
    organizationId: string,
    id: string,
    db: Tx,
  ): Promise<OrganizationKeyRow | undefined> {
    const sql = `SELECT ${ORGANIZATION_KEY} FROM organization_keys WHERE organization_id = $1 AND id = $2`;
    return (await db.query(sql, [organizationId, id]))[0];
  }

  async findNewestOrganizationKey(organizationId: string, db: Tx): Promise<OrganizationKeyRow | undefined> {
    const sql = `SELECT ${ORGANIZATION_KEY} FROM organization_keys WHERE organization_id = $1 ORDER BY version DESC LIMIT 1`;
    return (await db.query(sql, [organizationId]))[0];
  }

  async findDataKey(organizationId: string, id: string, db: Tx): Promise<DataKeyRow | undefined> {
    const sql = `SELECT ${DATA_KEY} FROM data_keys WHERE organization_id = $1 AND id = $2`;
    return (await db.query(sql, [organizationId, id]))[0];
  }

  async findNewestDataKey(organizationId: string, purpose: string, db: Tx): Promise<DataKeyRow | undefined> {
    const sql = `SELECT ${DATA_KEY} FROM data_keys WHERE organization_id = $1 AND purpose = $2 ORDER BY version DESC LIMIT 1`;
    return (await db.query(sql, [organizationId, purpose]))[0];
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import { DEFAULT_ORGANIZATION_SETTINGS, type OrganizationSettings } from './organization-settings.js';

/** Settings of organizations, where features of every level read them. Rows hold what differs from its default. */
@Injectable()
export class OrganizationSettingsRepository {
  async read(organizationId: string, db: Tx): Promise<OrganizationSettings> {
    return this.find('SELECT settings FROM organizations WHERE id = $1', organizationId, db);
  }

  /** The same, keeping other changes waiting until the transaction ends. */
  async lock(organizationId: string, tx: Tx): Promise<OrganizationSettings> {
    const sql = 'SELECT settings FROM organizations WHERE id = $1 FOR NO KEY UPDATE';
    return this.find(sql, organizationId, tx);
  }

  async write(organizationId: string, settings: OrganizationSettings, tx: Tx): Promise<void> {
    await tx.query(
      'UPDATE organizations SET settings = $2, version = version + 1, updated_at = now() WHERE id = $1',
      [organizationId, JSON.stringify(settings)],
    );
  }

  private async find(sql: string, organizationId: string, db: Tx): Promise<OrganizationSettings> {
    const [row] = await db.query(sql, [organizationId]);
    return { ...DEFAULT_ORGANIZATION_SETTINGS, ...row?.settings };
  }
}

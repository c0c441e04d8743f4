import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** Environments by the names that references have for them. */
@Injectable()
export class LinkedEnvironmentsRepository {
  /** All of an organization that go by these names, the oldest first: names of projects are not unique. */
  async listIds(organizationId: string, project: string, environment: string, db: Tx): Promise<string[]> {
    const rows: { id: string }[] = await db.query(
      `SELECT e.id FROM environments e JOIN projects p ON p.id = e.project_id
        WHERE e.organization_id = $1 AND p.organization_id = $1 AND p.name = $2 AND e.name = $3 ORDER BY e.id`,
      [organizationId, project, environment],
    );
    return rows.map(({ id }) => id);
  }
}

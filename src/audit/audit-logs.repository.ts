import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../platform/database/list-rows.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { AuditFilter, AuditRecord } from './audit-record.js';

/** An entry as it is stored: the details are sealed, and a `bigint` comes as text. */
export interface AuditRow
  extends Omit<
    AuditRecord,
    'number' | 'clientAddress' | 'userAgent' | 'methodUsed' | 'policyId' | 'policyVersion'
  > {
  readonly number: string;
  readonly sealed: Buffer;
}

const COLUMNS = `
  id, number, organization_id AS "organizationId", project_id AS "projectId", actor_type AS "actorType",
  actor_id AS "actorId", action, target_type AS "targetType", target_id AS "targetId",
  request_id AS "requestId", counts, sealed, created_at AS "createdAt"`;

@Injectable()
export class AuditLogsRepository {
  list(organizationId: string, filter: AuditFilter, listing: Listing, db: Tx): Promise<Listed<AuditRow>> {
    const query: RowQuery = {
      select: COLUMNS,
      from: 'audit_logs',
      where: [
        ['organization_id = ?', organizationId],
        ['action = ANY(?)', filter.actions],
        ['project_id = ?', filter.projectId],
        ['actor_id = ?', filter.actorId],
        ['target_type = ?', filter.targetType],
        ['target_id = ?', filter.targetId],
        ['request_id = ?', filter.requestId],
        ['created_at >= ?', filter.from],
        ['created_at < ?', filter.to],
      ],
      sort: { created_at: { column: 'created_at', type: 'timestamptz' } },
      // Entries of one moment keep the order in which they were written.
      id: 'number',
    };
    return listRows(query, listing, db);
  }
}

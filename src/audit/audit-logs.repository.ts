import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../platform/database/list-rows.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { AuditReach } from './audit-reach.policy.js';
import type { AuditFilter, AuditRecord } from './audit-record.js';

/** An entry as it is stored: the details are sealed, and a `bigint` comes as text. */
export interface AuditRow
  extends Pick<
    AuditRecord,
    | 'id'
    | 'organizationId'
    | 'projectId'
    | 'actorType'
    | 'actorId'
    | 'userId'
    | 'subjectUserId'
    | 'action'
    | 'targetType'
    | 'targetId'
    | 'requestId'
    | 'counts'
    | 'createdAt'
  > {
  readonly number: string;
  /** Null where they were erased. */
  readonly sealed: Buffer | null;
}

const COLUMNS = `
  id, number, organization_id AS "organizationId", project_id AS "projectId", actor_type AS "actorType",
  actor_id AS "actorId", user_id AS "userId", subject_user_id AS "subjectUserId", action,
  target_type AS "targetType", target_id AS "targetId", request_id AS "requestId", counts, sealed,
  created_at AS "createdAt"`;

type Condition = RowQuery['where'][number];

const OWN = 'user_id = ? OR subject_user_id = ?';

/** The part of the log that a reader has. Ids of organizations and of users never meet, so one list can hold both. */
function conditionsOf({ whole, own, userId }: AuditReach, sandboxes: readonly string[]): Condition[] {
  if (whole === 'instance') return [['organization_id <> ALL(?)', sandboxes]];
  const all: Condition = ['organization_id = ANY(?)', [...whole, ...own]];
  if (own.length === 0) return [all];
  if (whole.length === 0) return [all, [`(${OWN})`, userId]];
  return [all, [`(organization_id = ANY(?) OR ${OWN.replaceAll('= ?', '= ANY(?)')})`, [...whole, userId]]];
}

@Injectable()
export class AuditLogsRepository {
  /** @param sandboxes are left out of what a reader of the whole instance gets */
  list(
    reach: AuditReach,
    sandboxes: readonly string[],
    filter: AuditFilter,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<AuditRow>> {
    const query: RowQuery = {
      select: COLUMNS,
      from: 'audit_logs',
      where: [
        ...conditionsOf(reach, sandboxes),
        ['organization_id = ?', filter.organizationId],
        ['action = ANY(?)', filter.actions],
        ['project_id = ?', filter.projectId],
        ['actor_id = ?', filter.actorId],
        ['actor_type = ?', filter.actorType],
        ['user_id = ?', filter.userId],
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

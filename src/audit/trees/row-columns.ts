/** Columns of `audit_logs l` that an entry is made of, by the names of `LogRow`; its digest of what is sealed comes beside. */
export const ENTRY_COLUMNS = `
  l.id, l.number::float8 AS number, l.organization_id AS "organizationId", l.project_id AS "projectId",
  l.actor_type AS "actorType", l.actor_id AS "actorId", l.user_id AS "userId", l.subject_user_id AS "subjectUserId",
  l.action, l.target_type AS "targetType", l.target_id AS "targetId", l.request_id AS "requestId", l.counts,
  l.created_at AS "createdAt"`;

import { invalidField } from '../../platform/errors/app-error.js';
import { parseDateRange } from '../../platform/http/date-range.js';
import { AUDIT_ACTIONS, type AuditCategory, actionsIn } from '../audit-actions.js';
import type { AuditFilter } from '../audit-record.js';
import type { AuditLogQuery } from './audit-log.dto.js';

/** Actions as a client names them, comma-separated. @throws AppError VALIDATION_ERROR for one there is not */
function actionsNamed(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !AUDIT_ACTIONS.has(name));
  if (unknown === undefined) return names;
  const known = [...AUDIT_ACTIONS.keys()];
  throw invalidField('action', 'enum', `'action' must be of: ${known.join(', ')}.`, known);
}

/** The actions that a name and a category leave; undefined when neither is given. */
function actionsOf(action: string | undefined, category: AuditCategory | undefined): string[] | undefined {
  const named = action === undefined ? undefined : actionsNamed(action);
  if (category === undefined) return named;
  const allowed = actionsIn(category);
  return named?.filter((name) => allowed.includes(name)) ?? allowed;
}

/** @throws AppError VALIDATION_ERROR naming the parameter */
export const auditFilterOf = (query: AuditLogQuery): AuditFilter => ({
  actions: actionsOf(query.action, query.category),
  organizationId: query.organization_id,
  projectId: query.project_id,
  userId: query.user_id,
  actorType: query.actor_type,
  actorId: query.actor_id,
  targetType: query.target_type,
  targetId: query.target_id,
  requestId: query.request_id,
  ...parseDateRange(['created_after', query.created_after], ['created_before', query.created_before]),
});

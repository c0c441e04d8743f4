import type { AuditRecord } from '../audit-record.js';
import type { AuditLogDto } from './audit-log.dto.js';

export const presentAuditLog = (record: AuditRecord): AuditLogDto => ({
  id: record.id,
  number: record.number,
  organization_id: record.organizationId,
  project_id: record.projectId,
  actor_type: record.actorType,
  actor_id: record.actorId,
  user_id: record.userId,
  user_name: record.userName,
  user_email: record.userEmail,
  subject_user_id: record.subjectUserId,
  action: record.action,
  target_type: record.targetType,
  target_id: record.targetId,
  request_id: record.requestId,
  counts: { ...record.counts },
  ip_address: record.clientAddress,
  user_agent: record.userAgent,
  method_used: record.methodUsed,
  policy_id: record.policyId,
  policy_version: record.policyVersion,
  details: record.details && { ...record.details },
  created_at: record.createdAt.toISOString(),
});

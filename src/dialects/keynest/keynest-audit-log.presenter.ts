import type { AuditRecord } from '../../audit/index.js';
import { keynestActionOf, keynestTargetOf } from './keynest-audit-actions.js';
import type { KeynestAuditLogDto } from './keynest-audit-log.dto.js';

/** @param numbers of targets, by id */
export const presentKeynestAuditLog = (
  record: AuditRecord,
  numbers: ReadonlyMap<string, number>,
): KeynestAuditLogDto => ({
  id: record.number,
  user_name: record.userName,
  user_email: record.userEmail,
  action: keynestActionOf(record.action),
  target_type: keynestTargetOf(record.action, record.targetType),
  target_id: record.targetId === null ? null : (numbers.get(record.targetId) ?? null),
  details: { ...record.counts, ...record.details },
  ip_address: record.clientAddress,
  timestamp: record.createdAt.toISOString(),
});

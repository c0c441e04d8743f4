import type { AuditRecord } from '../../audit/index.js';
import type { SafekeylabAuditLogDto } from './safekeylab-audit-log.dto.js';

/** Our audit actions by SafeKeyLab's word for them: its log knows these alone. */
const WORDS: Readonly<Record<string, string>> = {
  'text.processed': 'process',
  'text.detected': 'detect',
  'batch.processed': 'batch',
};

export const SAFEKEYLAB_ACTIONS = Object.keys(WORDS);

export const presentSafekeylabAuditLog = (record: AuditRecord): SafekeylabAuditLogDto => ({
  timestamp: record.createdAt.toISOString(),
  request_id: record.requestId,
  action: WORDS[record.action] ?? record.action,
  entities_detected: record.counts.entities ?? 0,
  method_used: record.methodUsed,
  user_agent: record.userAgent,
  ip_address: record.clientAddress,
});

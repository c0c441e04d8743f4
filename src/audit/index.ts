export { AuditModule } from './audit.module.js';
export { AuditLogEntity } from './audit-log.entity.js';
export { AuditLogsService } from './audit-logs.service.js';
export type { AuditFilter, AuditRecord } from './audit-record.js';

export { AuditModule } from './audit.module.js';
export { AuditLogsService } from './audit-logs.service.js';
export type { AuditFilter, AuditRecord } from './audit-record.js';

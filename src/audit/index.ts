export { AUDIT_ERRORS } from './audit.errors.js';
export { AuditModule } from './audit.module.js';
export { AUDIT_ACTIONS } from './audit-actions.js';
export { AuditLogsService } from './audit-logs.service.js';
export { reachOfMemberships, reachOfOrganization } from './audit-reach.policy.js';
export type { AuditFilter, AuditRecord } from './audit-record.js';
export { LineageModule } from './lineage/lineage.module.js';
export { Lineage } from './lineage/lineage.service.js';
export { SequencingModule } from './sequencing/sequencing.module.js';

import { Module } from '@nestjs/common';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import { AuditLogsRepository } from './audit-logs.repository.js';
import { AuditLogsService } from './audit-logs.service.js';
import { AuditOpener } from './audit-opener.service.js';
import { ErasuresModule } from './erasures/erasures.module.js';
import { LogExports } from './exports/log-exports.service.js';
import { AuditLogsController } from './http/audit-logs.controller.js';
import { AuditProofsController } from './http/audit-proofs.controller.js';
import { AuditSegmentsController } from './http/audit-segments.controller.js';
import { LogLeavesRepository } from './proofs/log-leaves.repository.js';
import { LogProofs } from './proofs/log-proofs.service.js';
import { LogReader } from './proofs/log-reader.service.js';
import { LogVerdicts } from './proofs/log-verdicts.service.js';
import { SegmentsModule } from './segments/segments.module.js';
import { TreesModule } from './trees/trees.module.js';

/** Reading the audit log and what proves it. It is written by the platform's audit writer, in the transaction of each effect. */
@Module({
  imports: [ErasuresModule, SegmentsModule, TreesModule],
  controllers: [AuditLogsController, AuditProofsController, AuditSegmentsController],
  providers: [
    AuditLogsRepository,
    AuditLogsService,
    AuditOpener,
    ...[LogExports, LogLeavesRepository, LogProofs, LogReader, LogVerdicts],
    tenantDirectory('seg', 'audit_segments'),
  ],
  exports: [AuditLogsService],
})
export class AuditModule {}

import { Module } from '@nestjs/common';
import { AuditLogsRepository } from './audit-logs.repository.js';
import { AuditLogsService } from './audit-logs.service.js';
import { AuditOpener } from './audit-opener.service.js';
import { ErasuresModule } from './erasures/erasures.module.js';
import { AuditLogsController } from './http/audit-logs.controller.js';

/** Reading the audit log. It is written by the platform's audit writer, in the transaction of each effect. */
@Module({
  imports: [ErasuresModule],
  controllers: [AuditLogsController],
  providers: [AuditLogsRepository, AuditLogsService, AuditOpener],
  exports: [AuditLogsService],
})
export class AuditModule {}

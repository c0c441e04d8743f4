import { Controller, Get, Query } from '@nestjs/common';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { AuditLogsService } from '../audit-logs.service.js';
import { reachOfRoles } from '../audit-reach.policy.js';
import { AuditLogListDto, AuditLogQuery } from './audit-log.dto.js';
import { auditFilterOf } from './audit-log.filter.js';
import { presentAuditLog } from './audit-log.presenter.js';

const LIST = {
  access: 'audit:read',
  success: { status: 200, type: AuditLogListDto },
  errors: [400],
} as const;

@Controller('_core')
export class AuditLogsController {
  constructor(private readonly auditLogs: AuditLogsService) {}

  @Get('audit-logs')
  @CoreOperation({ id: 'audit.listAuditLogs', ...LIST })
  async listAuditLogs(
    @CurrentCaller() { principal }: Caller,
    @Query() query: AuditLogQuery,
  ): Promise<AuditLogListDto> {
    const listing = listingOf(query);
    const listed = await this.auditLogs.list(reachOfRoles(principal), auditFilterOf(query), listing);
    return listEnvelope(listed, listing, presentAuditLog);
  }

  @Get('auditlogs')
  @CoreOperation({ id: 'audit.listAuditlogs', ...LIST })
  listAuditlogs(@CurrentCaller() caller: Caller, @Query() query: AuditLogQuery): Promise<AuditLogListDto> {
    return this.listAuditLogs(caller, query);
  }
}

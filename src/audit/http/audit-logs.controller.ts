import { Controller, Get, Query } from '@nestjs/common';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { parseDateRange } from '../../platform/http/date-range.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { AuditLogsService } from '../audit-logs.service.js';
import { AuditLogListDto, AuditLogQuery } from './audit-log.dto.js';
import { presentAuditLog } from './audit-log.presenter.js';

@Controller('_core/audit-logs')
export class AuditLogsController {
  constructor(private readonly auditLogs: AuditLogsService) {}

  @Get()
  @CoreOperation({
    id: 'audit.listAuditLogs',
    access: 'audit:read',
    success: { status: 200, type: AuditLogListDto },
    errors: [400],
  })
  async listAuditLogs(
    @CurrentCaller() caller: Caller,
    @Query() query: AuditLogQuery,
  ): Promise<AuditLogListDto> {
    const listing = listingOf(query);
    const range = parseDateRange(
      ['created_after', query.created_after],
      ['created_before', query.created_before],
    );
    const filter = {
      actions: query.action === undefined ? undefined : [query.action],
      projectId: query.project_id,
      actorId: query.actor_id,
      targetType: query.target_type,
      targetId: query.target_id,
      requestId: query.request_id,
      ...range,
    };
    return listEnvelope(await this.auditLogs.list(caller, filter, listing), listing, presentAuditLog);
  }
}

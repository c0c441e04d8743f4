import { Controller, Get, Query } from '@nestjs/common';
import { AuditLogsService, reachOfOrganization } from '../../audit/index.js';
import { parseDateRange } from '../../platform/http/date-range.js';
import type { Listing } from '../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { SafekeylabAuditLogListDto, SafekeylabAuditLogQuery } from './safekeylab-audit-log.dto.js';
import { presentSafekeylabAuditLog, SAFEKEYLAB_ACTIONS } from './safekeylab-audit-log.presenter.js';
import { SafekeylabOperation } from './safekeylab-operation.decorator.js';

/** Most logs of one answer; a larger limit is clamped and the applied one reported. */
const MAX_LIMIT = 1_000;

@Controller('_safekeylab/audit-logs')
export class SafekeylabAuditLogsController {
  constructor(private readonly auditLogs: AuditLogsService) {}

  @Get()
  @SafekeylabOperation({
    id: 'safekeylab.listAuditLogs',
    access: 'audit:read',
    success: { status: 200, type: SafekeylabAuditLogListDto },
    errors: [400],
  })
  async listAuditLogs(
    @CurrentCaller() { principal }: Caller,
    @Query() query: SafekeylabAuditLogQuery,
  ): Promise<SafekeylabAuditLogListDto> {
    const range = parseDateRange(['start_date', query.start_date], ['end_date', query.end_date]);
    const page = { number: 1, size: Math.min(query.limit, MAX_LIMIT), offset: query.offset };
    const listing: Listing = { page, sort: 'created_at', order: 'desc', after: undefined };
    const filter = { actions: SAFEKEYLAB_ACTIONS, ...range };
    const { rows, total } = await this.auditLogs.list(reachOfOrganization(principal), filter, listing);
    return {
      logs: rows.map(presentSafekeylabAuditLog),
      pagination: { total, limit: page.size, offset: page.offset },
    };
  }
}

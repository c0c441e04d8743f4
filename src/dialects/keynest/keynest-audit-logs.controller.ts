import { Controller, Get, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { KeynestAddress } from './keynest-address.js';
import { KeynestAuditService } from './keynest-audit.service.js';
import { KeynestAuditLogListDto, KeynestAuditLogQuery } from './keynest-audit-log.dto.js';
import { keynestList } from './keynest-list.presenter.js';
import { keynestListing } from './keynest-list.query.js';
import { KeynestOperation } from './keynest-operation.decorator.js';

@Controller('_keynest/api/audit-logs')
export class KeynestAuditLogsController {
  constructor(
    private readonly auditLogs: KeynestAuditService,
    private readonly address: KeynestAddress,
  ) {}

  @Get()
  @KeynestOperation({
    id: 'keynest.listAuditLogs',
    access: 'audit:read',
    success: { status: 200, type: KeynestAuditLogListDto },
    errors: [400],
  })
  async listAuditLogs(
    @CurrentCaller() caller: Caller,
    @Query() query: KeynestAuditLogQuery,
    @Req() request: FastifyRequest,
  ): Promise<KeynestAuditLogListDto> {
    const listing = keynestListing(query);
    const listed = await this.auditLogs.listAuditLogs(caller, query, listing);
    const { page: _, ...filters } = query;
    const address = { base: this.address.baseOf(request), path: '/api/audit-logs/', filters };
    return keynestList(listed, listing.page, address);
  }
}

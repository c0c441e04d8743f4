import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { LogExports } from '../exports/log-exports.service.js';
import { Segments } from '../segments/segments.service.js';
import { AuditSegmentListDto, AuditSegmentQuery } from './audit-segment.dto.js';
import { presentSegment } from './audit-segment.presenter.js';

@Controller('_core/audit-logs/segments')
export class AuditSegmentsController {
  constructor(
    private readonly segments: Segments,
    private readonly exports: LogExports,
  ) {}

  @Get()
  @CoreOperation({
    id: 'audit.listSegments',
    access: 'audit:read',
    success: { status: 200, type: AuditSegmentListDto },
    errors: [400, 404],
  })
  async listSegments(
    @CurrentCaller() { principal }: Caller,
    @Query() query: AuditSegmentQuery,
  ): Promise<AuditSegmentListDto> {
    const listing = listingOf(query);
    const { organization_id, status } = query;
    const listed = await this.segments.list(principal, organization_id, status, listing);
    return listEnvelope(listed, listing, presentSegment);
  }

  @Get(':id')
  @CoreOperation({
    id: 'audit.exportSegment',
    access: 'audit:read',
    audit: 'audit_log.exported',
    transfer: 'download',
    success: { status: 200, binary: true },
    errors: [404, 409],
  })
  async exportSegment(@CurrentCaller() caller: Caller, @IdParam('seg') id: string): Promise<StreamableFile> {
    const segment = await this.segments.getArchived(caller.principal, id);
    const pieces = await this.exports.exportSegment(caller, segment);
    const { firstLeaf, leaves } = segment;
    const name = `audit-log-${firstLeaf}-${firstLeaf + leaves - 1}.jsonl`;
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), {
      type: 'application/jsonl; charset=utf-8',
      disposition: `attachment; filename="${name}"`,
    });
  }
}

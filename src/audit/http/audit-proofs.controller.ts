import { Readable } from 'node:stream';
import { Body, Controller, Get, Post, Query, StreamableFile } from '@nestjs/common';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { parseDateRange } from '../../platform/http/date-range.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { LogExports, type LogFormat } from '../exports/log-exports.service.js';
import { LogProofs } from '../proofs/log-proofs.service.js';
import { LogVerdicts } from '../proofs/log-verdicts.service.js';
import {
  AuditCheckpointDto,
  AuditCheckpointQuery,
  AuditExportQuery,
  AuditProofDto,
  AuditProofQuery,
  AuditVerdictDto,
  VerifyAuditLogDto,
} from './audit-proof.dto.js';
import { presentCheckpoint, presentProof, presentVerdict } from './audit-proof.presenter.js';

const TYPES: Readonly<Record<LogFormat, string>> = {
  jsonl: 'application/jsonl; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
};

const choiceOf = ({ log, organization_id }: AuditCheckpointQuery) => ({
  log,
  organizationId: organization_id,
});

@Controller('_core/audit-logs')
export class AuditProofsController {
  constructor(
    private readonly proofs: LogProofs,
    private readonly verdicts: LogVerdicts,
    private readonly exports: LogExports,
  ) {}

  @Get('checkpoint')
  @CoreOperation({
    id: 'audit.getCheckpoint',
    access: 'audit:read',
    success: { status: 200, type: AuditCheckpointDto },
    errors: [400, 404, 409],
  })
  async getCheckpoint(
    @CurrentCaller() caller: Caller,
    @Query() query: AuditCheckpointQuery,
  ): Promise<AuditCheckpointDto> {
    return presentCheckpoint(await this.proofs.newest(caller, choiceOf(query)));
  }

  @Get('proof')
  @CoreOperation({
    id: 'audit.getProof',
    access: 'audit:read',
    success: { status: 200, type: AuditProofDto },
    errors: [400, 404, 409],
  })
  async getProof(@CurrentCaller() caller: Caller, @Query() query: AuditProofQuery): Promise<AuditProofDto> {
    const { id, size, from_size: fromSize } = query;
    return presentProof(await this.proofs.prove(caller, { ...choiceOf(query), id, size, fromSize }));
  }

  @Post('verify')
  @CoreOperation({
    id: 'audit.verifyLog',
    access: 'audit:read',
    success: { status: 200, type: AuditVerdictDto },
    errors: [400, 404, 409, 413, 415],
  })
  async verifyLog(
    @CurrentCaller() caller: Caller,
    @Body() body: VerifyAuditLogDto,
  ): Promise<AuditVerdictDto> {
    const choice = { log: body.log, organizationId: body.organization_id };
    return presentVerdict(await this.verdicts.judge(caller, choice, body.checkpoint, body.entry));
  }

  @Get('export')
  @CoreOperation({
    id: 'audit.exportLog',
    access: 'audit:read',
    audit: 'audit_log.exported',
    transfer: 'download',
    success: { status: 200, binary: true },
    errors: [400, 404, 409],
  })
  async exportLog(
    @CurrentCaller() caller: Caller,
    @Query() query: AuditExportQuery,
  ): Promise<StreamableFile> {
    const { format, created_after, created_before } = query;
    const times = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    const pieces = await this.exports.export(caller, choiceOf(query), times, format);
    const disposition = `attachment; filename="audit-log-${query.log}.${format}"`;
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), {
      type: TYPES[format],
      disposition,
    });
  }
}

import { Body, Controller, Post, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { checkSecretFields } from '../../redactions/http/redaction-secrets.js';
import { RedactedDownloads } from '../redacted-downloads.service.js';
import { RedactedArchiveRequestDto } from './redacted-archive.dto.js';

@Controller('_core/projects/:id/redactions/download')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class RedactedArchiveController {
  constructor(private readonly downloads: RedactedDownloads) {}

  @Post()
  @ApiBody({ type: RedactedArchiveRequestDto, required: false })
  @CoreOperation({
    id: 'redaction.downloadRedactions',
    access: 'files:read',
    success: { status: 200, binary: true },
    transfer: 'download',
    errors: [400, 404, 413, 415, 422],
    audit: 'redaction.downloaded',
  })
  async downloadRedactions(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @Body() { document_ids, ...body }: RedactedArchiveRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const secrets = checkSecretFields(body);
    const bytes = await this.downloads.open(caller, { projectId: id, documentIds: document_ids, secrets });
    void reply.headers({
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="redacted-${id}.zip"`,
    });
    return new StreamableFile(bytes);
  }
}

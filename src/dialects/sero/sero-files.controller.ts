import { Body, Controller, Post, Res, type StreamableFile } from '@nestjs/common';
import { ApiBody, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DocumentOperations, DownloadRequestDto, FileOperations, UploadFormDto } from '../../files/index.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { CurrentForm, type IncomingForm } from '../../platform/http/multipart.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { SeroUploadedFileDto } from './sero-file.dto.js';
import { SeroOperation } from './sero-operation.decorator.js';

@Controller('_sero/files')
export class SeroFilesController {
  constructor(
    private readonly documents: DocumentOperations,
    private readonly files: FileOperations,
  ) {}

  @Post('upload')
  @SeroOperation({
    id: 'sero.uploadFile',
    access: 'files:write',
    form: UploadFormDto,
    placedByForm: true,
    transfer: 'upload',
    counts: 'uploads',
    success: { status: 201, type: SeroUploadedFileDto },
    errors: [400, 404, 409, 413, 415, 507],
    audit: 'document.uploaded',
    idempotent: true,
  })
  async uploadFile(
    @CurrentCaller() caller: Caller,
    @CurrentForm() form: IncomingForm,
  ): Promise<SeroUploadedFileDto> {
    const { file_id, document_id, filename, size, status } = await this.documents.upload(caller, form);
    return { file_id, document_id, filename, size, status };
  }

  @Post('id/:id/download')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @ApiBody({ type: DownloadRequestDto, required: false })
  @SeroOperation({
    id: 'sero.downloadFile',
    access: 'files:read',
    success: { status: 200, binary: true },
    transfer: 'download',
    errors: [400, 404, 413, 415],
    audit: 'file.downloaded',
  })
  downloadFile(
    @CurrentCaller() caller: Caller,
    @IdParam('file') id: string,
    @Body() body: DownloadRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.files.download(caller, id, body, reply);
  }
}

import { Body, Controller, Get, Post, Res, type StreamableFile } from '@nestjs/common';
import { ApiBody, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { CurrentForm, type IncomingForm } from '../../platform/http/multipart.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import type { UploadedFileDto } from './document.dto.js';
import { DocumentOperations } from './document-operations.js';
import { DownloadRequestDto, FileDto } from './file.dto.js';
import { FileOperations } from './file-operations.js';
import { UPLOAD } from './upload-operation.js';

const FileId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

@Controller('_core/files')
export class FilesController {
  constructor(
    private readonly operations: FileOperations,
    private readonly documents: DocumentOperations,
  ) {}

  @Post('upload')
  @CoreOperation({ id: 'files.uploadFile', ...UPLOAD })
  uploadFile(@CurrentCaller() caller: Caller, @CurrentForm() form: IncomingForm): Promise<UploadedFileDto> {
    return this.documents.upload(caller, form);
  }

  @Get(':id')
  @FileId()
  @CoreOperation({
    id: 'files.getFile',
    access: 'files:read',
    success: { status: 200, type: FileDto },
    errors: [404],
  })
  getFile(@CurrentCaller() caller: Caller, @IdParam('file') id: string): Promise<FileDto> {
    return this.operations.getFile(caller, id);
  }

  @Post('id/:id/download')
  @FileId()
  @ApiBody({ type: DownloadRequestDto, required: false })
  @CoreOperation({
    id: 'files.downloadFile',
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
    return this.operations.download(caller, id, body, reply);
  }
}

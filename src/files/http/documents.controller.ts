import { Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import { CurrentForm, type IncomingForm } from '../../platform/http/multipart.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { DocumentDto, DocumentListDto, DocumentQuery, UploadedFileDto } from './document.dto.js';
import { DocumentOperations } from './document-operations.js';
import { UPLOAD } from './upload-operation.js';

const DocumentId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

@Controller('_core/documents')
export class DocumentsController {
  constructor(private readonly operations: DocumentOperations) {}

  @Post()
  @CoreOperation({ id: 'files.createDocument', ...UPLOAD })
  createDocument(
    @CurrentCaller() caller: Caller,
    @CurrentForm() form: IncomingForm,
  ): Promise<UploadedFileDto> {
    return this.operations.upload(caller, form);
  }

  @Get()
  @CoreOperation({
    id: 'files.listDocuments',
    access: 'files:read',
    success: { status: 200, type: DocumentListDto },
    errors: [400],
  })
  async listDocuments(
    @CurrentCaller() caller: Caller,
    @Query() query: DocumentQuery,
  ): Promise<DocumentListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listDocuments(caller, query, listing);
    return listEnvelope(listed, listing, (document) => document);
  }

  @Get(':id')
  @DocumentId()
  @CoreOperation({
    id: 'files.getDocument',
    access: 'files:read',
    success: { status: 200, type: DocumentDto },
    errors: [404],
  })
  getDocument(@CurrentCaller() caller: Caller, @IdParam('doc') id: string): Promise<DocumentDto> {
    return this.operations.getDocument(caller, id);
  }

  @Delete(':id')
  @DocumentId()
  @CoreOperation({
    id: 'files.deleteDocument',
    access: 'files:write',
    success: { status: 204 },
    errors: [404, 409],
    audit: 'document.deleted',
    idempotent: true,
  })
  deleteDocument(@CurrentCaller() caller: Caller, @IdParam('doc') id: string): Promise<void> {
    return this.operations.deleteDocument(caller, id);
  }
}

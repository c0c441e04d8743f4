import { Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { UploadDtos } from '../../../files/index.js';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { CurrentForm, type IncomingForm } from '../../../platform/http/multipart.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { JobDto } from '../../../platform/queue/http/job.dto.js';
import {
  KnowledgeDocumentDto,
  KnowledgeDocumentListDto,
  KnowledgeDocumentQuery,
  UploadedKnowledgeDocumentDto,
} from './knowledge-document.dto.js';
import { KnowledgeDocumentOperations } from './knowledge-document-operations.js';

const DocumentId = (): MethodDecorator => ApiParam({ name: 'document_id', schema: { type: 'string' } });

@Controller('_core/knowledge/:id')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class KnowledgeDocumentsController {
  constructor(private readonly operations: KnowledgeDocumentOperations) {}

  @Post('documents')
  @CoreOperation({
    id: 'knowledge.createKnowledgeDocument',
    access: 'knowledge:write',
    form: UploadDtos.UploadFileDto,
    transfer: 'upload',
    counts: 'uploads',
    success: { status: 201, type: UploadedKnowledgeDocumentDto },
    errors: [400, 404, 409, 413, 415, 422, 507],
    audit: 'document.uploaded',
    idempotent: true,
  })
  createKnowledgeDocument(
    @CurrentCaller() caller: Caller,
    @IdParam('kb') id: string,
    @CurrentForm() form: IncomingForm,
  ): Promise<UploadedKnowledgeDocumentDto> {
    return this.operations.upload(caller, id, form);
  }

  @Get('documents')
  @CoreOperation({
    id: 'knowledge.listKnowledgeDocuments',
    access: 'knowledge:read',
    success: { status: 200, type: KnowledgeDocumentListDto },
    errors: [400, 404],
  })
  async listKnowledgeDocuments(
    @CurrentCaller() caller: Caller,
    @IdParam('kb') id: string,
    @Query() query: KnowledgeDocumentQuery,
  ): Promise<KnowledgeDocumentListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listDocuments(caller, id, query, listing);
    return listEnvelope(listed, listing, (document) => document);
  }

  @Get('documents/:document_id')
  @DocumentId()
  @CoreOperation({
    id: 'knowledge.getKnowledgeDocument',
    access: 'knowledge:read',
    success: { status: 200, type: KnowledgeDocumentDto },
    errors: [404],
  })
  getKnowledgeDocument(
    @CurrentCaller() caller: Caller,
    @IdParam('kb') id: string,
    @IdParam('doc', 'document_id') documentId: string,
  ): Promise<KnowledgeDocumentDto> {
    return this.operations.getDocument(caller, id, documentId);
  }

  @Delete('documents/:document_id')
  @DocumentId()
  @CoreOperation({
    id: 'knowledge.deleteKnowledgeDocument',
    access: 'knowledge:write',
    success: { status: 204 },
    errors: [404, 409],
    audit: 'document.deleted',
    idempotent: true,
  })
  deleteKnowledgeDocument(
    @CurrentCaller() caller: Caller,
    @IdParam('kb') id: string,
    @IdParam('doc', 'document_id') documentId: string,
  ): Promise<void> {
    return this.operations.deleteDocument(caller, id, documentId);
  }

  @Post('documents/:document_id/reindex')
  @DocumentId()
  @CoreOperation({
    id: 'knowledge.reindexKnowledgeDocument',
    access: 'knowledge:write',
    success: { status: 202, type: JobDto },
    errors: [404, 409],
    audit: 'knowledge_base.reindexed',
    idempotent: true,
  })
  reindexKnowledgeDocument(
    @CurrentCaller() caller: Caller,
    @IdParam('kb') id: string,
    @IdParam('doc', 'document_id') documentId: string,
  ): Promise<JobDto> {
    return this.operations.reindex(caller, id, documentId);
  }

  @Post('reindex')
  @CoreOperation({
    id: 'knowledge.reindexKnowledgeBase',
    access: 'knowledge:write',
    success: { status: 202, type: JobDto },
    errors: [404, 409, 422],
    audit: 'knowledge_base.reindexed',
    idempotent: true,
  })
  reindexKnowledgeBase(@CurrentCaller() caller: Caller, @IdParam('kb') id: string): Promise<JobDto> {
    return this.operations.reindex(caller, id);
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { DocumentListDto, ProjectDocumentQuery, RetentionDto } from './document.dto.js';
import { DocumentOperations } from './document-operations.js';

@Controller('_core/projects/:id')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class ProjectDocumentsController {
  constructor(private readonly operations: DocumentOperations) {}

  @Get('documents')
  @CoreOperation({
    id: 'files.listProjectDocuments',
    access: 'files:read',
    success: { status: 200, type: DocumentListDto },
    errors: [400, 404],
  })
  async listProjectDocuments(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @Query() query: ProjectDocumentQuery,
  ): Promise<DocumentListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listDocumentsOf(caller, id, query, listing);
    return listEnvelope(listed, listing, (document) => document);
  }

  @Get('retention')
  @CoreOperation({
    id: 'files.getRetention',
    access: 'files:read',
    success: { status: 200, type: RetentionDto },
    errors: [404],
  })
  getRetention(@CurrentCaller() caller: Caller, @IdParam('proj') id: string): Promise<RetentionDto> {
    return this.operations.getRetention(caller, id);
  }
}

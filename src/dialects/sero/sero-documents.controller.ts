import { Controller, Get, Header } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { DocumentOperations } from '../../files/index.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { SeroDocumentListDto } from './sero-document.dto.js';
import { presentSeroDocument } from './sero-document.presenter.js';
import { seroList } from './sero-list.js';
import { SeroOperation } from './sero-operation.decorator.js';

@Controller('_sero/projects/:id/documents')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class SeroDocumentsController {
  constructor(private readonly operations: DocumentOperations) {}

  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  @SeroOperation({
    id: 'sero.listDocuments',
    access: 'files:read',
    success: { status: 200, type: SeroDocumentListDto },
    errors: [404],
  })
  async listDocuments(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
  ): Promise<AsyncGenerator<string>> {
    return seroList('documents', await this.operations.walkDocuments(caller, id), presentSeroDocument);
  }
}

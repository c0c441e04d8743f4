import { Body, Controller, Post } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { KnowledgeBasesService } from '../../bases/knowledge-bases.service.js';
import { KnowledgeSearch } from '../knowledge-search.service.js';
import { KnowledgeSearchDto, KnowledgeSearchResultDto } from './knowledge-search.dto.js';
import { presentPassage } from './knowledge-search.presenter.js';

@Controller('_core/knowledge/:id/search')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class KnowledgeSearchController {
  constructor(
    private readonly bases: KnowledgeBasesService,
    private readonly knowledge: KnowledgeSearch,
  ) {}

  @Post()
  @CoreOperation({
    id: 'knowledge.searchKnowledgeBase',
    access: 'knowledge:read',
    success: { status: 200, type: KnowledgeSearchResultDto },
    errors: [400, 404, 413, 415],
  })
  async searchKnowledgeBase(
    @CurrentCaller() caller: Caller,
    @IdParam('kb') id: string,
    @Body() { query, limit, document_ids: documentIds }: KnowledgeSearchDto,
  ): Promise<KnowledgeSearchResultDto> {
    await this.bases.getRow(caller, id);
    const scopes = [{ knowledgeBaseId: id, documentIds }];
    const { passages, ranking } = await this.knowledge.search({ caller, query, limit, scopes });
    return { data: passages.map(presentPassage), ranking };
  }
}

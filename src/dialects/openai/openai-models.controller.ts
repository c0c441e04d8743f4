import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { ModelDtos, ModelsService } from '../../completions/index.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { ModelListDto, ModelQuery, presentModels } from './openai-model-list.js';
import { OpenaiOperation } from './openai-operation.decorator.js';

const READ = { access: 'models:read' } as const;

@Controller('_openai/models')
export class OpenaiModelsController {
  constructor(private readonly models: ModelsService) {}

  @Get()
  @OpenaiOperation({
    id: 'openai.listModels',
    ...READ,
    success: { status: 200, type: ModelListDto },
    errors: [400],
  })
  async listModels(
    @CurrentCaller() { principal }: Caller,
    @Query() query: ModelQuery,
  ): Promise<ModelListDto> {
    return presentModels(await this.models.list(principal), query);
  }

  @Get(':id')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @OpenaiOperation({
    id: 'openai.getModel',
    ...READ,
    success: { status: 200, type: ModelDtos.ModelDto },
    errors: [400, 404],
  })
  getModel(@CurrentCaller() { principal }: Caller, @Param('id') id: string): Promise<ModelDtos.ModelDto> {
    return this.models.get(principal, id);
  }
}

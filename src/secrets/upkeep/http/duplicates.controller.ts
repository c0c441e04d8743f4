import { Controller, Get, Query } from '@nestjs/common';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { DuplicateListDto, DuplicateQuery } from './duplicates.dto.js';
import { UpkeepOperations } from './upkeep-operations.js';

@Controller('_core/variables/duplicates')
export class DuplicatesController {
  constructor(private readonly operations: UpkeepOperations) {}

  @Get()
  @CoreOperation({
    id: 'secrets.listDuplicates',
    access: 'secrets:reveal',
    success: { status: 200, type: DuplicateListDto },
    errors: [400],
  })
  listDuplicates(@CurrentCaller() caller: Caller, @Query() query: DuplicateQuery): Promise<DuplicateListDto> {
    return this.operations.listDuplicates(caller, query);
  }
}

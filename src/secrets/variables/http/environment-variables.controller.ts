import { Controller, Get, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { keptAnswers } from '../../../platform/http/kept-answers.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { type VariableDto, VariableListDto } from './variable.dto.js';
import { EnvironmentVariableQuery } from './variable.query.js';
import { VariableReading } from './variable-reading.js';

/** Pages that nothing has changed since, by the rows they show. */
const shown = new WeakMap<readonly VariableDto[], VariableListDto>();

@Controller('_core/environments/:id/variables')
export class EnvironmentVariablesController {
  constructor(private readonly reading: VariableReading) {}

  @Get()
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'secrets.listEnvironmentVariables',
    access: 'secrets:read',
    success: { status: 200, type: VariableListDto },
    errors: [400, 404],
    audit: 'environment.read',
  })
  async listEnvironmentVariables(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @Query() query: EnvironmentVariableQuery,
  ): Promise<VariableListDto> {
    const listing = listingOf(query);
    const listed = await this.reading.listVariables(caller, id, query, listing);
    const known = shown.get(listed.rows);
    if (known) return known;
    const page = keptAnswers.keep(listEnvelope(listed, listing, (variable) => variable));
    shown.set(listed.rows, page);
    return page;
  }
}

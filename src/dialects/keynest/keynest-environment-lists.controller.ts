import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { KeynestAddress } from './keynest-address.js';
import { KeynestEnvironmentListDto, KeynestProjectEnvironmentQuery } from './keynest-environment.dto.js';
import { KeynestEnvironmentOperations } from './keynest-environment-operations.js';
import { keynestList } from './keynest-list.presenter.js';
import { keynestListing } from './keynest-list.query.js';
import { NumberParam } from './keynest-number.decorator.js';
import { KeynestOperation } from './keynest-operation.decorator.js';
import { KeynestEnvironmentVariableQuery, KeynestVariableListDto } from './keynest-variable.dto.js';
import { KeynestVariableLists } from './keynest-variable-lists.js';

const ID = { name: 'id', schema: { type: 'integer' as const } };

/** Lists below what they belong to: environments of a project, variables of an environment. */
@Controller('_keynest/api')
export class KeynestEnvironmentListsController {
  constructor(
    private readonly environments: KeynestEnvironmentOperations,
    private readonly variables: KeynestVariableLists,
    private readonly address: KeynestAddress,
  ) {}

  @Get('projects/:id/environments')
  @ApiParam(ID)
  @KeynestOperation({
    id: 'keynest.listProjectEnvironments',
    access: 'secrets:read',
    success: { status: 200, type: KeynestEnvironmentListDto },
    errors: [400, 404],
    numbered: 'proj',
  })
  async listProjectEnvironments(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Query() query: KeynestProjectEnvironmentQuery,
    @Req() request: FastifyRequest,
  ): Promise<KeynestEnvironmentListDto> {
    const listing = keynestListing(query);
    const listed = await this.environments.listProjectEnvironments(caller, number, query, listing);
    const { page: _, ...filters } = query;
    const path = `/api/projects/${number}/environments/`;
    return keynestList(listed, listing.page, { base: this.address.baseOf(request), path, filters });
  }

  @Get('environments/:id/variables')
  @ApiParam(ID)
  @KeynestOperation({
    id: 'keynest.listEnvironmentVariables',
    access: 'secrets:read',
    success: { status: 200, type: KeynestVariableListDto },
    errors: [400, 404],
    audit: 'environment.read',
    numbered: 'env',
  })
  async listEnvironmentVariables(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Query() query: KeynestEnvironmentVariableQuery,
    @Req() request: FastifyRequest,
  ): Promise<KeynestVariableListDto> {
    const listing = keynestListing(query);
    const listed = await this.variables.listOfEnvironment(caller, number, query, listing);
    const { page: _, ...filters } = query;
    const path = `/api/environments/${number}/variables/`;
    return keynestList(listed, listing.page, { base: this.address.baseOf(request), path, filters });
  }
}

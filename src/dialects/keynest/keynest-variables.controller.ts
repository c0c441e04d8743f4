import { Body, Controller, Delete, Get, Patch, Post, Put, Query, Req } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { KeynestAddress } from './keynest-address.js';
import { keynestList } from './keynest-list.presenter.js';
import { keynestListing } from './keynest-list.query.js';
import { NumberParam } from './keynest-number.decorator.js';
import { KeynestOperation } from './keynest-operation.decorator.js';
import {
  CreateKeynestVariableDto,
  KeynestVariableDto,
  KeynestVariableListDto,
  KeynestVariableQuery,
  UpdateKeynestVariableDto,
} from './keynest-variable.dto.js';
import { KeynestVariableLists } from './keynest-variable-lists.js';
import { KeynestVariableOperations } from './keynest-variable-operations.js';

const ID = { name: 'id', schema: { type: 'integer' as const } };

const CHANGE = {
  access: 'secrets:write',
  success: { status: 200, type: KeynestVariableDto },
  errors: [400, 404, 409, 413, 415],
  audit: 'variable.updated',
  idempotent: true,
  numbered: 'var',
} as const;

@Controller('_keynest/api/variables')
export class KeynestVariablesController {
  constructor(
    private readonly operations: KeynestVariableOperations,
    private readonly lists: KeynestVariableLists,
    private readonly address: KeynestAddress,
  ) {}

  @Get()
  @KeynestOperation({
    id: 'keynest.listVariables',
    access: 'secrets:read',
    success: { status: 200, type: KeynestVariableListDto },
    errors: [400],
    audit: 'environment.read',
  })
  async listVariables(
    @CurrentCaller() caller: Caller,
    @Query() query: KeynestVariableQuery,
    @Req() request: FastifyRequest,
  ): Promise<KeynestVariableListDto> {
    const listing = keynestListing(query);
    const listed = await this.lists.listVariables(caller, query, listing);
    const { page: _, ...filters } = query;
    const address = { base: this.address.baseOf(request), path: '/api/variables/', filters };
    return keynestList(listed, listing.page, address);
  }

  @Post()
  @KeynestOperation({
    id: 'keynest.createVariable',
    access: 'secrets:write',
    success: { status: 201, type: KeynestVariableDto },
    errors: [400, 409, 413, 415],
    audit: 'variable.created',
    idempotent: true,
  })
  createVariable(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateKeynestVariableDto,
  ): Promise<KeynestVariableDto> {
    return this.operations.createVariable(caller, body);
  }

  @Get(':id')
  @ApiParam(ID)
  @KeynestOperation({
    id: 'keynest.getVariable',
    access: 'secrets:read',
    success: { status: 200, type: KeynestVariableDto },
    errors: [404],
    audit: 'variable.read',
    numbered: 'var',
  })
  getVariable(@CurrentCaller() caller: Caller, @NumberParam() number: number): Promise<KeynestVariableDto> {
    return this.operations.getVariable(caller, number);
  }

  @Patch(':id')
  @ApiParam(ID)
  @KeynestOperation({ id: 'keynest.updateVariable', ...CHANGE })
  updateVariable(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Body() body: UpdateKeynestVariableDto,
  ): Promise<KeynestVariableDto> {
    return this.operations.updateVariable(caller, number, body);
  }

  @Put(':id')
  @ApiParam(ID)
  @KeynestOperation({ id: 'keynest.putVariable', ...CHANGE })
  putVariable(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Body() body: UpdateKeynestVariableDto,
  ): Promise<KeynestVariableDto> {
    return this.operations.updateVariable(caller, number, body);
  }

  @Delete(':id')
  @ApiParam(ID)
  @KeynestOperation({
    id: 'keynest.deleteVariable',
    access: 'secrets:write',
    success: { status: 204 },
    errors: [404],
    audit: 'variable.deleted',
    idempotent: true,
    numbered: 'var',
  })
  deleteVariable(@CurrentCaller() caller: Caller, @NumberParam() number: number): Promise<void> {
    return this.operations.deleteVariable(caller, number);
  }
}

import { Body, Controller, Delete, Get, Patch, Post, Put, Query, Req } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { KeynestAddress } from './keynest-address.js';
import {
  CreateKeynestEnvironmentDto,
  KeynestEnvironmentDto,
  KeynestEnvironmentListDto,
  KeynestEnvironmentQuery,
  UpdateKeynestEnvironmentDto,
} from './keynest-environment.dto.js';
import { KeynestEnvironmentOperations } from './keynest-environment-operations.js';
import { keynestList } from './keynest-list.presenter.js';
import { keynestListing } from './keynest-list.query.js';
import { NumberParam } from './keynest-number.decorator.js';
import { KeynestOperation } from './keynest-operation.decorator.js';

const ID = { name: 'id', schema: { type: 'integer' as const } };

const CHANGE = {
  access: 'secrets:write',
  success: { status: 200, type: KeynestEnvironmentDto },
  errors: [400, 404, 409, 413, 415],
  audit: 'environment.updated',
  idempotent: true,
  numbered: 'env',
} as const;

@Controller('_keynest/api/environments')
export class KeynestEnvironmentsController {
  constructor(
    private readonly operations: KeynestEnvironmentOperations,
    private readonly address: KeynestAddress,
  ) {}

  @Get()
  @KeynestOperation({
    id: 'keynest.listEnvironments',
    access: 'secrets:read',
    success: { status: 200, type: KeynestEnvironmentListDto },
    errors: [400],
  })
  async listEnvironments(
    @CurrentCaller() caller: Caller,
    @Query() query: KeynestEnvironmentQuery,
    @Req() request: FastifyRequest,
  ): Promise<KeynestEnvironmentListDto> {
    const listing = keynestListing(query);
    const listed = await this.operations.listEnvironments(caller, query, listing);
    const { page: _, ...filters } = query;
    const address = { base: this.address.baseOf(request), path: '/api/environments/', filters };
    return keynestList(listed, listing.page, address);
  }

  @Post()
  @KeynestOperation({
    id: 'keynest.createEnvironment',
    access: 'secrets:write',
    success: { status: 201, type: KeynestEnvironmentDto },
    errors: [400, 409, 413, 415],
    audit: 'environment.created',
    idempotent: true,
  })
  createEnvironment(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateKeynestEnvironmentDto,
  ): Promise<KeynestEnvironmentDto> {
    return this.operations.createEnvironment(caller, body);
  }

  @Get(':id')
  @ApiParam(ID)
  @KeynestOperation({
    id: 'keynest.getEnvironment',
    access: 'secrets:read',
    success: { status: 200, type: KeynestEnvironmentDto },
    errors: [404],
    numbered: 'env',
  })
  getEnvironment(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
  ): Promise<KeynestEnvironmentDto> {
    return this.operations.getEnvironment(caller, number);
  }

  @Patch(':id')
  @ApiParam(ID)
  @KeynestOperation({ id: 'keynest.updateEnvironment', ...CHANGE })
  updateEnvironment(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Body() body: UpdateKeynestEnvironmentDto,
  ): Promise<KeynestEnvironmentDto> {
    return this.operations.updateEnvironment(caller, number, body);
  }

  @Put(':id')
  @ApiParam(ID)
  @KeynestOperation({ id: 'keynest.putEnvironment', ...CHANGE })
  putEnvironment(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Body() body: UpdateKeynestEnvironmentDto,
  ): Promise<KeynestEnvironmentDto> {
    return this.operations.updateEnvironment(caller, number, body);
  }

  @Delete(':id')
  @ApiParam(ID)
  @KeynestOperation({
    id: 'keynest.deleteEnvironment',
    access: 'secrets:delete',
    success: { status: 204 },
    errors: [404, 409],
    audit: 'environment.deleted',
    idempotent: true,
    numbered: 'env',
  })
  deleteEnvironment(@CurrentCaller() caller: Caller, @NumberParam() number: number): Promise<void> {
    return this.operations.deleteEnvironment(caller, number);
  }
}

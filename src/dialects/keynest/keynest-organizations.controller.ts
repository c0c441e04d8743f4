import { Body, Controller, Delete, Get, Patch, Post, Put, Query, Req } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { KeynestAddress } from './keynest-address.js';
import { keynestList } from './keynest-list.presenter.js';
import { KeynestListQuery, keynestListing } from './keynest-list.query.js';
import { NumberParam } from './keynest-number.decorator.js';
import { KeynestOperation } from './keynest-operation.decorator.js';
import {
  CreateKeynestOrganizationDto,
  KeynestOrganizationDto,
  KeynestOrganizationListDto,
  UpdateKeynestOrganizationDto,
} from './keynest-organization.dto.js';
import { KeynestOrganizationOperations } from './keynest-organization-operations.js';

const ID = { name: 'id', schema: { type: 'integer' as const } };

const CHANGE = {
  access: 'organizations:manage',
  success: { status: 200, type: KeynestOrganizationDto },
  errors: [400, 404, 409, 413, 415],
  audit: 'organization.updated',
  idempotent: true,
  numbered: 'org',
} as const;

@Controller('_keynest/api/organizations')
export class KeynestOrganizationsController {
  constructor(
    private readonly operations: KeynestOrganizationOperations,
    private readonly address: KeynestAddress,
  ) {}

  @Get()
  @KeynestOperation({
    id: 'keynest.listOrganizations',
    access: 'organizations:read',
    success: { status: 200, type: KeynestOrganizationListDto },
    errors: [400],
  })
  async listOrganizations(
    @CurrentCaller() caller: Caller,
    @Query() query: KeynestListQuery,
    @Req() request: FastifyRequest,
  ): Promise<KeynestOrganizationListDto> {
    const listing = keynestListing(query);
    const listed = await this.operations.listOrganizations(caller, listing);
    const address = { base: this.address.baseOf(request), path: '/api/organizations/', filters: {} };
    return keynestList(listed, listing.page, address);
  }

  @Post()
  @KeynestOperation({
    id: 'keynest.createOrganization',
    access: 'organizations:write',
    success: { status: 201, type: KeynestOrganizationDto },
    errors: [400, 409, 413, 415],
    audit: 'organization.created',
    idempotent: true,
  })
  createOrganization(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateKeynestOrganizationDto,
  ): Promise<KeynestOrganizationDto> {
    return this.operations.createOrganization(caller, body);
  }

  @Get(':id')
  @ApiParam(ID)
  @KeynestOperation({
    id: 'keynest.getOrganization',
    access: 'organizations:read',
    success: { status: 200, type: KeynestOrganizationDto },
    errors: [404],
    numbered: 'org',
  })
  getOrganization(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
  ): Promise<KeynestOrganizationDto> {
    return this.operations.getOrganization(caller, number);
  }

  @Patch(':id')
  @ApiParam(ID)
  @KeynestOperation({ id: 'keynest.updateOrganization', ...CHANGE })
  updateOrganization(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Body() body: UpdateKeynestOrganizationDto,
  ): Promise<KeynestOrganizationDto> {
    return this.operations.updateOrganization(caller, number, body);
  }

  @Put(':id')
  @ApiParam(ID)
  @KeynestOperation({ id: 'keynest.putOrganization', ...CHANGE })
  putOrganization(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Body() body: UpdateKeynestOrganizationDto,
  ): Promise<KeynestOrganizationDto> {
    return this.operations.updateOrganization(caller, number, body);
  }

  @Delete(':id')
  @ApiParam(ID)
  @KeynestOperation({
    id: 'keynest.deleteOrganization',
    access: 'organizations:manage',
    success: { status: 204 },
    errors: [404, 409],
    audit: 'organization.deleted',
    idempotent: true,
    numbered: 'org',
  })
  deleteOrganization(@CurrentCaller() caller: Caller, @NumberParam() number: number): Promise<void> {
    return this.operations.deleteOrganization(caller, number);
  }
}

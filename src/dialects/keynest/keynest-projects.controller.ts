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
  CreateKeynestProjectDto,
  KeynestProjectDto,
  KeynestProjectListDto,
  KeynestProjectQuery,
  UpdateKeynestProjectDto,
} from './keynest-project.dto.js';
import { KeynestProjectOperations } from './keynest-project-operations.js';

const ID = { name: 'id', schema: { type: 'integer' as const } };

const CHANGE = {
  access: 'projects:write',
  success: { status: 200, type: KeynestProjectDto },
  errors: [400, 404, 413, 415],
  audit: 'project.updated',
  idempotent: true,
  numbered: 'proj',
} as const;

@Controller('_keynest/api/projects')
export class KeynestProjectsController {
  constructor(
    private readonly operations: KeynestProjectOperations,
    private readonly address: KeynestAddress,
  ) {}

  @Get()
  @KeynestOperation({
    id: 'keynest.listProjects',
    access: 'projects:read',
    success: { status: 200, type: KeynestProjectListDto },
    errors: [400],
  })
  async listProjects(
    @CurrentCaller() caller: Caller,
    @Query() query: KeynestProjectQuery,
    @Req() request: FastifyRequest,
  ): Promise<KeynestProjectListDto> {
    const listing = keynestListing(query);
    const listed = await this.operations.listProjects(caller, query, listing);
    const { page: _, ...filters } = query;
    const address = { base: this.address.baseOf(request), path: '/api/projects/', filters };
    return keynestList(listed, listing.page, address);
  }

  @Post()
  @KeynestOperation({
    id: 'keynest.createProject',
    access: 'projects:write',
    success: { status: 201, type: KeynestProjectDto },
    errors: [400, 413, 415],
    audit: 'project.created',
    idempotent: true,
  })
  createProject(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateKeynestProjectDto,
  ): Promise<KeynestProjectDto> {
    return this.operations.createProject(caller, body);
  }

  @Get(':id')
  @ApiParam(ID)
  @KeynestOperation({
    id: 'keynest.getProject',
    access: 'projects:read',
    success: { status: 200, type: KeynestProjectDto },
    errors: [404],
    numbered: 'proj',
  })
  getProject(@CurrentCaller() caller: Caller, @NumberParam() number: number): Promise<KeynestProjectDto> {
    return this.operations.getProject(caller, number);
  }

  @Patch(':id')
  @ApiParam(ID)
  @KeynestOperation({ id: 'keynest.updateProject', ...CHANGE })
  updateProject(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Body() body: UpdateKeynestProjectDto,
  ): Promise<KeynestProjectDto> {
    return this.operations.updateProject(caller, number, body);
  }

  @Put(':id')
  @ApiParam(ID)
  @KeynestOperation({ id: 'keynest.putProject', ...CHANGE })
  putProject(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Body() body: UpdateKeynestProjectDto,
  ): Promise<KeynestProjectDto> {
    return this.operations.updateProject(caller, number, body);
  }

  @Delete(':id')
  @ApiParam(ID)
  @KeynestOperation({
    id: 'keynest.deleteProject',
    access: 'projects:delete',
    success: { status: 204 },
    errors: [404],
    audit: 'project.deleted',
    idempotent: true,
    numbered: 'proj',
  })
  deleteProject(@CurrentCaller() caller: Caller, @NumberParam() number: number): Promise<void> {
    return this.operations.deleteProject(caller, number);
  }
}

import { Body, Controller, Delete, Get, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import {
  answerVersioned,
  ConditionalRead,
  ConditionalWrite,
  type IfMatch,
  IfMatchHeader,
} from '../../platform/http/etag.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import {
  CreateOrganizationDto,
  OrganizationDto,
  OrganizationListDto,
  OrganizationQuery,
  UpdateOrganizationDto,
} from './organization.dto.js';
import { OrganizationOperations } from './organization-operations.js';

const OrganizationId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

const SHOWN = { status: 200, type: OrganizationDto, etag: true } as const;

@Controller('_core/organizations')
export class OrganizationsController {
  constructor(private readonly operations: OrganizationOperations) {}

  @Post()
  @CoreOperation({
    id: 'organizations.createOrganization',
    access: 'organizations:write',
    success: { ...SHOWN, status: 201 },
    errors: [400, 409, 413, 415],
    audit: 'organization.created',
    idempotent: true,
  })
  async createOrganization(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateOrganizationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrganizationDto | undefined> {
    return answerVersioned(reply, await this.operations.createOrganization(caller, body));
  }

  @Get()
  @CoreOperation({
    id: 'organizations.listOrganizations',
    access: 'organizations:read',
    success: { status: 200, type: OrganizationListDto },
    errors: [400],
  })
  async listOrganizations(
    @CurrentCaller() caller: Caller,
    @Query() query: OrganizationQuery,
  ): Promise<OrganizationListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listOrganizations(caller, query, listing);
    return listEnvelope(listed, listing, (organization) => organization);
  }

  @Get(':id')
  @OrganizationId()
  @ConditionalRead()
  @CoreOperation({
    id: 'organizations.getOrganization',
    access: 'organizations:read',
    success: SHOWN,
    errors: [400, 404],
  })
  async getOrganization(
    @CurrentCaller() caller: Caller,
    @IdParam('org') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrganizationDto | undefined> {
    return answerVersioned(reply, await this.operations.getOrganization(caller, id));
  }

  @Patch(':id')
  @OrganizationId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'organizations.updateOrganization',
    access: 'organizations:manage',
    success: SHOWN,
    errors: [400, 404, 409, 412, 413, 415],
    audit: 'organization.updated',
    idempotent: true,
  })
  async updateOrganization(
    @CurrentCaller() caller: Caller,
    @IdParam('org') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateOrganizationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrganizationDto | undefined> {
    return answerVersioned(reply, await this.operations.updateOrganization(caller, id, body, ifMatch));
  }

  @Delete(':id')
  @OrganizationId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'organizations.deleteOrganization',
    access: 'organizations:manage',
    success: { status: 204 },
    errors: [400, 404, 409, 412],
    audit: 'organization.deleted',
    idempotent: true,
  })
  deleteOrganization(
    @CurrentCaller() caller: Caller,
    @IdParam('org') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    return this.operations.deleteOrganization(caller, id, ifMatch);
  }
}

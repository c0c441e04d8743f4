import { Body, Controller, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { answerVersioned, type IfMatch, IfMatchHeader } from '../../platform/http/etag.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { operationsOf } from '../../platform/http/versioned-resource.js';
import {
  CreateOrganizationDto,
  OrganizationDto,
  OrganizationListDto,
  OrganizationQuery,
  UpdateOrganizationDto,
} from './organization.dto.js';
import { OrganizationOperations } from './organization-operations.js';

const { Create, List, Read, Update, Remove } = operationsOf({
  ...{ module: 'organizations', noun: 'Organization', plural: 'Organizations', event: 'organization' },
  ...{ read: 'organizations:read', create: 'organizations:write', write: 'organizations:manage' },
  ...{ type: OrganizationDto, list: OrganizationListDto },
});

@Controller('_core/organizations')
export class OrganizationsController {
  constructor(private readonly operations: OrganizationOperations) {}

  @Create({ errors: [409] })
  async createOrganization(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateOrganizationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrganizationDto | undefined> {
    return answerVersioned(reply, await this.operations.createOrganization(caller, body));
  }

  @List()
  async listOrganizations(
    @CurrentCaller() caller: Caller,
    @Query() query: OrganizationQuery,
  ): Promise<OrganizationListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listOrganizations(caller, query, listing);
    return listEnvelope(listed, listing, (organization) => organization);
  }

  @Read()
  async getOrganization(
    @CurrentCaller() caller: Caller,
    @IdParam('org') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrganizationDto | undefined> {
    return answerVersioned(reply, await this.operations.getOrganization(caller, id));
  }

  @Update({ errors: [409] })
  async updateOrganization(
    @CurrentCaller() caller: Caller,
    @IdParam('org') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateOrganizationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrganizationDto | undefined> {
    return answerVersioned(reply, await this.operations.updateOrganization(caller, id, body, ifMatch));
  }

  @Remove({ errors: [409] })
  deleteOrganization(
    @CurrentCaller() caller: Caller,
    @IdParam('org') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    return this.operations.deleteOrganization(caller, id, ifMatch);
  }
}

import { Body, Controller, Delete, Get, Put, Query, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import {
  answerVersioned,
  ConditionalRead,
  ConditionalWrite,
  type IfMatch,
  IfMatchHeader,
} from '../../../platform/http/etag.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { ListQuery, listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { VersionParam } from '../../../platform/http/version-param.decorator.js';
import { PolicyDto, PolicyVersionDto, PolicyVersionListDto, PutPolicyDto } from './policy.dto.js';
import { PolicyOperations } from './policy-operations.js';

@Controller('_core/organizations/:id/policy')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class OrganizationPolicyController {
  constructor(private readonly operations: PolicyOperations) {}

  @Get()
  @ConditionalRead()
  @CoreOperation({
    id: 'completions.getOrganizationPolicy',
    access: 'completions:read',
    success: { status: 200, type: PolicyDto, etag: true },
    errors: [400, 404],
  })
  async getPolicy(
    @CurrentCaller() caller: Caller,
    @IdParam('org') organization: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyDto | undefined> {
    const { body, tag } = await this.operations.getPolicy(caller, { organization });
    return answerVersioned(reply, body, tag);
  }

  @Put()
  @ConditionalWrite()
  @CoreOperation({
    id: 'completions.putOrganizationPolicy',
    access: 'completions:write',
    success: { status: 200, type: PolicyDto, etag: true },
    errors: [400, 404, 412, 413, 415, 422],
    audit: 'policy.updated',
    idempotent: true,
  })
  async putPolicy(
    @CurrentCaller() caller: Caller,
    @IdParam('org') organization: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: PutPolicyDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyDto | undefined> {
    return answerVersioned(reply, await this.operations.putPolicy(caller, { organization }, body, ifMatch));
  }

  @Delete()
  @ConditionalWrite()
  @CoreOperation({
    id: 'completions.deleteOrganizationPolicy',
    access: 'completions:write',
    success: { status: 204 },
    errors: [400, 404, 412],
    audit: 'policy.deleted',
    idempotent: true,
  })
  deletePolicy(
    @CurrentCaller() caller: Caller,
    @IdParam('org') organization: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    return this.operations.deletePolicy(caller, { organization }, ifMatch);
  }

  @Get('versions')
  @CoreOperation({
    id: 'completions.listOrganizationPolicyVersions',
    access: 'completions:read',
    success: { status: 200, type: PolicyVersionListDto },
    errors: [400, 404],
  })
  async listVersions(
    @CurrentCaller() caller: Caller,
    @IdParam('org') organization: string,
    @Query() query: ListQuery,
  ): Promise<PolicyVersionListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listVersions(caller, { organization }, listing);
    return listEnvelope(listed, listing, (version) => version);
  }

  @Get('versions/:version')
  @ApiParam({ name: 'version', schema: { type: 'integer' } })
  @CoreOperation({
    id: 'completions.getOrganizationPolicyVersion',
    access: 'completions:read',
    success: { status: 200, type: PolicyVersionDto },
    errors: [404],
  })
  getVersion(
    @CurrentCaller() caller: Caller,
    @IdParam('org') organization: string,
    @VersionParam() version: number,
  ): Promise<PolicyVersionDto> {
    return this.operations.getVersion(caller, { organization }, version);
  }
}

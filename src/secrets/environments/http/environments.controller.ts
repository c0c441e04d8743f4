import { Body, Controller, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { answerVersioned, type IfMatch, IfMatchHeader } from '../../../platform/http/etag.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { operationsOf } from '../../../platform/http/versioned-resource.js';
import {
  CreateEnvironmentDto,
  EnvironmentDto,
  EnvironmentListDto,
  EnvironmentQuery,
  UpdateEnvironmentDto,
} from './environment.dto.js';
import { EnvironmentOperations } from './environment-operations.js';

const { Create, List, Read, Update, Remove } = operationsOf({
  ...{ module: 'secrets', noun: 'Environment', plural: 'Environments', event: 'environment' },
  ...{ read: 'secrets:read', write: 'secrets:write', remove: 'secrets:delete' },
  ...{ type: EnvironmentDto, list: EnvironmentListDto },
});

@Controller('_core/environments')
export class EnvironmentsController {
  constructor(private readonly operations: EnvironmentOperations) {}

  @Create({ errors: [404] })
  async createEnvironment(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateEnvironmentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnvironmentDto | undefined> {
    return answerVersioned(reply, await this.operations.createEnvironment(caller, body));
  }

  @List()
  async listEnvironments(
    @CurrentCaller() caller: Caller,
    @Query() query: EnvironmentQuery,
  ): Promise<EnvironmentListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listEnvironments(caller, query, listing);
    return listEnvelope(listed, listing, (environment) => environment);
  }

  @Read()
  async getEnvironment(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnvironmentDto | undefined> {
    return answerVersioned(reply, await this.operations.getEnvironment(caller, id));
  }

  @Update()
  async updateEnvironment(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateEnvironmentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnvironmentDto | undefined> {
    return answerVersioned(reply, await this.operations.updateEnvironment(caller, id, body, ifMatch));
  }

  @Remove()
  async deleteEnvironment(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteEnvironment(caller, id, ifMatch);
  }
}

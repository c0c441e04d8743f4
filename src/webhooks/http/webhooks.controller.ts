import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { etagOf, type IfMatch, IfMatchHeader } from '../../platform/http/etag.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { IdInPath, operationsOf } from '../../platform/http/versioned-resource.js';
import { EVENT_CATALOGUE } from '../events/event-catalogue.js';
import {
  CreatedWebhookDto,
  CreateWebhookDto,
  RotateWebhookDto,
  UpdateWebhookDto,
  WebhookDto,
  WebhookEventListDto,
  WebhookListDto,
  WebhookQuery,
} from './webhook.dto.js';
import { presentEvent } from './webhook.presenter.js';
import { WebhookOperations } from './webhook-operations.js';

const { Create, List, Update, Remove } = operationsOf({
  ...{ module: 'webhooks', noun: 'Webhook', plural: 'Webhooks', event: 'webhook' },
  ...{ read: 'webhooks:read', write: 'webhooks:write' },
  ...{ type: WebhookDto, made: CreatedWebhookDto, list: WebhookListDto },
});

/** The tag is of a webhook's settings: what was delivered meanwhile changes nothing that `If-Match` is about. */
function tagged<T extends { readonly version: number }>(reply: FastifyReply, body: T): T {
  void reply.header('etag', etagOf(body.version));
  return body;
}

@Controller('_core/webhooks')
export class WebhooksController {
  constructor(private readonly operations: WebhookOperations) {}

  @Create({ errors: [404, 409, 422] })
  async createWebhook(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateWebhookDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedWebhookDto> {
    return tagged(reply, await this.operations.createWebhook(caller, body));
  }

  @List()
  listWebhooks(@CurrentCaller() caller: Caller, @Query() query: WebhookQuery): Promise<WebhookListDto> {
    return this.operations.listWebhooks(caller, query);
  }

  @Get('events')
  @CoreOperation({
    id: 'webhooks.listWebhookEvents',
    access: 'webhooks:read',
    success: { status: 200, type: WebhookEventListDto },
  })
  listWebhookEvents(): WebhookEventListDto {
    return { data: EVENT_CATALOGUE.map(presentEvent) };
  }

  @Get(':id')
  @IdInPath()
  @CoreOperation({
    id: 'webhooks.getWebhook',
    access: 'webhooks:read',
    success: { status: 200, type: WebhookDto, etag: true },
    errors: [404],
  })
  async getWebhook(
    @CurrentCaller() caller: Caller,
    @IdParam('wh') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookDto> {
    return tagged(reply, await this.operations.getWebhook(caller, id));
  }

  @Update({ errors: [409, 422] })
  async updateWebhook(
    @CurrentCaller() caller: Caller,
    @IdParam('wh') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateWebhookDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookDto> {
    return tagged(reply, await this.operations.updateWebhook(caller, id, body, ifMatch));
  }

  @Remove({ errors: [409] })
  async deleteWebhook(
    @CurrentCaller() caller: Caller,
    @IdParam('wh') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteWebhook(caller, id, ifMatch);
  }

  @Post(':id/rotate')
  @IdInPath()
  @ApiBody({ type: RotateWebhookDto, required: false })
  @CoreOperation({
    id: 'webhooks.rotateWebhook',
    access: 'webhooks:write',
    success: { status: 200, type: CreatedWebhookDto },
    errors: [400, 404, 413, 415],
    audit: 'webhook.rotated',
    idempotent: true,
  })
  rotateWebhook(
    @CurrentCaller() caller: Caller,
    @IdParam('wh') id: string,
    @Body() body: RotateWebhookDto,
  ): Promise<CreatedWebhookDto> {
    return this.operations.rotateWebhook(caller, id, body);
  }
}

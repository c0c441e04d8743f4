import { applyDecorators, Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { IdInPath } from '../../platform/http/versioned-resource.js';
import {
  DeliveryDetailDto,
  DeliveryDto,
  DeliveryListDto,
  DeliveryQuery,
  RedeliverDto,
  RedeliveryDto,
} from './delivery.dto.js';
import { DeliveryOperations } from './delivery-operations.js';

const BothInPath = (): MethodDecorator =>
  applyDecorators(IdInPath(), ApiParam({ name: 'delivery_id', schema: { type: 'string' } }));

@Controller('_core/webhooks/:id')
export class DeliveriesController {
  constructor(private readonly operations: DeliveryOperations) {}

  @Post('ping')
  @IdInPath()
  @CoreOperation({
    id: 'webhooks.pingWebhook',
    access: 'webhooks:write',
    success: { status: 202, type: DeliveryDto },
    errors: [404, 409],
    audit: 'webhook.pinged',
    idempotent: true,
  })
  pingWebhook(@CurrentCaller() caller: Caller, @IdParam('wh') id: string): Promise<DeliveryDto> {
    return this.operations.ping(caller, id);
  }

  @Get('deliveries')
  @IdInPath()
  @CoreOperation({
    id: 'webhooks.listDeliveries',
    access: 'webhooks:read',
    success: { status: 200, type: DeliveryListDto },
    errors: [400, 404],
  })
  listDeliveries(
    @CurrentCaller() caller: Caller,
    @IdParam('wh') id: string,
    @Query() query: DeliveryQuery,
  ): Promise<DeliveryListDto> {
    return this.operations.listDeliveries(caller, id, query);
  }

  @Get('deliveries/:delivery_id')
  @BothInPath()
  @CoreOperation({
    id: 'webhooks.getDelivery',
    access: 'webhooks:read',
    success: { status: 200, type: DeliveryDetailDto },
    errors: [404],
  })
  getDelivery(
    @CurrentCaller() caller: Caller,
    @IdParam('wh') id: string,
    @IdParam('whd', 'delivery_id') deliveryId: string,
  ): Promise<DeliveryDetailDto> {
    return this.operations.getDelivery(caller, id, deliveryId);
  }

  @Post('deliveries/:delivery_id/redeliver')
  @BothInPath()
  @CoreOperation({
    id: 'webhooks.redeliver',
    access: 'webhooks:write',
    success: { status: 202, type: DeliveryDto },
    errors: [404, 409],
    audit: 'webhook.redelivered',
    idempotent: true,
  })
  redeliver(
    @CurrentCaller() caller: Caller,
    @IdParam('wh') id: string,
    @IdParam('whd', 'delivery_id') deliveryId: string,
  ): Promise<DeliveryDto> {
    return this.operations.redeliver(caller, id, deliveryId);
  }

  @Post('redeliver')
  @IdInPath()
  @CoreOperation({
    id: 'webhooks.redeliverRange',
    access: 'webhooks:write',
    success: { status: 202, type: RedeliveryDto },
    errors: [400, 404, 409, 413, 415],
    audit: 'webhook.redelivered',
    idempotent: true,
  })
  redeliverRange(
    @CurrentCaller() caller: Caller,
    @IdParam('wh') id: string,
    @Body() body: RedeliverDto,
  ): Promise<RedeliveryDto> {
    return this.operations.redeliverAll(caller, id, body);
  }
}

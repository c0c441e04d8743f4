import { Module } from '@nestjs/common';
import { DeliveriesSweeper } from './deliveries/deliveries.sweeper.js';
import { DeliveryAttempts } from './deliveries/delivery-attempts.service.js';
import { DeliveryClaims } from './deliveries/delivery-claims.repository.js';
import { DeliverySender } from './deliveries/delivery-sender.service.js';
import { DeliverySettlement } from './deliveries/delivery-settlement.service.js';
import { DeliveryWorker } from './deliveries/delivery-worker.service.js';
import { WebhookDisabling } from './webhook-disabling.service.js';
import { WebhooksModule } from './webhooks.module.js';

/** Delivering to webhooks, in worker processes. */
@Module({
  imports: [WebhooksModule],
  providers: [
    DeliveriesSweeper,
    DeliveryAttempts,
    DeliveryClaims,
    DeliverySender,
    DeliverySettlement,
    DeliveryWorker,
    WebhookDisabling,
  ],
  exports: [DeliveryWorker],
})
export class WebhookDeliveryModule {}

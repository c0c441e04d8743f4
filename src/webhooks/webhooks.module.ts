import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EgressModule } from '../platform/egress/egress.module.js';
import { sealedTexts } from '../platform/erasure/sealed-texts.js';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import { DeliveriesRepository } from './deliveries/deliveries.repository.js';
import { DeliveriesService } from './deliveries/deliveries.service.js';
import { DeliveryBell } from './deliveries/delivery-bell.js';
import { DeliveryClock, SystemDeliveryClock } from './deliveries/delivery-clock.js';
import { DeliveryGauges } from './deliveries/delivery-gauges.service.js';
import { DeliveryRequests } from './deliveries/delivery-requests.service.js';
import { EventBodies } from './events/event-bodies.service.js';
import { WebhookEvents } from './events/webhook-events.consumer.js';
import { DeliveriesController } from './http/deliveries.controller.js';
import { DeliveryOperations } from './http/delivery-operations.js';
import { WebhookOperations } from './http/webhook-operations.js';
import { WebhooksController } from './http/webhooks.controller.js';
import { WebhookChanges } from './webhook-changes.service.js';
import { WebhookNewsWriter } from './webhook-news.service.js';
import { WebhookProjects } from './webhook-projects.service.js';
import { WebhookRegistrations } from './webhook-registrations.service.js';
import { WebhookSealer } from './webhook-sealer.service.js';
import { WebhookSecretsRepository } from './webhook-secrets.repository.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { WEBHOOK_TEXTS } from './webhook-texts.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { WebhooksService } from './webhooks.service.js';

const SHARED = [
  { provide: DeliveryClock, useClass: SystemDeliveryClock },
  DeliveriesRepository,
  DeliveryBell,
  EventBodies,
  WebhookNewsWriter,
  WebhookSealer,
  WebhookSecrets,
  WebhookSecretsRepository,
  WebhooksRepository,
];

/** Webhooks as people set them up, and noting for which of them an event is; in every process, since all write events. */
@Module({
  imports: [DiscoveryModule, EgressModule],
  controllers: [WebhooksController, DeliveriesController],
  providers: [
    sealedTexts(...WEBHOOK_TEXTS),
    ...SHARED,
    DeliveriesService,
    DeliveryGauges,
    DeliveryOperations,
    DeliveryRequests,
    WebhookChanges,
    WebhookEvents,
    WebhookOperations,
    WebhookProjects,
    WebhookRegistrations,
    WebhooksService,
    tenantDirectory('wh', 'webhooks'),
  ],
  exports: [...SHARED, EgressModule],
})
export class WebhooksModule {}

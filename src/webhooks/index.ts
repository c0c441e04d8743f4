export { DeliveryWorker } from './deliveries/delivery-worker.service.js';
export { EVENT_CATALOGUE } from './events/event-catalogue.js';
export { WebhookDeliveryModule } from './webhook-delivery.module.js';
export { WEBHOOKS_ERRORS } from './webhooks.errors.js';
export { WebhooksModule } from './webhooks.module.js';

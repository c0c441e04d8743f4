import type { Delivery, ShownDelivery } from '../deliveries/delivery.js';
import type { CatalogueEvent } from '../events/event-catalogue.js';
import type { Payload } from '../events/payload.js';
import type { LastDelivery, Webhook } from '../webhook.js';
import type { DeliveryDetailDto, DeliveryDto } from './delivery.dto.js';
import type { LastDeliveryDto, WebhookDto, WebhookEventDto } from './webhook.dto.js';

const timeOf = (at: Date | null): string | null => at?.toISOString() ?? null;

export const presentWebhook = (webhook: Webhook): WebhookDto => ({
  id: webhook.id,
  url: webhook.url,
  description: webhook.description,
  events: [...webhook.events],
  project_id: webhook.projectId,
  names: webhook.names,
  ordered: webhook.ordered,
  enabled: webhook.enabled,
  disabled_reason: webhook.disabledReason,
  disabled_at: timeOf(webhook.disabledAt),
  failing_since: timeOf(webhook.failingSince),
  old_secret_until: timeOf(webhook.oldSecretUntil),
  last_delivery: webhook.lastDelivery && presentLast(webhook.lastDelivery),
  organization_id: webhook.organizationId,
  version: webhook.version,
  created_by: webhook.createdBy,
  created_at: webhook.createdAt.toISOString(),
  updated_at: webhook.updatedAt.toISOString(),
});

const presentLast = (last: LastDelivery): LastDeliveryDto => ({
  id: last.id,
  event: last.event,
  status: last.status as LastDeliveryDto['status'],
  attempted_at: last.attemptedAt.toISOString(),
  response_status: last.responseStatus,
  fault: last.fault,
});

export const presentDelivery = (delivery: Delivery): DeliveryDto => ({
  id: delivery.id,
  webhook_id: delivery.webhookId,
  event: delivery.event,
  event_id: delivery.eventId,
  subject_id: delivery.subject,
  status: delivery.status,
  held: delivery.held,
  attempts: delivery.attempts,
  next_attempt_at:
    delivery.status === 'pending' && !delivery.held ? delivery.nextAttemptAt.toISOString() : null,
  attempted_at: timeOf(delivery.attemptedAt),
  response_status: delivery.responseStatus,
  fault: delivery.fault,
  created_at: delivery.createdAt.toISOString(),
});

export const presentDetail = (delivery: ShownDelivery, payload: Payload): DeliveryDetailDto => ({
  ...presentDelivery(delivery),
  log: [...delivery.log],
  payload,
});

const EXAMPLE_TIME = '2026-03-15T10:30:00.000Z';

export const presentEvent = ({ name, summary, sources, example }: CatalogueEvent): WebhookEventDto => ({
  name,
  description: summary,
  sources: [...sources],
  example: { event: name, type: name, timestamp: EXAMPLE_TIME, data: example },
});

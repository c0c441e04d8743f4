import { Injectable } from '@nestjs/common';
import { afterCommit, type Tx } from '../../platform/database/unit-of-work.js';
import type { EventData, StoredEvent } from '../../platform/outbox/event.js';
import { EventConsumer } from '../../platform/outbox/event-consumer.js';
import { DeliveriesRepository } from '../deliveries/deliveries.repository.js';
import { DeliveryBell } from '../deliveries/delivery-bell.js';
import { DeliveryClock } from '../deliveries/delivery-clock.js';
import { WebhooksRepository } from '../webhooks.repository.js';
import { catalogueEvent, PINGED } from './event-catalogue.js';
import { patternsFor } from './event-pattern.js';

/** Name of the consumer, which listens for organizations that have a webhook. */
export const WEBHOOK_EVENTS = 'webhooks';

/** Notes for which webhooks an event is: one delivery each, in the transaction that strikes the event out. */
@Injectable()
export class WebhookEvents extends EventConsumer {
  readonly name = WEBHOOK_EVENTS;
  readonly events = 'all';

  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly bell: DeliveryBell,
    private readonly clock: DeliveryClock,
  ) {
    super();
  }

  async handle({ id: eventId, organizationId, projectId, name, data }: StoredEvent, tx: Tx): Promise<void> {
    const known = catalogueEvent(name);
    // Whoever asked for a ping has noted its delivery already.
    if (!known || name === PINGED) return;
    const subscribers = await this.webhooks.lockSubscribers(organizationId, projectId, patternsFor(name), tx);
    const subject = subjectOf(data, known.subject, eventId);
    for (const { id: webhookId, ordered, enabled } of subscribers) {
      const order = { organizationId, webhookId, eventId, event: name, subject, ordered };
      const status = enabled ? 'pending' : 'skipped';
      await this.deliveries.insert({ ...order, status }, this.clock.now(), tx);
    }
    if (subscribers.some(({ enabled }) => enabled)) afterCommit(tx, () => this.bell.ring());
  }
}

/** What is about nothing in particular is about itself. */
function subjectOf(data: EventData, field: string, eventId: string): string {
  const value = data[field];
  return typeof value === 'string' ? value : eventId;
}

import type { DiscoveryService } from '@nestjs/core';
import type { EventConsumer } from '../event-consumer.js';
import { EventConsumers } from '../event-consumers.js';
import { EventDeliveries } from '../event-deliveries.repository.js';
import { EventOutbox } from '../event-outbox.js';

/** Consumers as if Nest had found them. */
export const testConsumers = (...consumers: EventConsumer[]): EventConsumers => {
  const discovery = { getProviders: () => consumers.map((instance) => ({ instance })) };
  return new EventConsumers(discovery as unknown as DiscoveryService);
};

/** An outbox that tells these of events. */
export const testEventOutbox = (...consumers: EventConsumer[]): EventOutbox =>
  new EventOutbox(testConsumers(...consumers), new EventDeliveries());

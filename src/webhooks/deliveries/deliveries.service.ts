import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EventBodies } from '../events/event-bodies.service.js';
import type { Payload } from '../events/payload.js';
import { WebhooksRepository } from '../webhooks.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import type { Delivery, DeliveryFilter, ShownDelivery } from './delivery.js';

/** Reading what was delivered, or is to be. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly repository: DeliveriesRepository,
    private readonly webhooks: WebhooksRepository,
    private readonly bodies: EventBodies,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND for a webhook that is missing */
  async listDeliveries(
    caller: Caller,
    webhookId: string,
    filter: DeliveryFilter,
    listing: Listing,
  ): Promise<Listed<Delivery>> {
    await this.findWebhook(caller, webhookId);
    const { organizationId } = caller.principal;
    const db = this.dataSource.manager;
    return this.repository.list({ organizationId, webhookId }, filter, listing, db);
  }

  /** With its log and what its next attempt would send. @throws AppError NOT_FOUND */
  async getDelivery(
    caller: Caller,
    webhookId: string,
    id: string,
  ): Promise<{ readonly delivery: ShownDelivery; readonly payload: Payload }> {
    const { names } = await this.findWebhook(caller, webhookId);
    const { organizationId } = caller.principal;
    const delivery = await this.repository.find({ organizationId, webhookId }, id, this.dataSource.manager);
    if (!delivery) throw platformError('NOT_FOUND');
    const { event: name, data, happenedAt: createdAt } = delivery;
    return { delivery, payload: await this.bodies.payload({ organizationId, name, data, createdAt }, names) };
  }

  private async findWebhook({ principal }: Caller, id: string) {
    const row = await this.webhooks.find(principal.organizationId, id, this.dataSource.manager);
    if (!row) throw platformError('NOT_FOUND');
    return row;
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import { PINGED } from '../events/event-catalogue.js';
import type { WebhookRow } from '../webhook.js';
import { WebhookNewsWriter } from '../webhook-news.service.js';
import { webhooksError } from '../webhooks.errors.js';
import { WebhooksRepository } from '../webhooks.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import type { DeliveryFilter, ShownDelivery } from './delivery.js';
import { DeliveryClock } from './delivery-clock.js';

/** Deliveries that one request sends again. */
export const MOST_REDELIVERED = 1_000;

/** What people ask to have sent: a ping, or once more what was sent, or not, before. */
@Injectable()
export class DeliveryRequests {
  constructor(
    private readonly repository: DeliveriesRepository,
    private readonly webhooks: WebhooksRepository,
    private readonly events: EventOutbox,
    private readonly news: WebhookNewsWriter,
    private readonly clock: DeliveryClock,
  ) {}

  /** @throws AppError NOT_FOUND, WEBHOOK_DISABLED */
  async ping(caller: Caller, webhookId: string, tx: Tx): Promise<ShownDelivery> {
    const row = await this.lock(caller, webhookId, tx);
    const { organizationId } = row;
    const data = { webhook_id: webhookId };
    const [eventId = ''] = await this.events.appendMany([{ organizationId, name: PINGED, data }], tx);
    const order = { organizationId, webhookId, eventId, event: PINGED, subject: eventId, ordered: false };
    const id = await this.repository.insert({ ...order, status: 'pending' }, this.clock.now(), tx);
    await this.news.tell(caller, row, 'pinged', tx);
    return this.find(row, id, tx);
  }

  /** Under the same id, as if it had never been tried. @throws AppError NOT_FOUND, WEBHOOK_DISABLED */
  async redeliver(caller: Caller, webhookId: string, id: string, tx: Tx): Promise<ShownDelivery> {
    const row = await this.lock(caller, webhookId, tx);
    if ((await this.again(row, id, {}, tx)) === 0) throw platformError('NOT_FOUND');
    await this.news.tell(caller, row, 'redelivered', tx, { counts: { deliveries: 1 } });
    return this.find(row, id, tx);
  }

  /**
   * The earliest of those that a filter leaves, up to {@link MOST_REDELIVERED}.
   * @returns how many
   * @throws AppError NOT_FOUND, WEBHOOK_DISABLED
   */
  async redeliverAll(caller: Caller, webhookId: string, filter: DeliveryFilter, tx: Tx): Promise<number> {
    const row = await this.lock(caller, webhookId, tx);
    const deliveries = await this.again(row, undefined, filter, tx);
    await this.news.tell(caller, row, 'redelivered', tx, { counts: { deliveries } });
    return deliveries;
  }

  private async lock({ principal }: Caller, id: string, tx: Tx): Promise<WebhookRow> {
    const row = await this.webhooks.lock(principal.organizationId, id, tx);
    if (!row) throw platformError('NOT_FOUND');
    if (!row.enabled) throw webhooksError('WEBHOOK_DISABLED');
    return row;
  }

  private async again(row: WebhookRow, id: string | undefined, filter: DeliveryFilter, tx: Tx) {
    const owner = { organizationId: row.organizationId, webhookId: row.id };
    const bounds = { now: this.clock.now(), most: MOST_REDELIVERED };
    const ids = await this.repository.again(owner, id, filter, bounds, tx);
    if (row.ordered) await this.repository.arrange(owner, true, tx);
    return ids.length;
  }

  private async find({ organizationId, id: webhookId }: WebhookRow, id: string, tx: Tx) {
    const found = await this.repository.find({ organizationId, webhookId }, id, tx);
    if (!found) throw new Error(`delivery ${id} is not there`);
    return found;
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../platform/http/etag.js';
import { newId } from '../platform/http/ids.js';
import type { Caller } from '../platform/http/request-context.js';
import { EventListeners } from '../platform/outbox/event-listeners.repository.js';
import { DeliveryClock } from './deliveries/delivery-clock.js';
import { WEBHOOK_EVENTS } from './events/webhook-events.consumer.js';
import {
  HEALTHY,
  MOST_WEBHOOKS,
  type NewWebhook,
  type Revealed,
  switched,
  type WebhookRow,
} from './webhook.js';
import { WebhookNewsWriter } from './webhook-news.service.js';
import { WebhookSealer } from './webhook-sealer.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { webhooksError } from './webhooks.errors.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Webhooks as they come and go. Events are noted for an organization from its first until its last. */
@Injectable()
export class WebhookRegistrations {
  constructor(
    private readonly repository: WebhooksRepository,
    private readonly listeners: EventListeners,
    private readonly sealer: WebhookSealer,
    private readonly secrets: WebhookSecrets,
    private readonly news: WebhookNewsWriter,
    private readonly clock: DeliveryClock,
  ) {}

  /** Told of what happens from now on. @throws AppError WEBHOOKS_FULL */
  async createWebhook(caller: Caller, given: NewWebhook, tx: Tx): Promise<Revealed> {
    const { organizationId, userId } = caller.principal;
    if ((await this.repository.countLocked(organizationId, tx)) >= MOST_WEBHOOKS)
      throw webhooksError('WEBHOOKS_FULL');
    const now = this.clock.now();
    const { url, description, ...settings } = given;
    const place = { organizationId, id: newId('wh'), version: 1 };
    const row: WebhookRow = {
      ...{ ...place, ...settings, ...HEALTHY, ...switched(settings.enabled, now) },
      contentSealed: await this.sealer.seal(place, { url, description }, tx),
      ...{ createdBy: userId, createdAt: now, updatedAt: now },
    };
    await this.repository.insert(row, tx);
    await this.listeners.listen(WEBHOOK_EVENTS, organizationId, tx);
    const secret = await this.secrets.add({ organizationId, webhookId: row.id }, now, now, tx);
    await this.news.tell(caller, row, 'created', tx);
    return { row, secret };
  }

  /** @throws AppError NOT_FOUND, PRECONDITION_FAILED */
  async deleteWebhook(caller: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<void> {
    const { organizationId } = caller.principal;
    const count = await this.repository.countLocked(organizationId, tx);
    const row = await this.repository.lock(organizationId, id, tx);
    if (!row) throw platformError('NOT_FOUND');
    assertMatch(ifMatch, row.version);
    await this.repository.delete(organizationId, id, tx);
    if (count === 1) await this.listeners.stopListening(WEBHOOK_EVENTS, organizationId, tx);
    await this.news.tell(caller, row, 'deleted', tx);
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { DeliveriesRepository } from './deliveries/deliveries.repository.js';
import type { DisabledReason, WebhookRow } from './webhook.js';
import { WebhookNewsWriter } from './webhook-news.service.js';
import { WebhookSealer } from './webhook-sealer.service.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Switches webhooks off whose receivers are gone or keep failing. */
@Injectable()
export class WebhookDisabling {
  constructor(
    private readonly repository: WebhooksRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly sealer: WebhookSealer,
    private readonly news: WebhookNewsWriter,
  ) {}

  /** Makes a new version of a webhook whose row is locked; what waits for it is skipped. */
  async disable(row: WebhookRow, reason: DisabledReason, now: Date, tx: Tx): Promise<void> {
    const { organizationId, id } = row;
    const changed = { ...row, enabled: false, disabledReason: reason, disabledAt: now, updatedAt: now };
    const place = { organizationId, id, version: row.version + 1 };
    const contentSealed = await this.sealer.seal(place, await this.sealer.open(row, tx), tx);
    await this.repository.update({ ...changed, ...place, contentSealed }, tx);
    await this.deliveries.skipPending({ organizationId, webhookId: id }, tx);
    await this.news.disabled(place, reason, tx);
  }
}

import { Injectable } from '@nestjs/common';
import { afterCommit, type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { webhookAttempts } from '../../platform/telemetry/metrics.js';
import type { ReceiverHealth, WebhookRow } from '../webhook.js';
import { WebhookDisabling } from '../webhook-disabling.service.js';
import { WebhooksRepository } from '../webhooks.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import type { ClaimedDelivery, Outcome } from './delivery.js';
import { DeliveryClaims } from './delivery-claims.repository.js';
import { DeliveryClock } from './delivery-clock.js';
import { judge, type Verdict } from './retry.policy.js';

/** Writes down what became of an attempt, and all that follows from it, in one transaction. */
@Injectable()
export class DeliverySettlement {
  constructor(
    private readonly claims: DeliveryClaims,
    private readonly deliveries: DeliveriesRepository,
    private readonly webhooks: WebhooksRepository,
    private readonly disabling: WebhookDisabling,
    private readonly clock: DeliveryClock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** An attempt whose lease was given to another worker, or whose webhook is off or gone, counts for nothing. */
  async settle(delivery: ClaimedDelivery, outcome: Outcome): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const webhook = await this.webhooks.lock(delivery.organizationId, delivery.webhookId, tx);
      const held = webhook && (await this.claims.hold(delivery, tx));
      if (!held) return;
      const now = this.clock.now();
      const { retrySeconds } = this.clock;
      const given = { now, health: webhook, retrySeconds, random: this.clock.random() };
      const verdict = judge(outcome, { ...given, failures: held.failures });
      await this.claims.settle(delivery, verdict, outcome, now, tx);
      await this.follow(webhook, verdict, now, tx);
      if (webhook.ordered && verdict.status !== 'pending')
        await this.deliveries.releaseNext(ownerOf(webhook), held.subject, tx);
      const counted = verdict.status === 'pending' ? 'retried' : verdict.status;
      afterCommit(tx, () => webhookAttempts.inc({ outcome: counted }));
    });
  }

  private async follow(webhook: WebhookRow, { health, disabled }: Verdict, now: Date, tx: Tx): Promise<void> {
    if (disabled) return this.disabling.disable({ ...webhook, ...health }, disabled, now, tx);
    const names = Object.keys(health) as (keyof ReceiverHealth)[];
    if (names.some((name) => health[name]?.valueOf() !== webhook[name]?.valueOf()))
      await this.webhooks.setHealth(webhook, health, tx);
  }
}

const ownerOf = ({ organizationId, id }: WebhookRow) => ({ organizationId, webhookId: id });

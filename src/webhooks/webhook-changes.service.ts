import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../platform/http/etag.js';
import type { Caller } from '../platform/http/request-context.js';
import { DeliveriesRepository } from './deliveries/deliveries.repository.js';
import { DeliveryClock } from './deliveries/delivery-clock.js';
import { HEALTHY, type Revealed, switched, type WebhookChange, type WebhookRow } from './webhook.js';
import { WebhookNewsWriter } from './webhook-news.service.js';
import { WebhookSealer } from './webhook-sealer.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { WebhooksRepository } from './webhooks.repository.js';

const HOUR_MS = 3_600_000;

/** Changing webhooks: each change has its audit row, both or none. */
@Injectable()
export class WebhookChanges {
  constructor(
    private readonly repository: WebhooksRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly sealer: WebhookSealer,
    private readonly secrets: WebhookSecrets,
    private readonly news: WebhookNewsWriter,
    private readonly clock: DeliveryClock,
  ) {}

  /**
   * Enabling it, or another URL, forgets how the receiver did before; disabling takes what waits out of line.
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED
   */
  async changeWebhook(
    caller: Caller,
    id: string,
    change: WebhookChange,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<WebhookRow> {
    const row = await this.lock(caller, id, ifMatch, tx);
    const now = this.clock.now();
    const content = await this.sealer.open(row, tx);
    const given = withoutGaps(change);
    const { url = content.url, description = content.description, ...settings } = given;
    const place = { ...row, ...settings, version: row.version + 1 };
    const isSwitched = place.enabled !== row.enabled;
    const changed: WebhookRow = {
      ...place,
      ...((isSwitched || url !== content.url) && HEALTHY),
      ...(isSwitched && switched(place.enabled, now)),
      contentSealed: await this.sealer.seal(place, { url, description }, tx),
      updatedAt: now,
    };
    await this.repository.update(changed, tx);
    const owner = { organizationId: row.organizationId, webhookId: id };
    if (!changed.enabled) await this.deliveries.skipPending(owner, tx);
    if (changed.ordered !== row.ordered) await this.deliveries.arrange(owner, changed.ordered, tx);
    const names = Object.keys(given).sort().join(' ');
    await this.news.tell(caller, changed, 'updated', tx, { details: { changed: names } });
    return changed;
  }

  /**
   * A new secret signs from now on, and those before it along with it for a while; no new version.
   * @param overlapHours 0 ends them at once
   * @throws AppError NOT_FOUND
   */
  async rotateSecret(caller: Caller, id: string, overlapHours: number, tx: Tx): Promise<Revealed> {
    const row = await this.lock(caller, id, undefined, tx);
    const now = this.clock.now();
    const oldUntil = new Date(now.getTime() + overlapHours * HOUR_MS);
    const secret = await this.secrets.add(
      { organizationId: row.organizationId, webhookId: id },
      oldUntil,
      now,
      tx,
    );
    await this.news.tell(caller, row, 'rotated', tx, { details: { overlap_hours: overlapHours } });
    return { row, secret };
  }

  private async lock({ principal }: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<WebhookRow> {
    const row = await this.repository.lock(principal.organizationId, id, tx);
    if (!row) throw platformError('NOT_FOUND');
    assertMatch(ifMatch, row.version);
    return row;
  }
}

/** What is given, without what is there but undefined. */
const withoutGaps = <T extends object>(given: T): { [Name in keyof T]: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;

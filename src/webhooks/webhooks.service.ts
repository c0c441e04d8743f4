import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import { DeliveryClock } from './deliveries/delivery-clock.js';
import type { Webhook, WebhookRow } from './webhook.js';
import { WebhookSealer } from './webhook-sealer.service.js';
import { WebhookSecretsRepository } from './webhook-secrets.repository.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Reading an organization's webhooks. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly repository: WebhooksRepository,
    private readonly secrets: WebhookSecretsRepository,
    private readonly sealer: WebhookSealer,
    private readonly clock: DeliveryClock,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getWebhook({ principal }: Caller, id: string): Promise<Webhook> {
    const row = await this.repository.find(principal.organizationId, id, this.dataSource.manager);
    if (!row) throw platformError('NOT_FOUND');
    return this.show(row, this.dataSource.manager);
  }

  async listWebhooks(
    { principal }: Caller,
    filter: { readonly enabled?: boolean | undefined },
    listing: Listing,
  ): Promise<Listed<Webhook>> {
    const { organizationId } = principal;
    const db = this.dataSource.manager;
    const { rows, ...rest } = await this.repository.list(organizationId, filter, listing, db);
    return { ...rest, rows: await this.showAll(organizationId, rows, db) };
  }

  /** A webhook as it is in a transaction. */
  async show(row: WebhookRow, db: Tx): Promise<Webhook> {
    const [webhook] = await this.showAll(row.organizationId, [row], db);
    if (!webhook) throw new Error(`webhook ${row.id} is not shown`);
    return webhook;
  }

  private async showAll(organizationId: string, rows: readonly WebhookRow[], db: Tx): Promise<Webhook[]> {
    const ids = rows.map(({ id }) => id);
    const last = await this.repository.lastDeliveries(organizationId, ids, db);
    const oldUntil = await this.secrets.oldUntil(organizationId, ids, this.clock.now(), db);
    const shown: Webhook[] = [];
    for (const { contentSealed, ...row } of rows) {
      const content = await this.sealer.open({ ...row, contentSealed }, db);
      const lastDelivery = last.get(row.id) ?? null;
      shown.push({ ...row, ...content, lastDelivery, oldSecretUntil: oldUntil.get(row.id) ?? null });
    }
    return shown;
  }
}

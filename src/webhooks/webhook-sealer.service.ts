import { Injectable } from '@nestjs/common';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { WebhookContent, WebhookRow } from './webhook.js';

type Place = Pick<WebhookRow, 'organizationId' | 'id' | 'version'>;

const placeOf = ({ organizationId, id, version }: Place) => ({
  organizationId,
  table: 'webhooks',
  id,
  version,
});

/** Where webhooks go, at rest: it opens in its own place alone, as of its version. */
@Injectable()
export class WebhookSealer {
  constructor(private readonly sealer: Sealer) {}

  seal(place: Place, { url, description }: WebhookContent, db: Tx): Promise<Buffer> {
    return this.sealer.seal(placeOf(place), Buffer.from(JSON.stringify({ url, description })), db);
  }

  /** @throws OpenError when it was changed or moved */
  async open(row: Place & Pick<WebhookRow, 'contentSealed'>, db: Tx): Promise<WebhookContent> {
    const bytes = await this.sealer.open(placeOf(row), row.contentSealed, db);
    return JSON.parse(bytes.toString('utf8'));
  }
}

import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { type AuditDetails, auditOf } from '../platform/audit/audit-entry.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { newId } from '../platform/http/ids.js';
import type { Caller } from '../platform/http/request-context.js';
import { EventOutbox } from '../platform/outbox/event-outbox.js';
import type { DisabledReason, WebhookRow } from './webhook.js';

/** What people do to a webhook, as its audit row says it. */
export type WebhookNews = 'created' | 'updated' | 'rotated' | 'pinged' | 'redelivered' | 'deleted';

/** What an entry may say beside what happened. */
interface MoreNews {
  readonly counts?: Readonly<Record<string, number>>;
  readonly details?: AuditDetails;
}

/** Tells of webhooks in the transaction of what is told: ids, settings and counts; never where they go. */
@Injectable()
export class WebhookNewsWriter {
  constructor(
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  async tell(
    caller: Caller,
    { id, version }: Pick<WebhookRow, 'id' | 'version'>,
    news: WebhookNews,
    tx: Tx,
    more: MoreNews = {},
  ): Promise<void> {
    const { details, ...entry } = auditOf(caller);
    await this.audit.append(
      {
        ...{ ...entry, projectId: undefined, action: `webhook.${news}`, target: { type: 'webhook', id } },
        counts: { version, ...more.counts },
        details: { ...details, ...more.details },
      },
      tx,
    );
  }

  /** A receiver is gone or keeps failing: an entry, and an event for the webhooks that are left. */
  async disabled(
    { id, organizationId, version }: Pick<WebhookRow, 'id' | 'organizationId' | 'version'>,
    reason: DisabledReason,
    tx: Tx,
  ): Promise<void> {
    await this.audit.append(
      {
        organizationId,
        actor: { type: 'system', id: 'webhooks' },
        action: 'webhook.disabled',
        target: { type: 'webhook', id },
        requestId: newId('req'),
        counts: { version },
        details: { reason },
      },
      tx,
    );
    const data = { webhook_id: id, reason };
    await this.events.append({ organizationId, name: 'webhook.disabled', data }, tx);
  }
}

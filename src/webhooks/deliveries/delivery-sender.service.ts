import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type EgressAnswer, EgressClient } from '../../platform/egress/egress-client.service.js';
import { EgressFault } from '../../platform/egress/egress-fault.js';
import { retryAfterMs } from '../../platform/http/retry-after.js';
import { EventBodies } from '../events/event-bodies.service.js';
import { WebhookSealer } from '../webhook-sealer.service.js';
import { WebhookSecrets } from '../webhook-secrets.service.js';
import type { ClaimedDelivery, Outcome } from './delivery.js';
import { DeliveryClock } from './delivery-clock.js';
import { signedHeaders } from './signature.js';

/** For everything, from looking the name up to the answer's last byte. */
export const DEADLINE_MS = 15_000;
/** Of an answer nothing but its status and `Retry-After` counts. */
const MOST_ANSWER = 1_024;

/** Makes one attempt: words the event, signs it, sends it. Outside of any transaction. */
@Injectable()
export class DeliverySender {
  constructor(
    private readonly egress: EgressClient,
    private readonly bodies: EventBodies,
    private readonly sealer: WebhookSealer,
    private readonly secrets: WebhookSecrets,
    private readonly clock: DeliveryClock,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws what the signal was aborted with; what kept it from being sent at all, such as a database that is away */
  async send(delivery: ClaimedDelivery, signal: AbortSignal): Promise<Outcome> {
    const { id, organizationId, webhookId, event, data, createdAt, webhook } = delivery;
    const db = this.dataSource.manager;
    const { url } = await this.sealer.open(webhook, db);
    const body = await this.bodies.body({ organizationId, name: event, data, createdAt }, webhook.names);
    const at = this.clock.now();
    const [newest, ...older] = await this.secrets.signing({ organizationId, webhookId }, at, db);
    if (newest === undefined) throw new Error(`webhook ${webhookId} has no secret`);
    const headers = signedHeaders({ id, event, body, at }, [newest, ...older]);
    const startedAt = performance.now();
    const elapsed = (): number => Math.round(performance.now() - startedAt);
    try {
      const request = { method: 'POST', url, headers, body: Buffer.from(body) } as const;
      const bounds = { maxBytes: MOST_ANSWER, deadlineMs: DEADLINE_MS, signal };
      return outcomeOf(await this.egress.send({ ...request, ...bounds }), at, elapsed());
    } catch (error) {
      if (error instanceof EgressFault) return { fault: error.kind, durationMs: elapsed() };
      throw error;
    }
  }
}

/** 2xx is a success; a redirect leads nowhere, and is a failure. */
function outcomeOf({ status, retryAfter }: EgressAnswer, at: Date, durationMs: number): Outcome {
  if (status >= 200 && status < 300) return { status, durationMs };
  const asked = status === 429 || status === 503 ? retryAfterMs(retryAfter, at.getTime()) : undefined;
  return { status, fault: 'status', retryAfterMs: asked, durationMs };
}

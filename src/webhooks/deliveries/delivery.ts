import type { EgressFaultKind } from '../../platform/egress/egress-fault.js';
import type { EventData } from '../../platform/outbox/event.js';
import type { WebhookRow } from '../webhook.js';

/**
 * `pending`: to be tried; `delivered`: answered with 2xx; `failed`: given up; `skipped`: never or no longer tried, since the
 * webhook is disabled.
 */
export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed', 'skipped'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Why there was no 2xx: an answer of another status, or none at all. */
export type DeliveryFault = EgressFaultKind | 'status';

/** What became of one request. */
export interface Outcome {
  /** Absent where there was no answer. */
  readonly status?: number | undefined;
  /** Absent of a success. */
  readonly fault?: DeliveryFault | undefined;
  /** How long the receiver asks to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  readonly durationMs: number;
}

/** One line of a delivery's log. */
export interface LoggedAttempt {
  readonly at: string;
  readonly status: number | null;
  readonly fault: DeliveryFault | null;
  readonly duration_ms: number;
}

/** An event on its way to one webhook. */
export interface Delivery {
  /** The `webhook-id` of every attempt. */
  readonly id: string;
  readonly organizationId: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly event: string;
  /** What it is about; ordered webhooks keep the order of each. */
  readonly subject: string;
  readonly status: DeliveryStatus;
  /** It waits for an earlier one about the same thing. */
  readonly held: boolean;
  readonly attempts: number;
  readonly nextAttemptAt: Date;
  readonly attemptedAt: Date | null;
  readonly responseStatus: number | null;
  readonly fault: DeliveryFault | null;
  readonly createdAt: Date;
}

/** A delivery as who asks for it sees it, with what it delivers. */
export interface ShownDelivery extends Delivery {
  readonly log: readonly LoggedAttempt[];
  readonly data: EventData;
  readonly happenedAt: Date;
}

/** A delivery that this process has a lease on, with all that sending it takes. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly organizationId: string;
  readonly webhookId: string;
  /** Of this attempt; whoever claims it after a lapsed lease has a higher one. */
  readonly attempt: number;
  readonly event: string;
  readonly data: EventData;
  readonly createdAt: Date;
  readonly webhook: Pick<WebhookRow, 'id' | 'organizationId' | 'version' | 'contentSealed' | 'names'>;
}

/** Which deliveries to list or send again; absent fields do not filter. */
export interface DeliveryFilter {
  readonly statuses?: readonly DeliveryStatus[] | undefined;
  readonly event?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Webhooks of one organization. */
export const MOST_WEBHOOKS = 50;

/** Why a webhook is off: somebody wished it, its receiver said that it is gone (410), or it kept failing. */
export const DISABLED_REASONS = ['by_request', 'gone', 'failing'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** What of a webhook is kept sealed. */
export interface WebhookContent {
  readonly url: string;
  readonly description: string | null;
}

/** What people settle of a webhook beside that. */
export interface WebhookSettings {
  /** `*`, `document.*` or names of events. */
  readonly events: readonly string[];
  /** Events of this project alone; null for all. */
  readonly projectId: string | null;
  /** Whether names of files and people are told, or ids in their place. */
  readonly names: boolean;
  /** Whether what happens to one thing arrives in the order in which it happened. */
  readonly ordered: boolean;
  readonly enabled: boolean;
}

/** How requests to a receiver go. */
export interface ReceiverHealth {
  /** Since when no request has succeeded. */
  readonly failingSince: Date | null;
  /** Deliveries given up since one succeeded. */
  readonly exhausted: number;
  /** Times in a row that the receiver asked for less. */
  readonly throttles: number;
  /** No request before. */
  readonly resumeAt: Date | null;
}

export const HEALTHY: ReceiverHealth = { failingSince: null, exhausted: 0, throttles: 0, resumeAt: null };

/** A webhook as it lies in the database. */
export interface WebhookRow extends WebhookSettings, ReceiverHealth {
  readonly id: string;
  readonly organizationId: string;
  readonly contentSealed: Buffer;
  readonly disabledReason: DisabledReason | null;
  readonly disabledAt: Date | null;
  /** From 1, one more with every change. */
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The latest attempt at anything for a webhook. */
export interface LastDelivery {
  readonly id: string;
  readonly event: string;
  readonly status: string;
  readonly attemptedAt: Date;
  readonly responseStatus: number | null;
  readonly fault: string | null;
}

export interface Webhook extends Omit<WebhookRow, 'contentSealed'>, WebhookContent {
  /** Until when the secret before this one signs along; null when it does not. */
  readonly oldSecretUntil: Date | null;
  readonly lastDelivery: LastDelivery | null;
}

export type NewWebhook = WebhookContent & WebhookSettings;

/** A change: what is not given stays. */
export type WebhookChange = { readonly [Name in keyof NewWebhook]?: NewWebhook[Name] | undefined };

/** A webhook with the secret that is shown this once. */
export interface Revealed {
  readonly row: WebhookRow;
  readonly secret: string;
}

/** What goes with being switched on or off by somebody. */
export const switched = (enabled: boolean, now: Date) => ({
  disabledReason: enabled ? null : ('by_request' as const),
  disabledAt: enabled ? null : now,
});

type Scalar = string | number | boolean | null;

/** Ids, states and counts; nothing personal. */
export type EventData = Readonly<Record<string, Scalar | Readonly<Record<string, Scalar>>>>;

/** News for whoever listens, such as webhooks. */
export interface NewEvent {
  readonly organizationId: string;
  readonly projectId?: string | undefined;
  /** `<resource>.<past tense>`. */
  readonly name: string;
  readonly data: EventData;
}

/** An event as it is handed over. */
export interface StoredEvent {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly name: string;
  readonly data: EventData;
  readonly createdAt: Date;
}

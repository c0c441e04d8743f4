/** One opened entry of the audit log. */
export interface AuditRecord {
  readonly id: string;
  readonly number: number;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly actorType: string;
  readonly actorId: string;
  /** The person behind the actor. */
  readonly userId: string | null;
  /** Empty where nobody acted, or the person was erased. */
  readonly userName: string;
  readonly userEmail: string;
  /** Whom it concerns beside them. */
  readonly subjectUserId: string | null;
  readonly action: string;
  readonly targetType: string | null;
  readonly targetId: string | null;
  readonly requestId: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly createdAt: Date;
  readonly clientAddress: string | null;
  readonly userAgent: string | null;
  readonly methodUsed: string | null;
  readonly policyId: string | null;
  readonly policyVersion: number | null;
  /** What else was sealed; null where that is closed to the reader, or its keys are gone. */
  readonly details: MoreDetails | null;
}

export type MoreDetails = Readonly<Record<string, string | number | boolean>>;

/** Which entries to read; absent fields do not filter. */
export interface AuditFilter {
  /** Any of these; an empty list is none. */
  readonly actions?: readonly string[] | undefined;
  readonly organizationId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly actorId?: string | undefined;
  readonly actorType?: string | undefined;
  readonly userId?: string | undefined;
  readonly targetType?: string | undefined;
  readonly targetId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

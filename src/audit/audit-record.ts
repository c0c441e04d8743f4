/** One opened entry of the audit log. */
export interface AuditRecord {
  readonly id: string;
  readonly number: number;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly actorType: string;
  readonly actorId: string;
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
}

/** Which entries to read; absent fields do not filter. */
export interface AuditFilter {
  readonly actions?: readonly string[] | undefined;
  readonly projectId?: string | undefined;
  readonly actorId?: string | undefined;
  readonly targetType?: string | undefined;
  readonly targetId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

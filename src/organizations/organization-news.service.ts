import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { type AuditDetails, auditOf } from '../platform/audit/audit-entry.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Requester } from '../platform/http/request-context.js';

/** Something that happened to an organization, by ids and states alone. */
export interface OrganizationNews {
  readonly organizationId: string;
  /** `<resource>.<past tense>`. */
  readonly action: string;
  readonly target: { readonly type: 'organization' | 'user' | 'invitation'; readonly id: string };
  /** Whom it concerns beside who did it. */
  readonly subjectUserId?: string | undefined;
  readonly details?: AuditDetails;
}

/** Tells of organizations and their members in the transaction of what is told. */
@Injectable()
export class OrganizationNewsWriter {
  constructor(private readonly audit: AuditWriter) {}

  async tell(requester: Requester, { details: more, ...news }: OrganizationNews, tx: Tx): Promise<void> {
    const { details, projectId: _, ...entry } = auditOf(requester);
    await this.audit.append({ ...entry, ...news, details: { ...details, ...more } }, tx);
  }
}

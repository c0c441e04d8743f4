import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { type AuditEntry, auditOf } from '../platform/audit/audit-entry.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Caller } from '../platform/http/request-context.js';
import { EventOutbox } from '../platform/outbox/event-outbox.js';
import type { AccountOrigin } from './account-origin.js';

/** Somebody known, with where their entries belong: home. */
export interface KnownUser {
  readonly id: string;
  readonly organizationId: string;
}

type Target = NonNullable<AuditEntry['target']>;
type Extra = Pick<AuditEntry, 'counts' | 'details'>;

/** Tells what happens to accounts: entries of the organization that is their home, none of them with personal data. */
@Injectable()
export class AccountNews {
  constructor(
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  /** What somebody with a credential did, in the organization their request was about. */
  async tell(caller: Caller, action: string, target: Target, tx: Tx, extra: Extra = {}): Promise<void> {
    const { details, ...entry } = auditOf(caller);
    await this.audit.append(
      { ...entry, ...extra, action, target, details: { ...details, ...extra.details } },
      tx,
    );
  }

  /** What somebody did who has no credential yet. */
  async tellOf(
    { id, organizationId }: KnownUser,
    origin: AccountOrigin,
    action: string,
    target: Target,
    tx: Tx,
    extra: Extra = {},
  ): Promise<void> {
    await this.audit.append(
      {
        organizationId,
        actor: { type: 'user', id },
        userId: id,
        action,
        target,
        requestId: origin.requestId,
        ...extra,
        details: { client_address: origin.clientAddress, user_agent: origin.userAgent, ...extra.details },
      },
      tx,
    );
  }

  /** That there is a new person, for whoever listens. */
  async announce({ id, organizationId }: KnownUser, tx: Tx): Promise<void> {
    await this.events.append({ organizationId, name: 'user.created', data: { user_id: id } }, tx);
  }
}

import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { type AuditDetails, type AuditEntry, auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { EventData } from '../../platform/outbox/event.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import { statusOf } from './user.js';
import type { UserCard } from './user-card.js';

/** What administrators do to somebody's account. */
export type UserNews =
  | 'created'
  | 'updated'
  | 'role_changed'
  | 'disabled'
  | 'enabled'
  | 'password_reset_issued'
  | 'deleted';

/** Events that listeners know; everything else is an update to them. */
const EVENTS: readonly string[] = ['created', 'updated', 'role_changed', 'disabled', 'deleted'];

/** Tells of users where they are at home, in the transaction of what is told: by ids and states, never by name. */
@Injectable()
export class UserNewsWriter {
  constructor(
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  async tell(
    caller: Caller,
    user: Pick<UserCard, 'id' | 'organizationId' | 'systemRole' | 'disabled'>,
    news: UserNews,
    tx: Tx,
    more: { readonly details?: AuditDetails; readonly counts?: NonNullable<AuditEntry['counts']> } = {},
  ): Promise<void> {
    const { details, projectId: _, ...entry } = auditOf(caller);
    const { id, organizationId, systemRole } = user;
    const told = { organizationId, action: `user.${news}`, target: { type: 'user', id }, subjectUserId: id };
    const counts = more.counts && { counts: more.counts };
    await this.audit.append({ ...entry, ...told, ...counts, details: { ...details, ...more.details } }, tx);
    if (news === 'password_reset_issued') return;
    const name = `user.${EVENTS.includes(news) ? news : 'updated'}`;
    const data: EventData = { user_id: id, system_role: systemRole, status: statusOf(user) };
    await this.events.append({ organizationId, name, data }, tx);
  }
}

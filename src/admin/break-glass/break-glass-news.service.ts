import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import type { Glass } from './break-glass.js';

/** Tells those whose content is looked at: an entry for each of them, with the reason, in their own organization. */
@Injectable()
export class BreakGlassNewsWriter {
  constructor(
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  /** @param owners who answer for what was opened; the entry is written once where there are none */
  async tell(
    caller: Caller,
    glass: Glass,
    news: 'opened' | 'ended',
    owners: readonly string[],
    tx: Tx,
  ): Promise<void> {
    const { id, organizationId, projectId, expiresAt } = glass;
    const name = `break_glass.${news}`;
    for (const subjectUserId of owners.length > 0 ? owners : [undefined])
      await this.audit.append({ ...this.entryOf(caller, glass), action: name, subjectUserId }, tx);
    const data = { break_glass_id: id, user_id: glass.userId, expires_at: expiresAt.toISOString() };
    await this.events.append({ organizationId, projectId: projectId ?? undefined, name, data }, tx);
  }

  private entryOf(caller: Caller, { id, organizationId, projectId, reason, expiresAt, userId }: Glass) {
    const { details, ...entry } = auditOf(caller);
    return {
      ...entry,
      organizationId,
      projectId: projectId ?? undefined,
      target: { type: 'break_glass', id },
      details: { ...details, reason, opened_by: userId, expires_at: expiresAt.toISOString() },
    };
  }
}

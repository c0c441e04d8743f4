import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import type { ProjectShare } from './project-share.js';

/** What can happen to a share, as its audit row says it. */
export type ShareNews = 'project.shared' | 'project.share_changed' | 'project.unshared';

/** Tells of shares in the transaction of what is told; those concerned may read it. */
@Injectable()
export class ProjectShareNewsWriter {
  constructor(
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  async tell(caller: Caller, share: ProjectShare, news: ShareNews, tx: Tx): Promise<void> {
    const { id, organizationId, projectId, userId, role } = share;
    const { details, ...entry } = auditOf(caller);
    const target = { type: 'project', id: projectId };
    const about = { organizationId, projectId, action: news, target, subjectUserId: userId };
    await this.audit.append({ ...entry, ...about, details: { ...details, share_id: id, role } }, tx);
    if (news !== 'project.shared') return;
    const data = { project_id: projectId, share_id: id, user_id: userId, role };
    await this.events.append({ organizationId, projectId, name: news, data }, tx);
  }
}

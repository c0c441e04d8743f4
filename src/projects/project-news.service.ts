import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { auditOf } from '../platform/audit/audit-entry.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Caller } from '../platform/http/request-context.js';
import { EventOutbox } from '../platform/outbox/event-outbox.js';
import type { ProjectRow } from './projects.repository.js';

/** What can happen to a project, as its audit row says it. */
export type ProjectNews =
  | 'created'
  | 'updated'
  | 'archived'
  | 'restored'
  | 'password_set'
  | 'password_changed'
  | 'password_removed'
  | 'deleted';

/** Events that listeners know; everything else is an update to them. */
const EVENTS: readonly string[] = ['created', 'archived', 'deleted'];

/** Tells of a change in its own transaction: an audit row and an event, both of ids and states alone. */
@Injectable()
export class ProjectNewsWriter {
  constructor(
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  async tell(caller: Caller, project: ProjectRow, news: ProjectNews, tx: Tx): Promise<void> {
    const { id, status, version, legalHold, retentionDays } = project;
    const { details, ...entry } = auditOf(caller);
    const settings = { version, legal_hold: legalHold, retention_days: retentionDays ?? undefined };
    await this.audit.append(
      {
        ...entry,
        projectId: id,
        action: `project.${news}`,
        target: { type: 'project', id },
        details: { ...details, ...settings },
      },
      tx,
    );
    const name = `project.${EVENTS.includes(news) ? news : 'updated'}`;
    const data = { project_id: id, status, protected: project.protected };
    const { organizationId } = caller.principal;
    await this.events.append({ organizationId, projectId: id, name, data }, tx);
  }
}

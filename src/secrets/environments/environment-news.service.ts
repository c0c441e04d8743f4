import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { type AuditDetails, auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import type { EnvironmentRow } from './environments.repository.js';

/** What happens to an environment as a whole. */
export type EnvironmentNews =
  | 'created'
  | 'updated'
  | 'deleted'
  | 'imported'
  | 'exported'
  | 'changed'
  | 'copied'
  | 'restored'
  | 'read';

/** What an entry says beside the environment. */
export interface NewsExtent {
  readonly counts?: Readonly<Record<string, number>>;
  readonly details?: AuditDetails;
}

type Subject = Pick<EnvironmentRow, 'id' | 'projectId' | 'name'>;

/** Tells of environments in the audit log: names, numbers and counts, never a value. */
@Injectable()
export class EnvironmentNewsWriter {
  constructor(
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  /** In the transaction of what is told. */
  tell(
    caller: Caller,
    environment: Subject,
    news: EnvironmentNews,
    extent: NewsExtent,
    tx: Tx,
  ): Promise<void> {
    return this.audit.append(entryOf(caller, environment, news, extent), tx);
  }

  /** The same of one that is deleted, which others are told of too. */
  async tellOfDeletion(caller: Caller, environment: EnvironmentRow, tx: Tx): Promise<void> {
    const { id, organizationId, projectId } = environment;
    await this.tell(caller, environment, 'deleted', { counts: { variables: environment.variableCount } }, tx);
    const data = { environment_id: id, project_id: projectId };
    await this.events.append({ organizationId, projectId, name: 'environment.deleted', data }, tx);
  }

  /** Of a reading, which has no other effect; resolved means committed. */
  tellOfReading(
    caller: Caller,
    environment: Subject,
    news: 'read' | 'exported',
    extent: NewsExtent,
  ): Promise<void> {
    return this.audit.appendAlone(entryOf(caller, environment, news, extent));
  }
}

/** What the audit log says of it. */
export function entryOf(
  caller: Caller,
  { id, projectId, name }: Subject,
  news: EnvironmentNews,
  extent: NewsExtent,
) {
  const { details, ...entry } = auditOf(caller);
  return {
    ...entry,
    projectId,
    action: `environment.${news}`,
    target: { type: 'environment', id },
    ...(extent.counts && { counts: extent.counts }),
    details: { ...details, environment_name: name, ...extent.details },
  };
}

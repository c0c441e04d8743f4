import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import { type EnvironmentNews, EnvironmentNewsWriter } from '../environments/environment-news.service.js';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import type { RevisionCause, VersionChange } from './variable.js';
import type { Occasion } from './variable-rows.service.js';
import type { VariableStep } from './variable-step.js';
import { VariablesRepository } from './variables.repository.js';

/** Changes that touch as many variables as somebody likes: the environment's one row tells of them all. */
const BULK: Partial<Record<RevisionCause, EnvironmentNews>> = {
  changed: 'changed',
  imported: 'imported',
  copied: 'copied',
  restored: 'restored',
};

/** Tells of variables in the transaction of what is told: audit rows, and an event for each variable. Never a value. */
@Injectable()
export class VariableNews {
  constructor(
    private readonly audit: AuditWriter,
    private readonly environments: EnvironmentNewsWriter,
    private readonly variables: VariablesRepository,
    private readonly events: EventOutbox,
  ) {}

  async changed(
    { caller, cause }: Occasion,
    environment: EnvironmentRow,
    revision: number,
    steps: readonly VariableStep[],
    tx: Tx,
  ): Promise<void> {
    const bulk = BULK[cause];
    if (bulk) {
      const extent = { counts: countsOf(steps), details: { revision } };
      await this.environments.tell(caller, environment, bulk, extent, tx);
    } else
      for (const { id, change, draft } of steps)
        await this.tell(caller, environment, { id, key: draft.key, news: change, revision }, tx);
    await this.publish(environment, steps, tx);
  }

  /** A version that was destroyed for good. */
  async destroyed(
    caller: Caller,
    environment: EnvironmentRow,
    { id, key, version }: { readonly id: string; readonly key: string; readonly version: number },
    tx: Tx,
  ): Promise<void> {
    await this.tell(caller, environment, { id, key, news: 'destroyed', version }, tx);
    const { organizationId, projectId } = environment;
    const place = { variable_id: id, environment_id: environment.id, project_id: projectId };
    const data = { ...place, version, destroyed_by: caller.principal.userId };
    await this.events.append({ organizationId, projectId, name: 'variable.destroyed', data }, tx);
  }

  /** Somebody has read a value that not everybody may read; resolved means committed. */
  async read(
    caller: Caller,
    environment: Pick<EnvironmentRow, 'projectId' | 'name'>,
    { id, key, version }: { readonly id: string; readonly key: string; readonly version: number },
  ): Promise<void> {
    await this.audit.appendAlone(entryOf(caller, environment, { id, key, news: 'read', version }));
  }

  private tell(caller: Caller, environment: EnvironmentRow, what: VariableNewsItem, tx: Tx): Promise<void> {
    return this.audit.append(entryOf(caller, environment, what), tx);
  }

  /** KeyNest's payload. Whoever sends it on puts people's names in the place of their ids, where it may. */
  private async publish(environment: EnvironmentRow, steps: readonly VariableStep[], tx: Tx): Promise<void> {
    const { organizationId, projectId } = environment;
    const ids = steps.map(({ id }) => id);
    const numbers = await this.variables.numbersOf(organizationId, ids, tx);
    const events = steps.map(({ id, change, draft, createdBy }) => ({
      organizationId,
      projectId,
      name: `variable.${change}`,
      data: {
        variable: {
          id: numbers.get(id) ?? null,
          key: draft.key,
          environment_id: environment.number,
          created_by: createdBy,
        },
        variable_id: id,
        environment_id: environment.id,
        project_id: projectId,
      },
    }));
    await this.events.appendMany(events, tx);
  }
}

interface VariableNewsItem {
  readonly id: string;
  readonly key: string;
  readonly news: VersionChange | 'destroyed' | 'read';
  readonly revision?: number;
  readonly version?: number;
}

function entryOf(
  caller: Caller,
  { projectId, name }: Pick<EnvironmentRow, 'projectId' | 'name'>,
  { id, key, news, revision, version }: VariableNewsItem,
) {
  const { details, ...entry } = auditOf(caller);
  return {
    ...entry,
    projectId,
    action: `variable.${news}`,
    target: { type: 'variable', id },
    details: { ...details, variable_key: key, environment_name: name, revision, version },
  };
}

const countsOf = (steps: readonly VariableStep[]): Record<string, number> => ({
  created: steps.filter(({ change }) => change === 'created').length,
  updated: steps.filter(({ change }) => change === 'updated').length,
  deleted: steps.filter(({ change }) => change === 'deleted').length,
});

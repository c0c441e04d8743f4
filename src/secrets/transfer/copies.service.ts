import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { invalidField } from '../../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../../platform/http/etag.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentNewsWriter } from '../environments/environment-news.service.js';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import { BulkChangesService } from '../variables/bulk-changes.service.js';
import { EnvironmentVariables } from '../variables/environment-variables.service.js';
import type { Variable } from '../variables/variable.js';
import { EnvironmentReach, type ReachedEnvironment } from './environment-reach.service.js';
import { assertNoneChanged, assertRoom, refuseChanged, type TransferOutcome } from './transfer-outcome.js';

/** What is to be copied. */
export interface CopySource {
  readonly environmentId: string;
  /** All of them when absent. */
  readonly keys?: readonly string[] | undefined;
}

/** The same, read: values of the one, and the way into the other. */
export interface PreparedCopy {
  readonly source: EnvironmentRow;
  readonly variables: readonly Variable[];
  readonly target: ReachedEnvironment;
}

/** How it is to be put there. */
export interface CopyRequest {
  readonly overwrite: boolean;
  /** Of the target. */
  readonly ifMatch: IfMatch;
  readonly reason: string | undefined;
}

/** Copying variables, with their notes, tags and reminders, between environments of one organization: all of them or none. */
@Injectable()
export class CopiesService {
  constructor(
    private readonly variables: EnvironmentVariables,
    private readonly reach: EnvironmentReach,
    private readonly bulk: BulkChangesService,
    private readonly news: EnvironmentNewsWriter,
  ) {}

  /**
   * Before the transaction. The caller must have been asked whether they may read the source.
   * @throws AppError NOT_FOUND, PERMISSION_DENIED where the caller may not write, VALIDATION_ERROR for keys that are not there
   */
  async prepare(
    caller: Caller,
    { environmentId, keys }: CopySource,
    targetId: string,
  ): Promise<PreparedCopy> {
    const { environment: source, variables } = await this.variables.readAll(caller, environmentId);
    if (targetId === source.id) throw sameEnvironment('environment_id');
    const target = await this.reach.reach(caller, targetId, 'secrets:write');
    return { source, variables: keys ? chosen(variables, keys) : variables, target };
  }

  /** One revision of the target. @throws AppError NOT_FOUND, PRECONDITION_FAILED, PROJECT_ARCHIVED, TOO_MANY_VARIABLES, VARIABLE_EXISTS */
  async copy(
    caller: Caller,
    { source, variables, target }: PreparedCopy,
    { overwrite, ifMatch, reason }: CopyRequest,
    tx: Tx,
  ): Promise<TransferOutcome> {
    const change = { cause: 'copied' as const, wanted: variables.map(wantedOf), ifMatch, reason };
    const outcome = await this.bulk.apply(target.caller, target.environment.id, change, tx);
    if (!overwrite) assertNoneChanged(outcome);
    const details = { revision: source.revision, copied_to: target.environment.id };
    const extent = { counts: { variables: variables.length }, details };
    await this.news.tell(caller, source, 'read', extent, tx);
    return { ...outcome, refused: [] };
  }

  /** The same without doing it. @throws AppError PRECONDITION_FAILED, TOO_MANY_VARIABLES */
  async preview(
    { variables, target: { environment, caller } }: PreparedCopy,
    { overwrite, ifMatch }: CopyRequest,
    db: Tx,
  ): Promise<TransferOutcome> {
    assertMatch(ifMatch, environment.version);
    const planned = await this.bulk.preview(caller, environment, { wanted: variables.map(wantedOf) }, db);
    assertRoom(planned);
    return overwrite ? { ...planned, refused: [] } : refuseChanged(planned);
  }
}

/** Somebody who compares or copies an environment with itself has mistaken an id. */
export const sameEnvironment = (field: string) =>
  invalidField(field, 'other', `'${field}' must name another environment than the path.`);

const wantedOf = ({ key, value, note, tags, rotateDays }: Variable) => ({
  key,
  value,
  note,
  tags,
  rotateDays,
});

function chosen(variables: readonly Variable[], keys: readonly string[]): Variable[] {
  const wanted = new Set(keys);
  const found = variables.filter(({ key }) => wanted.has(key));
  if (found.length === wanted.size) return found;
  const there = new Set(found.map(({ key }) => key));
  const index = keys.findIndex((key) => !there.has(key));
  const field = `keys[${index}]`;
  throw invalidField(field, 'exists', `'${field}' names no variable of the environment.`);
}

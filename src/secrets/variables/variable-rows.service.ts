import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller, Requester } from '../../platform/http/request-context.js';
import { EnvironmentTexts } from '../environments/environment-texts.service.js';
import { type EnvironmentRow, EnvironmentsRepository } from '../environments/environments.repository.js';
import { RevisionsRepository } from '../history/revisions.repository.js';
import type { RevisionCause } from './variable.js';
import type { VariableStep } from './variable-step.js';
import { type NewVersion, VariableVersionsRepository } from './variable-versions.repository.js';
import { type VariableState, VariablesRepository } from './variables.repository.js';

/** Why variables change, and by whose request. */
export interface Occasion {
  readonly caller: Caller;
  readonly cause: RevisionCause;
  /** In the words of whoever asked for it. */
  readonly reason: string | undefined;
}

/** As much of it as rows hold. */
export type RowsOccasion = Omit<Occasion, 'caller'> & {
  readonly caller: Pick<Requester, 'requestId'> & {
    readonly principal: Pick<Requester['principal'], 'userId'>;
  };
};

/** Writes the rows of one change: its revision, the versions it makes, and what is now true of each variable. */
@Injectable()
export class VariableRows {
  constructor(
    private readonly environments: EnvironmentsRepository,
    private readonly revisions: RevisionsRepository,
    private readonly variables: VariablesRepository,
    private readonly versions: VariableVersionsRepository,
    private readonly texts: EnvironmentTexts,
  ) {}

  /** The environment must be locked. @returns the new revision */
  async write(
    { caller, cause, reason }: RowsOccasion,
    environment: EnvironmentRow,
    steps: readonly VariableStep[],
    versions: readonly NewVersion[],
    tx: Tx,
  ): Promise<number> {
    const { id: environmentId, organizationId, projectId } = environment;
    const revision = environment.revision + 1;
    const reasonSealed = await this.texts.sealReason(environment, revision, reason, tx);
    const who = { changedBy: caller.principal.userId, requestId: caller.requestId };
    const row = { organizationId, environmentId, revision, cause, ...who, reasonSealed };
    const at = await this.revisions.insert({ ...row, after: environment.revisedAt }, tx);
    const place = { organizationId, projectId, environmentId };
    const isNew = ({ version }: VariableStep): boolean => version === 1;
    await this.variables.update(place, steps.filter((step) => !isNew(step)).map(stateOf), at, tx);
    await this.variables.insert(place, steps.filter(isNew).map(stateOf), at, tx);
    await this.versions.insert({ organizationId, environmentId, revision }, versions, tx);
    const change = { revision, revisedAt: at, variables: netOf(steps) };
    await this.environments.revise(organizationId, environmentId, change, tx);
    return revision;
  }
}

const stateOf = ({ id, version, change, valueChanged, draft, createdBy }: VariableStep): VariableState => ({
  id,
  key: draft.key,
  version,
  isDeleted: change === 'deleted',
  valueChanged,
  rotateDays: change === 'deleted' ? null : draft.rotateDays,
  createdBy,
});

/** How many more variables there are after a change. */
export const netOf = (steps: readonly VariableStep[]): number =>
  steps.reduce((sum, { change }) => sum + (change === 'created' ? 1 : change === 'deleted' ? -1 : 0), 0);

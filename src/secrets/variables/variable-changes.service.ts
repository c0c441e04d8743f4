import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../../platform/http/etag.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentChangesService } from '../environments/environment-changes.service.js';
import { secretsError } from '../secrets.errors.js';
import {
  isAs,
  type RevisionCause,
  type Variable,
  type VariableChange,
  type VariableDraft,
} from './variable.js';
import { VariableOpener } from './variable-opener.service.js';
import { creation, deletion, update } from './variable-step.js';
import { VariableWriter } from './variable-writer.service.js';
import { VariablesRepository } from './variables.repository.js';

/** What comes with a change of one variable. */
export interface ChangeOptions {
  readonly ifMatch: IfMatch;
  /** Why, in the words of whoever asked for it. */
  readonly reason: string | undefined;
}

/** Changing variables one by one. Their environment is locked first, so that changes of one follow one another. */
@Injectable()
export class VariableChangesService {
  constructor(
    private readonly environments: EnvironmentChangesService,
    private readonly variables: VariablesRepository,
    private readonly opener: VariableOpener,
    private readonly writer: VariableWriter,
  ) {}

  /** @throws AppError NOT_FOUND, PROJECT_ARCHIVED, VARIABLE_EXISTS, TOO_MANY_VARIABLES */
  async createVariable(
    caller: Caller,
    environmentId: string,
    draft: VariableDraft,
    reason: string | undefined,
    tx: Tx,
  ): Promise<Variable> {
    const environment = await this.environments.lockToFill(caller, environmentId, undefined, tx);
    await this.assertFree(environment, draft.key, tx);
    const step = creation(draft, caller.principal.userId);
    await this.writer.write({ caller, cause: 'created', reason }, environment, [step], tx);
    return this.reread(caller, step.id, tx);
  }

  /** Nothing happens where it is so already. @throws AppError NOT_FOUND, PRECONDITION_FAILED, PROJECT_ARCHIVED, VARIABLE_EXISTS */
  async changeVariable(
    caller: Caller,
    id: string,
    change: VariableChange,
    { ifMatch, reason }: ChangeOptions,
    tx: Tx,
  ): Promise<Variable> {
    const environmentId = await this.environmentOf(caller, id, tx);
    const environment = await this.environments.lockToFill(caller, environmentId, undefined, tx);
    const current = await this.reread(caller, id, tx);
    assertMatch(ifMatch, current.version);
    const draft = drafted(current, change);
    if (isAs(current, draft)) return current;
    if (draft.key !== current.key) await this.assertFree(environment, draft.key, tx);
    const occasion = { caller, cause: 'updated' as RevisionCause, reason };
    await this.writer.write(occasion, environment, [update(current, draft)], tx);
    return this.reread(caller, id, tx);
  }

  /** Its versions stay, so that it can be brought back. @throws AppError NOT_FOUND, PRECONDITION_FAILED */
  async deleteVariable(
    caller: Caller,
    id: string,
    { ifMatch, reason }: ChangeOptions,
    tx: Tx,
  ): Promise<void> {
    const environmentId = await this.environmentOf(caller, id, tx);
    const environment = await this.environments.lock(caller, environmentId, undefined, tx);
    const current = await this.reread(caller, id, tx);
    assertMatch(ifMatch, current.version);
    await this.writer.write({ caller, cause: 'deleted', reason }, environment, [deletion(current)], tx);
  }

  private async environmentOf({ principal }: Caller, id: string, tx: Tx): Promise<string> {
    const found = await this.variables.findAny(principal.organizationId, id, tx);
    if (!found) throw platformError('NOT_FOUND');
    return found.environmentId;
  }

  private async reread({ principal }: Caller, id: string, tx: Tx): Promise<Variable> {
    const row = await this.variables.find(principal.organizationId, id, tx);
    if (!row) throw platformError('NOT_FOUND');
    return this.opener.open(row, tx);
  }

  private async assertFree(
    { organizationId, id }: { readonly organizationId: string; readonly id: string },
    key: string,
    tx: Tx,
  ): Promise<void> {
    const taken = await this.variables.listByKeys(organizationId, id, [key], tx);
    if (taken.length > 0)
      throw secretsError('VARIABLE_EXISTS', { details: { field: 'key', constraint: 'unique' } });
  }
}

/** What a variable becomes: what a change does not give stays. */
export const drafted = (current: VariableDraft, change: VariableChange): VariableDraft => ({
  key: change.key ?? current.key,
  value: change.value ?? current.value,
  note: change.note === undefined ? current.note : change.note,
  tags: change.tags ?? current.tags,
  rotateDays: change.rotateDays === undefined ? current.rotateDays : change.rotateDays,
});

import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { invalidField } from '../../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../../platform/http/etag.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import { refusalOf } from '../variable.policy.js';
import { BulkChangesService, type WantedVariable } from '../variables/bulk-changes.service.js';
import { assertRoom, type TransferOutcome } from './transfer-outcome.js';

/** What is to be true of some of an environment's variables. */
export interface SettingRequest {
  readonly variables: readonly WantedVariable[];
  /** Keys that are to go; those that are not there are none the worse for it. */
  readonly remove: readonly string[];
  readonly ifMatch: IfMatch;
  readonly reason: string | undefined;
}

/** Setting many variables of an environment at once: all of them or none. Those it does not name stay as they are. */
@Injectable()
export class BulkSettingsService {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly bulk: BulkChangesService,
  ) {}

  /**
   * One revision.
   * @throws AppError VALIDATION_ERROR naming the variable, NOT_FOUND, PRECONDITION_FAILED, PROJECT_ARCHIVED, TOO_MANY_VARIABLES
   */
  async setVariables(
    caller: Caller,
    environmentId: string,
    request: SettingRequest,
    tx: Tx,
  ): Promise<TransferOutcome> {
    const { ifMatch, reason } = request;
    const change = { cause: 'changed' as const, ...planOf(request), ifMatch, reason };
    return { ...(await this.bulk.apply(caller, environmentId, change, tx)), refused: [] };
  }

  /** The same without doing it. @throws AppError VALIDATION_ERROR, NOT_FOUND, PRECONDITION_FAILED, TOO_MANY_VARIABLES */
  async preview(
    caller: Caller,
    environmentId: string,
    request: SettingRequest,
    db: Tx,
  ): Promise<TransferOutcome> {
    const environment = await this.environments.getRow(caller, environmentId);
    assertMatch(request.ifMatch, environment.version);
    const planned = await this.bulk.preview(caller, environment, planOf(request), db);
    assertRoom(planned);
    return { ...planned, refused: [] };
  }
}

/** Messages name the variable by its key: a list of a thousand is not counted through. */
function planOf({ variables: wanted, remove }: SettingRequest) {
  const unwanted = new Set(remove);
  const known = new Set<string>();
  for (const [index, { key, value }] of wanted.entries()) {
    const field = `variables[${index}]`;
    const refusal = refusalOf(key, value);
    if (refusal)
      throw invalidField(`${field}.value`, refusal.reason.toLowerCase(), `${key}: ${refusal.message}`);
    if (known.has(key)) throw twice(`${field}.key`, `${key} is given twice. Give each variable once.`);
    if (unwanted.has(key)) throw twice(`${field}.key`, `${key} is to be set and removed. Decide for one.`);
    known.add(key);
  }
  return { wanted, unwanted: [...unwanted] };
}

const twice = (field: string, message: string) => invalidField(field, 'unique', message);

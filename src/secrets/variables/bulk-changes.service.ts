import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { IfMatch } from '../../platform/http/etag.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentChangesService } from '../environments/environment-changes.service.js';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import { isAs, type RevisionCause, type Variable, type VariableChange } from './variable.js';
import { drafted } from './variable-changes.service.js';
import { VariableOpener } from './variable-opener.service.js';
import { creation, deletion, update, type VariableStep } from './variable-step.js';
import { VariableWriter } from './variable-writer.service.js';
import { VariablesRepository } from './variables.repository.js';

/** What an environment is to have: each key once. */
export interface WantedVariable extends VariableChange {
  readonly key: string;
  readonly value: string;
}

/** A change of many variables of one environment. */
export interface BulkChange {
  readonly cause: RevisionCause;
  readonly wanted: readonly WantedVariable[];
  /** Keys that are to go; those that are not there are none the worse for it. */
  readonly unwanted?: readonly string[];
  /** Whether what is there already keeps its value. */
  readonly keepExisting?: boolean;
  readonly ifMatch: IfMatch;
  readonly reason: string | undefined;
}

/** What a change does, or would do, key by key. */
export interface BulkOutcome {
  readonly environment: EnvironmentRow;
  /** The environment's revision afterwards. */
  readonly revision: number;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

const NEW = { note: null, tags: [], rotateDays: null } as const;

/** Changing many variables at once: all of it or nothing. What is left as it is gets no new version. */
@Injectable()
export class BulkChangesService {
  constructor(
    private readonly environments: EnvironmentChangesService,
    private readonly variables: VariablesRepository,
    private readonly opener: VariableOpener,
    private readonly writer: VariableWriter,
  ) {}

  /** @throws AppError NOT_FOUND, PRECONDITION_FAILED, PROJECT_ARCHIVED, TOO_MANY_VARIABLES */
  async apply(caller: Caller, environmentId: string, change: BulkChange, tx: Tx): Promise<BulkOutcome> {
    const environment = await this.environments.lockToFill(caller, environmentId, change.ifMatch, tx);
    const plan = await this.plan(caller, environment, change, tx);
    const { cause, reason } = change;
    const revision = await this.writer.write({ caller, cause, reason }, environment, plan.steps, tx);
    return { ...plan.outcome, environment, revision };
  }

  /** The same without doing it. @param environment as it was read for this request */
  async preview(
    caller: Caller,
    environment: EnvironmentRow,
    change: Pick<BulkChange, 'wanted' | 'unwanted' | 'keepExisting'>,
    db: Tx,
  ): Promise<BulkOutcome> {
    const { outcome } = await this.plan(caller, environment, change, db);
    return { ...outcome, environment, revision: environment.revision };
  }

  private async plan(
    { principal }: Caller,
    { organizationId, id }: EnvironmentRow,
    { wanted, unwanted = [], keepExisting = false }: Pick<BulkChange, 'wanted' | 'unwanted' | 'keepExisting'>,
    db: Tx,
  ) {
    const keys = [...wanted.map(({ key }) => key), ...unwanted];
    const rows = await this.variables.listByKeys(organizationId, id, keys, db);
    const current = new Map(
      (await this.opener.openAll(rows, db)).map((variable) => [variable.key, variable]),
    );
    const steps: VariableStep[] = [];
    const outcome = {
      added: [] as string[],
      changed: [] as string[],
      unchanged: [] as string[],
      removed: [] as string[],
    };
    for (const one of wanted) {
      const step = stepTo(one, current.get(one.key), keepExisting, principal.userId);
      if (step) steps.push(step);
      const list = !step ? outcome.unchanged : step.change === 'created' ? outcome.added : outcome.changed;
      list.push(one.key);
    }
    for (const key of unwanted) {
      const gone = current.get(key);
      if (!gone) continue;
      steps.push(deletion(gone));
      outcome.removed.push(key);
    }
    return { steps, outcome };
  }
}

function stepTo(
  wanted: WantedVariable,
  current: Variable | undefined,
  keepExisting: boolean,
  userId: string,
): VariableStep | undefined {
  if (!current) return creation(drafted({ ...NEW, key: wanted.key, value: wanted.value }, wanted), userId);
  const draft = drafted(current, wanted);
  return keepExisting || isAs(current, draft) ? undefined : update(current, draft);
}

import { Injectable } from '@nestjs/common';
import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import { secretsError } from '../secrets.errors.js';
import { isAs, type Variable, type VariableDraft } from '../variables/variable.js';
import { VariableOpener } from '../variables/variable-opener.service.js';
import { deletion, revival, update, type VariableStep } from '../variables/variable-step.js';
import { VariablesRepository } from '../variables/variables.repository.js';
import { PastEnvironments } from './past-environments.service.js';
import type { Point } from './point.js';

/** Most keys that an error names. */
const MOST_NAMED = 10;

/** What it takes to bring an environment back. */
export interface RestorePlan {
  readonly restoredRevision: number;
  readonly steps: readonly VariableStep[];
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** Finds the steps from what an environment is to what it was. Variables are told apart by id, so renamed ones stay the same. */
@Injectable()
export class RestorePlans {
  constructor(
    private readonly past: PastEnvironments,
    private readonly variables: VariablesRepository,
    private readonly opener: VariableOpener,
  ) {}

  /** @throws AppError VERSION_DESTROYED that names the keys, VALIDATION_ERROR */
  async plan(environment: EnvironmentRow, point: Point, db: Tx): Promise<RestorePlan> {
    const { organizationId, id } = environment;
    const { revision, wanted } = await this.wanted(environment, point, db);
    const rows = await this.variables.list(organizationId, id, db);
    const current = new Map((await this.opener.openAll(rows, db)).map((variable) => [variable.id, variable]));
    const missing = [...wanted.keys()].filter((variableId) => !current.has(variableId));
    const gone = await this.variables.listGone(organizationId, id, missing, db);
    const revived = gone.flatMap((variable) => {
      const draft = wanted.get(variable.id);
      return draft ? [revival(variable, draft)] : [];
    });
    const kept = stepsOf(current, wanted);
    return {
      restoredRevision: revision,
      // What goes makes room first.
      steps: [...kept.removed, ...kept.changed, ...revived],
      added: keysOf(revived),
      changed: keysOf(kept.changed),
      removed: keysOf(kept.removed),
      unchanged: kept.unchanged,
    };
  }

  private async wanted(environment: EnvironmentRow, point: Point, db: Tx) {
    const { revision, variables } = await this.past.at(environment, point, 'at', db);
    const wanted = new Map<string, VariableDraft>();
    const destroyed: string[] = [];
    const slice = new TimeSlice();
    for (const version of variables) {
      const draft = await this.past.open(environment, version, db);
      if (draft) wanted.set(version.variableId, draft);
      else destroyed.push(version.key);
      await slice.pause();
    }
    if (destroyed.length > 0) throw versionsDestroyed(destroyed);
    return { revision, wanted };
  }
}

function stepsOf(current: ReadonlyMap<string, Variable>, wanted: ReadonlyMap<string, VariableDraft>) {
  const steps = { changed: [] as VariableStep[], removed: [] as VariableStep[], unchanged: [] as string[] };
  for (const variable of current.values()) {
    const draft = wanted.get(variable.id);
    if (!draft) steps.removed.push(deletion(variable));
    else if (isAs(variable, draft)) steps.unchanged.push(variable.key);
    else steps.changed.push(update(variable, draft));
  }
  return steps;
}

const keysOf = (steps: readonly VariableStep[]): string[] => steps.map(({ draft }) => draft.key);

function versionsDestroyed(keys: readonly string[]) {
  const named = keys.slice(0, MOST_NAMED).join(', ');
  const more = keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} more` : '';
  const message = `What then held of ${named}${more} was destroyed for good, so the environment cannot be what it was.`;
  return secretsError('VERSION_DESTROYED', { message, details: { field: 'at', constraint: 'intact' } });
}

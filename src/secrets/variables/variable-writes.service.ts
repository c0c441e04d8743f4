import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import { mayReveal } from '../environments/environments.service.js';
import { type SeenVariable, seen } from './seen-variable.js';
import type { Variable, VariableChange, VariableDraft } from './variable.js';
import { type ChangeOptions, VariableChangesService } from './variable-changes.service.js';
import { VariablesService } from './variables.service.js';

/** What a surface makes of a variable whose value is hidden. */
type Present<Shown> = (variable: SeenVariable) => Shown;

/** An answer that hides the value, and the value where the caller may see it. */
interface Written<Shown> {
  readonly shown: Shown;
  readonly value: string | undefined;
}

/**
 * Writes of one variable, as every surface offers them. Answers are kept for repetitions without the value: once a version
 * is destroyed, no stored answer has it either.
 */
@Injectable()
export class VariableWrites {
  constructor(
    private readonly variables: VariablesService,
    private readonly changes: VariableChangesService,
    private readonly writes: Writes,
  ) {}

  /** Whoever gives a value sees it. @throws as `VariableChangesService.createVariable` */
  async createVariable<Shown extends object>(
    caller: Caller,
    environmentId: string,
    draft: VariableDraft,
    reason: string | undefined,
    present: Present<Shown>,
  ): Promise<Written<Shown>> {
    const shown = await this.writes.run(caller, async (tx) =>
      present(hidden(await this.changes.createVariable(caller, environmentId, draft, reason, tx))),
    );
    return { shown, value: draft.value };
  }

  /**
   * A value that the change does not bring is shown to whoever may read it, who is on record for that first.
   * @throws as `VariableChangesService.changeVariable`
   */
  async changeVariable<Shown extends object>(
    caller: Caller,
    id: string,
    change: VariableChange,
    options: ChangeOptions,
    present: Present<Shown>,
  ): Promise<Written<Shown>> {
    const before = change.value === undefined ? await this.variables.getVariable(caller, id) : undefined;
    let value = change.value ?? before?.value;
    const shown = await this.writes.run(caller, async (tx) => {
      const changed = await this.changes.changeVariable(caller, id, change, options, tx);
      value = changed.value;
      return present(hidden(changed));
    });
    return { shown, value: before && !mayReveal(caller.principal) ? undefined : value };
  }

  /** @throws as `VariableChangesService.deleteVariable` */
  async deleteVariable(caller: Caller, id: string, options: ChangeOptions): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.deleteVariable(caller, id, options, tx);
      return undefined;
    });
  }
}

const hidden = (variable: Variable): SeenVariable => seen(variable, false);

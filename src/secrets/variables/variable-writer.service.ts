import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import { MOST_VARIABLES, secretsError } from '../secrets.errors.js';
import { Vault } from '../vault/vault.service.js';
import { VariableNews } from './variable-news.service.js';
import { netOf, type Occasion, VariableRows } from './variable-rows.service.js';
import type { VariableStep } from './variable-step.js';
import { VersionPreparation } from './version-preparation.service.js';

/** The one way in which variables change, be it one of them or all of an environment. */
@Injectable()
export class VariableWriter {
  constructor(
    private readonly preparation: VersionPreparation,
    private readonly rows: VariableRows,
    private readonly news: VariableNews,
    private readonly vault: Vault,
  ) {}

  /**
   * Makes a revision of the environment, which must be locked, out of one step a variable; nothing happens without any.
   * Its audit rows and events, and the news for whoever looks for values in texts, are in the same transaction.
   * @returns the environment's revision afterwards
   * @throws AppError TOO_MANY_VARIABLES
   */
  async write(
    occasion: Occasion,
    environment: EnvironmentRow,
    steps: readonly VariableStep[],
    tx: Tx,
  ): Promise<number> {
    if (steps.length === 0) return environment.revision;
    const more = netOf(steps);
    if (more > 0 && environment.variableCount + more > MOST_VARIABLES)
      throw secretsError('TOO_MANY_VARIABLES');
    const versions = await this.preparation.prepare(environment, steps, tx);
    const revision = await this.rows.write(occasion, environment, steps, versions, tx);
    await this.news.changed(occasion, environment, revision, steps, tx);
    await this.vault.touch(environment.organizationId, tx);
    return revision;
  }
}

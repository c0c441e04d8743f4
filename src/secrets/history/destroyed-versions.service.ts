import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { DestroyedVersion } from '../../platform/erasure/erasable-contents.js';
import { EnvironmentsRepository } from '../environments/environments.repository.js';
import { VariableRows } from '../variables/variable-rows.service.js';
import { deletion } from '../variables/variable-step.js';
import { VariableVersionsRepository } from '../variables/variable-versions.repository.js';
import { VariablesRepository } from '../variables/variables.repository.js';
import { Vault } from '../vault/vault.service.js';

/** A version that was destroyed, and by what it is destroyed again. */
export interface VersionToDestroy extends DestroyedVersion {
  readonly organizationId: string;
  readonly requestId: string;
}

/** Nothing is kept of what a deletion leaves behind. */
const NOTHING = { valueSealed: null, keySealed: null, noteSealed: null, digest: null };

/** Destroys versions again that a restored database has brought back. */
@Injectable()
export class DestroyedVersions {
  constructor(
    private readonly environments: EnvironmentsRepository,
    private readonly variables: VariablesRepository,
    private readonly rows: VariableRows,
    private readonly versions: VariableVersionsRepository,
    private readonly vault: Vault,
  ) {}

  /**
   * A version that is in use again goes too: its variable is deleted, and the history says so. The value it had later is not in
   * this database.
   * @returns false when there is nothing left of it
   */
  async destroyAgain(destroyed: VersionToDestroy, tx: Tx): Promise<boolean> {
    const { organizationId, variableId, version, destroyedBy } = destroyed;
    const variable = await this.variables.findAny(organizationId, variableId, tx);
    if (!variable || !(await this.environments.lock(organizationId, variable.environmentId, tx)))
      return false;
    const found = await this.versions.find(organizationId, variableId, version, tx);
    if (!found || found.valueSealed === null) return false;
    await this.deleteWhereInUse(destroyed, tx);
    await this.versions.destroy(organizationId, variableId, version, destroyedBy, tx);
    await this.vault.touch(organizationId, tx);
    return true;
  }

  private async deleteWhereInUse(destroyed: VersionToDestroy, tx: Tx): Promise<void> {
    const { organizationId, variableId, version, destroyedBy, requestId } = destroyed;
    const current = await this.variables.find(organizationId, variableId, tx);
    if (current?.version !== version) return;
    const environment = await this.environments.find(organizationId, current.environmentId, tx);
    if (!environment) return;
    const step = deletion({ ...current, value: '', note: null });
    const { id, key, tags, rotateDays } = current;
    const gone = { variableId: id, version: step.version, change: step.change, key, tags, rotateDays };
    const caller = { principal: { userId: destroyedBy }, requestId };
    const occasion = { caller, cause: 'deleted', reason: undefined } as const;
    await this.rows.write(occasion, environment, [step], [{ ...gone, ...NOTHING }], tx);
  }
}

import { Injectable } from '@nestjs/common';
import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { Vault } from '../vault/vault.service.js';
import { VariableSealer } from './variable-sealer.service.js';
import type { VariableStep } from './variable-step.js';
import type { NewVersion } from './variable-versions.repository.js';

/** Where an environment is. */
export interface EnvironmentPlace {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
}

const NOTHING = { valueSealed: null, keySealed: null, noteSealed: null, digest: null };

/** Seals what versions keep secret. */
@Injectable()
export class VersionPreparation {
  constructor(
    private readonly sealer: VariableSealer,
    private readonly vault: Vault,
  ) {}

  async prepare(
    { id: environmentId, organizationId, projectId }: EnvironmentPlace,
    steps: readonly VariableStep[],
    tx: Tx,
  ): Promise<NewVersion[]> {
    const digestOf = await this.vault.digester(organizationId, tx);
    const slice = new TimeSlice();
    const versions: NewVersion[] = [];
    for (const { id: variableId, version, change, draft } of steps) {
      const { key, tags, rotateDays } = draft;
      const head = { variableId, version, change, key, tags, rotateDays };
      if (change === 'deleted') versions.push({ ...head, ...NOTHING });
      else {
        const place = { organizationId, projectId, environmentId, variableId, key, version };
        const sealed = await this.sealer.seal(place, draft, tx);
        versions.push({ ...head, ...sealed, digest: digestOf(draft.value) });
      }
      await slice.pause();
    }
    return versions;
  }
}

import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import {
  type DestroyedVersion,
  ErasableContents,
  type ErasureRun,
} from '../platform/erasure/erasable-contents.js';
import { EnvironmentChangesService } from './environments/environment-changes.service.js';
import { DestroyedVersions } from './history/destroyed-versions.service.js';

/** What was destroyed for good and has come back in a restored database; a legal hold was lifted before it went. */
@Injectable()
export class ErasableSecrets extends ErasableContents {
  constructor(
    private readonly environments: EnvironmentChangesService,
    private readonly versions: DestroyedVersions,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async eraseEnvironment(environmentId: string, run: ErasureRun): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const isDeleted = await this.environments.deleteErased(run.organizationId, environmentId, tx);
      if (isDeleted) await run.note('environments', 1, tx);
    });
  }

  override async eraseVersion(version: DestroyedVersion, run: ErasureRun): Promise<void> {
    const { id: requestId, organizationId } = run;
    await this.unitOfWork.run(async (tx) => {
      const isDestroyed = await this.versions.destroyAgain({ organizationId, requestId, ...version }, tx);
      if (isDestroyed) await run.note('variable_versions', 1, tx);
    });
  }
}

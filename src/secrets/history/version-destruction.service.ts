import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ProjectsRepository, projectError } from '../../projects/index.js';
import { EnvironmentChangesService } from '../environments/environment-changes.service.js';
import { secretsError } from '../secrets.errors.js';
import { VariableNews } from '../variables/variable-news.service.js';
import { VariableVersionsRepository } from '../variables/variable-versions.repository.js';
import { VersionsService } from './versions.service.js';

/** Destroys versions for good: their keys are their only copies, so no value of theirs can be read again. */
@Injectable()
export class VersionDestruction {
  constructor(
    private readonly environments: EnvironmentChangesService,
    private readonly versions: VersionsService,
    private readonly repository: VariableVersionsRepository,
    private readonly projects: ProjectsRepository,
    private readonly news: VariableNews,
  ) {}

  /**
   * Nothing happens where there is nothing left of it. That it was there, who made it and when stays.
   * @throws AppError NOT_FOUND, VERSION_IN_USE, LEGAL_HOLD
   */
  async destroyVersion(caller: Caller, variableId: string, version: number, tx: Tx): Promise<void> {
    const { organizationId, userId } = caller.principal;
    const { environmentId, projectId } = await this.versions.variable(caller, variableId, tx);
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    const environment = await this.environments.lock(caller, environmentId, undefined, tx);
    const variable = await this.versions.variable(caller, variableId, tx);
    const found = await this.repository.find(organizationId, variableId, version, tx);
    if (!found) throw platformError('NOT_FOUND');
    if (version === variable.version && !variable.isDeleted) throw versionInUse();
    if (project?.legalHold) throw projectError('LEGAL_HOLD');
    if (found.valueSealed === null) return;
    await this.repository.destroy(organizationId, variableId, version, userId, tx);
    await this.news.destroyed(caller, environment, { id: variableId, key: found.key, version }, tx);
  }
}

const versionInUse = () =>
  secretsError('VERSION_IN_USE', { details: { field: 'version', constraint: 'superseded' } });

import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../../platform/http/etag.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import {
  type ProjectOwner,
  ProjectsRepository,
  projectArchived,
  projectError,
} from '../../projects/index.js';
import { secretsError } from '../secrets.errors.js';
import { Vault } from '../vault/vault.service.js';
import type { Environment, EnvironmentChange, EnvironmentSettings } from './environment.js';
import { EnvironmentNewsWriter } from './environment-news.service.js';
import { EnvironmentTexts } from './environment-texts.service.js';
import { type EnvironmentRow, EnvironmentsRepository } from './environments.repository.js';

/** Changing environments: each change has its audit row, both or none. A project is locked before its environments. */
@Injectable()
export class EnvironmentChangesService {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly environments: EnvironmentsRepository,
    private readonly texts: EnvironmentTexts,
    private readonly news: EnvironmentNewsWriter,
    private readonly vault: Vault,
  ) {}

  /** @throws AppError NOT_FOUND, PROJECT_ARCHIVED, ENVIRONMENT_EXISTS */
  async createEnvironment(
    caller: Caller,
    projectId: string,
    { description, ...settings }: EnvironmentSettings,
    tx: Tx,
  ): Promise<Environment> {
    const { organizationId, userId } = caller.principal;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    if (!project) throw platformError('NOT_FOUND');
    if (project.status !== 'active') throw projectArchived();
    const place = { organizationId, id: newId('env') };
    const descriptionSealed = await this.texts.sealDescription(place, description, tx);
    const row = { ...place, ...settings, projectId, descriptionSealed, createdBy: userId };
    if (!(await this.environments.insert(row, tx))) throw nameTaken();
    await this.projects.adjustCounts(organizationId, projectId, { environments: 1 }, tx);
    const made = await this.environments.find(organizationId, place.id, tx);
    if (!made) throw new Error('an environment that was just written cannot be read');
    await this.news.tell(caller, made, 'created', { details: { environment_type: made.type } }, tx);
    return { ...made, description };
  }

  /** @throws AppError NOT_FOUND, PRECONDITION_FAILED, ENVIRONMENT_EXISTS */
  async changeEnvironment(
    caller: Caller,
    id: string,
    change: EnvironmentChange,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<Environment> {
    const row = await this.lock(caller, id, ifMatch, tx);
    const { name = row.name, type = row.type } = change;
    if (await this.environments.isNamed(row.organizationId, row.projectId, name, id, tx)) throw nameTaken();
    const descriptionSealed =
      change.description === undefined
        ? row.descriptionSealed
        : await this.texts.sealDescription(row, change.description, tx);
    const version = row.version + 1;
    const changed = { ...row, name, type, descriptionSealed, version, updatedAt: new Date() };
    await this.environments.update(changed, tx);
    await this.news.tell(caller, changed, 'updated', { details: { environment_type: type, version } }, tx);
    return this.texts.open(changed, tx);
  }

  /**
   * For good: with the rows go the keys of every version.
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, LEGAL_HOLD
   */
  async deleteEnvironment(caller: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<void> {
    const { organizationId } = caller.principal;
    const found = await this.environments.find(organizationId, id, tx);
    if (!found) throw platformError('NOT_FOUND');
    const project = await this.projects.lockForUpload(organizationId, found.projectId, tx);
    const row = await this.lock(caller, id, ifMatch, tx);
    if (project?.legalHold) throw projectError('LEGAL_HOLD');
    await this.environments.delete(organizationId, id, tx);
    await this.projects.adjustCounts(organizationId, row.projectId, { environments: -1 }, tx);
    await this.news.tellOfDeletion(caller, row, tx);
    await this.vault.touch(organizationId, tx);
  }

  /** One that was deleted before, and is there again in a restored database. @returns false when it is not there */
  async deleteErased(organizationId: string, id: string, tx: Tx): Promise<boolean> {
    const found = await this.environments.find(organizationId, id, tx);
    if (!found) return false;
    await this.projects.lockForUpload(organizationId, found.projectId, tx);
    if (!(await this.environments.lock(organizationId, id, tx))) return false;
    await this.environments.delete(organizationId, id, tx);
    await this.projects.adjustCounts(organizationId, found.projectId, { environments: -1 }, tx);
    await this.vault.touch(organizationId, tx);
    return true;
  }

  /** Everything of a project that is deleted itself: its own row tells of it. */
  async deleteAll({ organizationId, projectId }: ProjectOwner, tx: Tx): Promise<void> {
    const deleted = await this.environments.deleteOfProject(organizationId, projectId, tx);
    if (deleted > 0) await this.vault.touch(organizationId, tx);
  }

  /** Reads an environment and keeps it as it is until the transaction ends. @throws AppError NOT_FOUND, PRECONDITION_FAILED */
  async lock({ principal }: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<EnvironmentRow> {
    const row = await this.environments.lock(principal.organizationId, id, tx);
    if (!row) throw platformError('NOT_FOUND');
    assertMatch(ifMatch, row.version);
    return row;
  }

  /** The same for whoever puts variables into it. @throws AppError NOT_FOUND, PRECONDITION_FAILED, PROJECT_ARCHIVED */
  async lockToFill(caller: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<EnvironmentRow> {
    const row = await this.lock(caller, id, ifMatch, tx);
    if (!(await this.projects.isActive(row.organizationId, row.projectId, tx))) throw projectArchived();
    return row;
  }
}

const nameTaken = () =>
  secretsError('ENVIRONMENT_EXISTS', { details: { field: 'name', constraint: 'unique' } });

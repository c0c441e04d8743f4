import { Injectable } from '@nestjs/common';
import { ProjectKeys } from '../crypto/index.js';
import { OrganizationsRepository } from '../organizations/index.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../platform/http/etag.js';
import type { Caller } from '../platform/http/request-context.js';
import type { Project, ProjectChange, ProjectSettings, ProjectStatus } from './project.js';
import { ProjectContentsRegistry } from './project-contents.js';
import { ProjectDescriptions } from './project-descriptions.service.js';
import { type ProjectNews, ProjectNewsWriter } from './project-news.service.js';
import { projectError } from './projects.errors.js';
import { type ProjectRow, ProjectsRepository } from './projects.repository.js';

/** A new project with its key pair, made before the transaction since that is slow. */
export interface PreparedProject extends ProjectSettings {
  readonly id: string;
  readonly protected: boolean;
  readonly key: Awaited<ReturnType<ProjectKeys['prepare']>>;
}

/** Changing projects: each change has its audit row and its event, all or none. */
@Injectable()
export class ProjectChangesService {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly descriptions: ProjectDescriptions,
    private readonly keys: ProjectKeys,
    private readonly contents: ProjectContentsRegistry,
    private readonly news: ProjectNewsWriter,
    private readonly organizations: OrganizationsRepository,
  ) {}

  async createProject(
    caller: Caller,
    { description, key, ...settings }: PreparedProject,
    tx: Tx,
  ): Promise<Project> {
    const { organizationId, userId } = caller.principal;
    const place = { organizationId, id: settings.id };
    const descriptionSealed = await this.descriptions.seal(place, description, tx);
    await this.projects.insert({ ...settings, organizationId, descriptionSealed, createdBy: userId }, tx);
    await this.keys.insert(key, tx);
    const row = await this.projects.find(organizationId, settings.id, tx);
    if (!row) throw new Error('a project that was just written cannot be read');
    await this.news.tell(caller, row, 'created', tx);
    await this.organizations.adjustCounts(organizationId, { projects: 1 }, tx);
    return this.descriptions.open(row, tx);
  }

  /** Changes of one project follow one another, so that none is lost. @throws AppError NOT_FOUND, PRECONDITION_FAILED */
  async changeProject(
    caller: Caller,
    id: string,
    change: ProjectChange,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<Project> {
    const row = await this.lock(caller, id, ifMatch, tx);
    const { name = row.name, retentionDays = row.retentionDays, legalHold = row.legalHold } = change;
    const descriptionSealed =
      change.description === undefined
        ? row.descriptionSealed
        : await this.descriptions.seal(row, change.description, tx);
    return this.write(caller, { ...row, name, retentionDays, legalHold, descriptionSealed }, 'updated', tx);
  }

  /** Archives or restores; nothing happens where that was done already. @throws AppError NOT_FOUND, PRECONDITION_FAILED */
  async moveProject(
    caller: Caller,
    id: string,
    status: ProjectStatus,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<Project> {
    const row = await this.lock(caller, id, ifMatch, tx);
    if (row.status === status) return this.unchanged(row, tx);
    const now = new Date();
    const archivedAt = status === 'archived' ? now : null;
    const news = status === 'archived' ? 'archived' : 'restored';
    return this.write(caller, { ...row, status, archivedAt }, news, tx, now);
  }

  /**
   * Notes that a password was set, changed or taken away; the key is the caller's to change, under the lock of `row`.
   */
  noteProtection(caller: Caller, row: ProjectRow, isProtected: boolean, tx: Tx): Promise<Project> {
    const news = !row.protected ? 'password_set' : isProtected ? 'password_changed' : 'password_removed';
    return this.write(caller, { ...row, protected: isProtected }, news, tx);
  }

  /**
   * Deletes a project with its keys and all that features keep for it.
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, LEGAL_HOLD
   */
  async deleteProject(caller: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<void> {
    const row = await this.lock(caller, id, ifMatch, tx);
    if (row.legalHold) throw projectError('LEGAL_HOLD');
    const owner = { organizationId: row.organizationId, projectId: id };
    await this.contents.delete(owner, tx);
    await this.keys.destroy(owner, tx);
    await this.projects.delete(row.organizationId, id, tx);
    await this.news.tell(caller, row, 'deleted', tx);
    await this.organizations.adjustCounts(row.organizationId, { projects: -1 }, tx);
  }

  /** @throws AppError NOT_FOUND, PRECONDITION_FAILED */
  async lock({ principal }: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<ProjectRow> {
    const row = await this.projects.lock(principal.organizationId, id, tx);
    if (!row) throw platformError('NOT_FOUND');
    assertMatch(ifMatch, row.version);
    return row;
  }

  unchanged(row: ProjectRow, tx: Tx): Promise<Project> {
    return this.descriptions.open(row, tx);
  }

  private async write(
    caller: Caller,
    row: ProjectRow,
    news: ProjectNews,
    tx: Tx,
    updatedAt = new Date(),
  ): Promise<Project> {
    const changed = { ...row, version: row.version + 1, updatedAt };
    await this.projects.update(changed, tx);
    await this.news.tell(caller, changed, news, tx);
    return this.descriptions.open(changed, tx);
  }
}

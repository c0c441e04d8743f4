import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../platform/errors/app-error.js';
import type { Listed, Listing, Position } from '../platform/http/listing.js';
import type { Page } from '../platform/http/paging.js';
import type { Caller } from '../platform/http/request-context.js';
import type { Project, ProjectFilter } from './project.js';
import { ProjectDescriptions } from './project-descriptions.service.js';
import type { ProjectReach } from './project-reach.js';
import { type ProjectName, type ProjectRow, ProjectsRepository } from './projects.repository.js';
import { ProjectSharesRepository } from './shares/project-shares.repository.js';

/** Projects that are read at once where all of them are wanted. */
const STRIDE = 100;

/**
 * Reading projects, which belong to the whole organization. One is read where the request has moved its caller; lists have
 * those of all the organizations that the credential reaches, and those shared with its user.
 */
@Injectable()
export class ProjectsService {
  constructor(
    private readonly repository: ProjectsRepository,
    private readonly descriptions: ProjectDescriptions,
    private readonly shares: ProjectSharesRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getProject({ principal }: Caller, id: string): Promise<Project> {
    const db = this.dataSource.manager;
    return this.opened(await this.repository.find(principal.organizationId, id, db));
  }

  /** @throws AppError NOT_FOUND */
  async getProjectByNumber({ principal }: Caller, number: number): Promise<Project> {
    const db = this.dataSource.manager;
    return this.opened(await this.repository.findByNumber(principal.organizationId, number, db));
  }

  /** What projects are called, by id. Asks nobody whether they may know: for whoever has read something in them. */
  namesOf(
    places: readonly { readonly organizationId: string; readonly projectId: string }[],
  ): Promise<ReadonlyMap<string, ProjectName>> {
    const organizationIds = [...new Set(places.map(({ organizationId }) => organizationId))];
    const ids = [...new Set(places.map(({ projectId }) => projectId))];
    return this.repository.findNames(organizationIds, ids, this.dataSource.manager);
  }

  async listProjects(caller: Caller, filter: ProjectFilter, listing: Listing): Promise<Listed<Project>> {
    const db = this.dataSource.manager;
    const reach = await this.reachOf(caller);
    const { rows, ...rest } = await this.repository.list(reach, filter, listing, db);
    return { ...rest, rows: await Promise.all(rows.map((row) => this.descriptions.open(row, db))) };
  }

  /** All projects, newest first, some at a time: those that come meanwhile are not among them. */
  async *walkProjects(caller: Caller): AsyncGenerator<Project[]> {
    const db = this.dataSource.manager;
    const reach = await this.reachOf(caller);
    let after: Position | undefined;
    do {
      const { rows, last } = await this.repository.listAfter(reach, after, STRIDE, db);
      yield await Promise.all(rows.map((row) => this.descriptions.open(row, db)));
      after = last;
    } while (after);
  }

  /**
   * Projects with a text in their name or description, in whatever case; newest first. Descriptions are sealed, so all
   * projects are gone through, some at a time.
   */
  async searchProjects(
    caller: Caller,
    text: string,
    { organizationId }: Pick<ProjectFilter, 'organizationId'>,
    { offset, size }: Page,
  ): Promise<Pick<Listed<Project>, 'rows' | 'total'>> {
    const wanted = text.toLowerCase();
    const has = (where: string | null): boolean => where?.toLowerCase().includes(wanted) ?? false;
    const isFound = (project: Project): boolean =>
      (organizationId === undefined || project.organizationId === organizationId) &&
      (has(project.name) || has(project.description));
    const found: Project[] = [];
    for await (const projects of this.walkProjects(caller)) found.push(...projects.filter(isFound));
    return { rows: found.slice(offset, offset + size), total: found.length };
  }

  /** What a credential reaches. An API key reaches its home alone, whatever is shared with its user. */
  async reachOf({ principal }: Caller): Promise<ProjectReach> {
    const { credential, memberships, organizationId, role, onlyProjectId, userId } = principal;
    const organizationIds = new Set(memberships.map((membership) => membership.organizationId));
    // Somebody may be where they are for another reason than a membership.
    if (role !== undefined && onlyProjectId === undefined) organizationIds.add(organizationId);
    const projectIds =
      credential.kind === 'user' ? await this.shares.listProjectIds(userId, this.dataSource.manager) : [];
    return { organizationIds: [...organizationIds], projectIds };
  }

  private opened(row: ProjectRow | undefined): Promise<Project> {
    if (!row) throw platformError('NOT_FOUND');
    return this.descriptions.open(row, this.dataSource.manager);
  }
}

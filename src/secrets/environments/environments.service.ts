import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Condition } from '../../platform/database/list-rows.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import { holds, type Principal } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ProjectsService } from '../../projects/index.js';
import type { Environment, EnvironmentFilter } from './environment.js';
import { EnvironmentTexts } from './environment-texts.service.js';
import { type EnvironmentRow, EnvironmentsRepository } from './environments.repository.js';

/** Whether somebody may read values where they are, and not only that there are some. */
export const mayReveal = (principal: Principal): boolean => holds(principal, 'secrets:reveal');

/** Reading environments. Lists have those of every project that the credential reaches. */
@Injectable()
export class EnvironmentsService {
  constructor(
    private readonly repository: EnvironmentsRepository,
    private readonly texts: EnvironmentTexts,
    private readonly projects: ProjectsService,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getEnvironment(caller: Caller, id: string): Promise<Environment> {
    return this.texts.open(await this.getRow(caller, id), this.dataSource.manager);
  }

  /** The same without its description. @throws AppError NOT_FOUND */
  async getRow({ principal }: Caller, id: string): Promise<EnvironmentRow> {
    const row = await this.repository.find(principal.organizationId, id, this.dataSource.manager);
    if (!row) throw platformError('NOT_FOUND');
    return row;
  }

  /** The id behind a number of KeyNest's. @throws AppError NOT_FOUND */
  async idOf({ principal }: Caller, number: number): Promise<string> {
    const id = await this.repository.findId(principal.organizationId, number, this.dataSource.manager);
    if (id === undefined) throw platformError('NOT_FOUND');
    return id;
  }

  async listEnvironments(
    caller: Caller,
    filter: EnvironmentFilter,
    listing: Listing,
  ): Promise<Listed<Environment>> {
    const db = this.dataSource.manager;
    const within = await this.within(caller);
    const { rows, ...rest } = await this.repository.list(within, filter, listing, db);
    return { ...rest, rows: await Promise.all(rows.map((row) => this.texts.open(row, db))) };
  }

  private async within(caller: Caller): Promise<Condition> {
    const { organizationId, onlyProjectId } = caller.principal;
    if (onlyProjectId !== undefined)
      return ['(organization_id = ? AND project_id = ?)', organizationId, onlyProjectId];
    const { organizationIds, projectIds } = await this.projects.reachOf(caller);
    const [only, ...others] = organizationIds;
    if (only !== undefined && others.length === 0 && projectIds.length === 0)
      return ['organization_id = ?', only];
    return ['(organization_id = ANY(?::text[]) OR project_id = ANY(?::text[]))', organizationIds, projectIds];
  }
}

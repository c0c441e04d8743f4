import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import { EnvironmentsService, mayReveal } from '../environments/environments.service.js';
import { type SeenVariable, seen } from './seen-variable.js';
import type { SummaryFilter } from './variable-filter.js';
import { VariableNews } from './variable-news.service.js';
import { VariableOpener } from './variable-opener.service.js';
import { VariableSummariesRepository } from './variable-summaries.repository.js';
import type { VariableSummary } from './variable-summary.js';
import { VariablesRepository } from './variables.repository.js';

/** Reading variables one by one, and, without their values, all there are. */
@Injectable()
export class VariablesService {
  constructor(
    private readonly repository: VariablesRepository,
    private readonly summaries: VariableSummariesRepository,
    private readonly opener: VariableOpener,
    private readonly environments: EnvironmentsService,
    private readonly news: VariableNews,
    private readonly dataSource: DataSource,
  ) {}

  /** Whoever is shown its value is on record for it before they are. @throws AppError NOT_FOUND */
  async getVariable(caller: Caller, id: string): Promise<SeenVariable> {
    const { manager } = this.dataSource;
    const row = await this.repository.find(caller.principal.organizationId, id, manager);
    if (!row) throw platformError('NOT_FOUND');
    const variable = await this.opener.open(row, manager);
    const reveals = mayReveal(caller.principal);
    if (reveals) {
      const environment = await this.environments.getRow(caller, variable.environmentId);
      await this.news.read(caller, environment, variable);
    }
    return seen(variable, reveals);
  }

  /** The environment that a variable is in, and who made the variable. @throws AppError NOT_FOUND */
  async originOf(caller: Caller, id: string): Promise<{ environment: EnvironmentRow; createdBy: string }> {
    const found = await this.repository.findAny(caller.principal.organizationId, id, this.dataSource.manager);
    if (!found || found.isDeleted) throw platformError('NOT_FOUND');
    const environment = await this.environments.getRow(caller, found.environmentId);
    return { environment, createdBy: found.createdBy };
  }

  /** The id behind a number of KeyNest's. @throws AppError NOT_FOUND */
  async idOf({ principal }: Caller, number: number): Promise<string> {
    const id = await this.repository.findId(principal.organizationId, number, this.dataSource.manager);
    if (id === undefined) throw platformError('NOT_FOUND');
    return id;
  }

  /** Those of the organization where the caller is, without values. */
  listVariables(
    { principal }: Caller,
    filter: SummaryFilter,
    listing: Listing,
  ): Promise<Listed<VariableSummary>> {
    const { organizationId, onlyProjectId } = principal;
    const place = { organizationId, onlyProjectId };
    return this.summaries.list(place, filter, listing, this.dataSource.manager);
  }
}

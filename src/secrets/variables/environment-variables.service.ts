import { Injectable } from '@nestjs/common';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentNewsWriter, type NewsExtent } from '../environments/environment-news.service.js';
import { EnvironmentReadings } from '../environments/environment-readings.service.js';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import { EnvironmentsService, mayReveal } from '../environments/environments.service.js';
import { type OpenedEnvironment, OpenedEnvironments } from './opened-environments.service.js';
import type { SeenVariable } from './seen-variable.js';
import type { Variable } from './variable.js';
import type { VariableFilter } from './variable-filter.js';
import { type PageRequest, VariablePages } from './variable-pages.js';

/** A list of them, with the environment they are of. */
export interface ListedVariables extends Listed<SeenVariable> {
  readonly environment: EnvironmentRow;
}

/** Reading an environment's variables. Whoever is shown values is on record for it before they are. */
@Injectable()
export class EnvironmentVariables {
  private readonly pages = new VariablePages();

  constructor(
    private readonly environments: EnvironmentsService,
    private readonly opened: OpenedEnvironments,
    private readonly news: EnvironmentNewsWriter,
    private readonly readings: EnvironmentReadings,
  ) {}

  /** @throws AppError NOT_FOUND */
  async listVariables(
    caller: Caller,
    environmentId: string,
    filter: VariableFilter,
    listing: Listing,
  ): Promise<ListedVariables> {
    const request = { filter, listing, reveals: mayReveal(caller.principal) };
    const remembered = this.opened.remembered(caller.principal.organizationId, environmentId);
    if (remembered && request.reveals) {
      const listed = this.listOf(remembered, request);
      const { environment } = listed;
      if (
        listed.rows.length > 0 &&
        (await this.readings.tellIfUnchanged(caller, environment, extentOf(listed)))
      )
        return listed;
    }
    const environment = await this.environments.getRow(caller, environmentId);
    const variables = await this.opened.variablesOf(environment);
    const listed = this.listOf({ environment, variables }, request);
    if (request.reveals && listed.rows.length > 0)
      await this.news.tellOfReading(caller, environment, 'read', extentOf(listed));
    return listed;
  }

  /** All of them with their values, for whoever has asked whether the caller may have them. @throws AppError NOT_FOUND */
  async readAll(
    caller: Caller,
    environmentId: string,
  ): Promise<{ readonly environment: EnvironmentRow; readonly variables: readonly Variable[] }> {
    const environment = await this.environments.getRow(caller, environmentId);
    return { environment, variables: await this.opened.variablesOf(environment) };
  }

  private listOf({ environment, variables }: OpenedEnvironment, request: PageRequest): ListedVariables {
    return { ...this.pages.get(variables, request), environment };
  }
}

const extentOf = ({ rows, environment }: ListedVariables): NewsExtent => ({
  counts: { variables: rows.length },
  details: { revision: environment.revision },
});

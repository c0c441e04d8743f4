import { Injectable } from '@nestjs/common';
import type { Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ThingNumbers } from '../../platform/http/thing-numbers.service.js';
import { ProjectsService } from '../../projects/index.js';
import { EnvironmentsService, EnvironmentVariables, HIDDEN, VariablesService } from '../../secrets/index.js';
import { KeynestEnvironmentCaptions } from './keynest-environment-captions.service.js';
import { found } from './keynest-found.js';
import type { KeynestVariableQuery } from './keynest-variable.dto.js';
import { presentKeynestVariable } from './keynest-variable.presenter.js';

const NONE = { rows: [], total: 0 };

interface VariableFilter {
  readonly key?: string | undefined;
}

/** Lists of variables: with values of one environment, without them of many. */
@Injectable()
export class KeynestVariableLists {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly ofEnvironments: EnvironmentVariables,
    private readonly variables: VariablesService,
    private readonly projects: ProjectsService,
    private readonly captions: KeynestEnvironmentCaptions,
    private readonly numbers: ThingNumbers,
  ) {}

  async listOfEnvironment(caller: Caller, number: number, { key }: VariableFilter, listing: Listing) {
    const id = await this.environments.idOf(caller, number);
    const { rows, total, environment } = await this.ofEnvironments.listVariables(
      caller,
      id,
      { key },
      listing,
    );
    const nameOf = await this.captions.namesFor(rows);
    return { rows: rows.map((row) => presentKeynestVariable(row, environment, nameOf)), total };
  }

  /** Of an environment or a project that the caller cannot see there are none, as of one that does not exist. */
  async listVariables(caller: Caller, { environment, project, key }: KeynestVariableQuery, listing: Listing) {
    if (environment === undefined) return this.listHidden(caller, { project, key }, listing);
    if (project !== undefined && !(await this.isIn(caller, environment, project))) return NONE;
    return (await found(this.listOfEnvironment(caller, environment, { key }, listing))) ?? NONE;
  }

  private async listHidden(
    caller: Caller,
    { project, key }: VariableFilter & { readonly project: number | undefined },
    listing: Listing,
  ) {
    const place =
      project === undefined ? undefined : await found(this.projects.getProjectByNumber(caller, project));
    if (project !== undefined && !place) return NONE;
    const filter = { projectId: place?.id, key };
    const { rows, total } = await this.variables.listVariables(caller, filter, listing);
    const numbers = await this.numbers.numbersOf(rows.map(({ environmentId }) => environmentId));
    const nameOf = await this.captions.namesFor(rows);
    const shown = rows.map((row) => {
      const environment = { number: numbers.get(row.environmentId) ?? 0, name: row.environmentName };
      return presentKeynestVariable({ ...row, value: HIDDEN }, environment, nameOf);
    });
    return { rows: shown, total };
  }

  private async isIn(caller: Caller, environment: number, project: number): Promise<boolean> {
    const id = await found(this.environments.idOf(caller, environment));
    if (id === undefined) return false;
    const row = await this.environments.getRow(caller, id);
    return (await this.projects.namesOf([row])).get(row.projectId)?.number === project;
  }
}

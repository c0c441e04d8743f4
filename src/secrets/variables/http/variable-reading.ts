import { Injectable } from '@nestjs/common';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { EnvironmentsService } from '../../environments/environments.service.js';
import { ReferencesService, type ResolvedValue } from '../../transfer/references.service.js';
import { EnvironmentVariables } from '../environment-variables.service.js';
import { type SeenVariable } from '../seen-variable.js';
import { VariablesService } from '../variables.service.js';
import type { VariableDto } from './variable.dto.js';
import { presentVariable } from './variable.presenter.js';
import type { EnvironmentVariableQuery, ResolveQuery } from './variable.query.js';

/** Variables with their values, and on request with what these refer to. */
@Injectable()
export class VariableReading {
  constructor(
    private readonly ofEnvironments: EnvironmentVariables,
    private readonly variables: VariablesService,
    private readonly environments: EnvironmentsService,
    private readonly references: ReferencesService,
  ) {}

  async getVariable(caller: Caller, id: string, { resolve }: ResolveQuery): Promise<VariableDto> {
    const variable = await this.variables.getVariable(caller, id);
    if (!resolve || variable.isHidden) return presentVariable(variable);
    const environment = await this.environments.getRow(caller, variable.environmentId);
    const resolved = await this.references.resolve(caller, environment, [variable]);
    return presentResolved(variable, resolved);
  }

  async listVariables(
    caller: Caller,
    environmentId: string,
    { key, search, tag, resolve }: EnvironmentVariableQuery,
    listing: Listing,
  ): Promise<Listed<VariableDto>> {
    const filter = { key, search, tag };
    const listed = await this.ofEnvironments.listVariables(caller, environmentId, filter, listing);
    const { rows, environment, ...rest } = listed;
    const shown = rows.filter(({ isHidden }) => !isHidden);
    if (!resolve || shown.length === 0) return { ...rest, rows: presentRows(rows) };
    const resolved = await this.references.resolve(caller, environment, shown);
    return { ...rest, rows: rows.map((variable) => presentResolved(variable, resolved)) };
  }
}

/** The same rows are shown as the same list: pages are asked for again and again while nothing changes. */
const lists = new WeakMap<readonly SeenVariable[], readonly VariableDto[]>();

function presentRows(rows: readonly SeenVariable[]): readonly VariableDto[] {
  const list = lists.get(rows) ?? rows.map(presentVariable);
  lists.set(rows, list);
  return list;
}

function presentResolved(variable: SeenVariable, resolved: ReadonlyMap<string, ResolvedValue>): VariableDto {
  const { value = variable.value, problems = [] } = resolved.get(variable.id) ?? {};
  return { ...presentVariable({ ...variable, value }), problems: [...problems] };
}

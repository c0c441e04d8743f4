import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentNewsWriter } from '../environments/environment-news.service.js';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import type { ReferenceProblem } from '../references/resolution.js';
import { resolveReferences } from '../references/resolve-references.js';
import type { Variable } from '../variables/variable.js';
import { VariableOpener } from '../variables/variable-opener.service.js';
import { VariablesRepository } from '../variables/variables.repository.js';
import type { ReachedEnvironment } from './environment-reach.service.js';
import { LinkedEnvironments } from './linked-environments.service.js';
import { ReferenceLookup } from './reference-lookup.js';

/** A variable's value with the values that its references lead to. */
export interface ResolvedValue {
  readonly value: string;
  readonly problems: readonly ReferenceProblem[];
}

/** Follows references for somebody, as far as they may read what these lead to. */
@Injectable()
export class ReferencesService {
  constructor(
    private readonly links: LinkedEnvironments,
    private readonly variables: VariablesRepository,
    private readonly opener: VariableOpener,
    private readonly news: EnvironmentNewsWriter,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * For variables of one environment that the caller may read. What lies behind their references is looked up with the rights
   * that the caller has there: what they do not see is missing, what they see and may not read is forbidden. Resolved means
   * that it is on record what else they got, with one entry for each environment.
   * @returns by the ids of the variables
   */
  async resolve(
    caller: Caller,
    environment: EnvironmentRow,
    variables: readonly Variable[],
  ): Promise<ReadonlyMap<string, ResolvedValue>> {
    const given = new Map(variables.map(({ key, value }) => [key, value]));
    const lookup = new ReferenceLookup(this.source(), { environment, caller }, given);
    const place = environment.id;
    const starts = variables.map(({ key, value }) => ({ place, key, value }));
    const resolved = await resolveReferences(starts, (reference, from) => lookup.lookUp(reference, from));
    for (const { place: read, keys } of lookup.readings) {
      const extent = { counts: { variables: keys.size }, details: { revision: read.environment.revision } };
      await this.news.tellOfReading(read.caller, read.environment, 'read', extent);
    }
    return new Map(
      variables.map(({ id, value }, index) => {
        const { problems = [], value: found = value } = resolved[index] ?? {};
        return [id, { value: found, problems }];
      }),
    );
  }

  private source() {
    return {
      findEnvironment: (from: ReachedEnvironment, project: string, environment: string) =>
        this.links.find(from, project, environment),
      hasVariable: async (place: ReachedEnvironment, key: string) =>
        (await this.rowOf(place, key)) !== undefined,
      openValue: async (place: ReachedEnvironment, key: string) => {
        const row = await this.rowOf(place, key);
        return row && (await this.opener.open(row, this.dataSource.manager)).value;
      },
    };
  }

  private async rowOf({ environment: { organizationId, id } }: ReachedEnvironment, key: string) {
    return (await this.variables.listByKeys(organizationId, id, [key], this.dataSource.manager))[0];
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../../platform/http/request-context.js';
import { type EnvironmentRow, EnvironmentsRepository } from '../environments/environments.repository.js';
import { EnvironmentReach, type ReachedEnvironment } from './environment-reach.service.js';
import { LinkedEnvironmentsRepository } from './linked-environments.repository.js';

/** Finds the environment that a reference means, among those its reader sees. */
@Injectable()
export class LinkedEnvironments {
  constructor(
    private readonly repository: LinkedEnvironmentsRepository,
    private readonly environments: EnvironmentsRepository,
    private readonly reach: EnvironmentReach,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Several projects may go by one name. The one in which the reference stands comes first; otherwise the name must lead to a
   * single environment that the reader sees, and means none where there are more.
   */
  async find(
    from: ReachedEnvironment,
    project: string,
    environment: string,
  ): Promise<ReachedEnvironment | undefined> {
    const { organizationId, projectId } = from.environment;
    const rows = await this.named(organizationId, project, environment);
    const own = rows.find((row) => row.projectId === projectId);
    return single(own ? [own] : rows, (row) =>
      row.id === from.environment.id ? Promise.resolve(from.caller) : this.reach.enter(from.caller, row),
    );
  }

  /** The same for a reference that stands in no environment. */
  async findFor(
    reader: Caller,
    project: string,
    environment: string,
  ): Promise<ReachedEnvironment | undefined> {
    const rows = await this.named(reader.principal.organizationId, project, environment);
    return single(rows, (row) => this.reach.enter(reader, row));
  }

  private async named(
    organizationId: string,
    project: string,
    environment: string,
  ): Promise<EnvironmentRow[]> {
    const db = this.dataSource.manager;
    const ids = await this.repository.listIds(organizationId, project, environment.toLowerCase(), db);
    return this.environments.findMany(organizationId, ids, db);
  }
}

/** The only one that is seen; undefined where none or several are. */
async function single(
  rows: readonly EnvironmentRow[],
  enter: (row: EnvironmentRow) => Promise<Caller | undefined>,
): Promise<ReachedEnvironment | undefined> {
  const found: ReachedEnvironment[] = [];
  for (const environment of rows) {
    const caller = await enter(environment);
    if (caller) found.push({ environment, caller });
    if (found.length > 1) return undefined;
  }
  return found[0];
}

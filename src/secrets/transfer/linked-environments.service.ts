import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentsRepository } from '../environments/environments.repository.js';
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
    const db = this.dataSource.manager;
    const { organizationId, projectId } = from.environment;
    const ids = await this.repository.listIds(organizationId, project, environment.toLowerCase(), db);
    const rows = await this.environments.findMany(organizationId, ids, db);
    const own = rows.find((row) => row.projectId === projectId);
    const found: ReachedEnvironment[] = [];
    for (const row of own ? [own] : rows) {
      const caller = await this.enter(from, row);
      if (caller) found.push({ environment: row, caller });
      if (found.length > 1) return undefined;
    }
    return found[0];
  }

  private async enter(
    from: ReachedEnvironment,
    row: ReachedEnvironment['environment'],
  ): Promise<Caller | undefined> {
    return row.id === from.environment.id ? from.caller : this.reach.enter(from.caller, row);
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { invalidField } from '../../platform/errors/app-error.js';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import type { VariableDraft } from '../variables/variable.js';
import { VariableSealer } from '../variables/variable-sealer.service.js';
import {
  VariableVersionsRepository,
  type VersionInForce,
} from '../variables/variable-versions.repository.js';
import type { Point } from './point.js';
import { RevisionsRepository } from './revisions.repository.js';

/** An environment as it was: what held of each of its variables. */
export interface PastEnvironment {
  readonly revision: number;
  readonly variables: readonly VersionInForce[];
}

/** What environments were, at any instant since they were made. */
@Injectable()
export class PastEnvironments {
  constructor(
    private readonly revisions: RevisionsRepository,
    private readonly versions: VariableVersionsRepository,
    private readonly sealer: VariableSealer,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * @param field that names the point, for the error
   * @throws AppError VALIDATION_ERROR for a revision that is not there yet
   */
  async at(
    environment: EnvironmentRow,
    point: Point,
    field: string,
    db: Tx = this.dataSource.manager,
  ): Promise<PastEnvironment> {
    const { organizationId, id } = environment;
    const revision =
      'revision' in point ? point.revision : await this.revisions.findAt(organizationId, id, point.at, db);
    if (revision > environment.revision) {
      const message = `'${field}' must be a revision that is there: 0 to ${environment.revision}.`;
      throw invalidField(field, 'maximum', message);
    }
    return { revision, variables: await this.versions.listInForce(organizationId, id, revision, db) };
  }

  /** What a version made of its variable; undefined when it was destroyed. @throws OpenError */
  async open(
    { organizationId, projectId, id: environmentId }: EnvironmentRow,
    version: VersionInForce,
    db: Tx = this.dataSource.manager,
  ): Promise<VariableDraft | undefined> {
    const content = await this.sealer.open(
      { organizationId, projectId, environmentId, ...version },
      version,
      db,
    );
    return content && { ...content, key: version.key, tags: version.tags, rotateDays: version.rotateDays };
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { IfMatch } from '../../platform/http/etag.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentChangesService } from '../environments/environment-changes.service.js';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import type { BulkOutcome } from '../variables/bulk-changes.service.js';
import { VariableWriter } from '../variables/variable-writer.service.js';
import type { Point } from './point.js';
import { RestorePlans } from './restore-plans.service.js';

/** What an environment is to be brought back to. */
export interface Restore {
  readonly point: Point;
  readonly ifMatch: IfMatch;
  readonly reason: string | undefined;
}

/** What it did, or would do, and the revision it brought back. */
export interface RestoreOutcome extends BulkOutcome {
  readonly restoredRevision: number;
}

/** Brings environments back to what they were. It is a change like any other: it can be undone as well. */
@Injectable()
export class RestoresService {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly changes: EnvironmentChangesService,
    private readonly plans: RestorePlans,
    private readonly writer: VariableWriter,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND, PRECONDITION_FAILED, PROJECT_ARCHIVED, VERSION_DESTROYED, VALIDATION_ERROR */
  async restore(
    caller: Caller,
    id: string,
    { point, ifMatch, reason }: Restore,
    tx: Tx,
  ): Promise<RestoreOutcome> {
    const environment = await this.changes.lockToFill(caller, id, ifMatch, tx);
    const { steps, ...plan } = await this.plans.plan(environment, point, tx);
    const revision = await this.writer.write({ caller, cause: 'restored', reason }, environment, steps, tx);
    return { ...plan, environment, revision };
  }

  /** The same without doing it. @throws as {@link restore} */
  async preview(caller: Caller, id: string, point: Point): Promise<RestoreOutcome> {
    const environment: EnvironmentRow = await this.environments.getRow(caller, id);
    const { steps: _, ...plan } = await this.plans.plan(environment, point, this.dataSource.manager);
    return { ...plan, environment, revision: environment.revision };
  }
}

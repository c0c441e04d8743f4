import { Injectable } from '@nestjs/common';
import { invalidField } from '../../../platform/errors/app-error.js';
import { parseDateRange } from '../../../platform/http/date-range.js';
import type { IfMatch } from '../../../platform/http/etag.js';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { ProjectsService } from '../../../projects/index.js';
import { EnvironmentChangesService } from '../environment-changes.service.js';
import { EnvironmentsService } from '../environments.service.js';
import type {
  CreateEnvironmentDto,
  EnvironmentDto,
  EnvironmentQuery,
  UpdateEnvironmentDto,
} from './environment.dto.js';
import { presentEnvironment } from './environment.presenter.js';

const CHANGEABLE = ['name', 'environment_type', 'description'] as const;

/** Environments as the core offers them. */
@Injectable()
export class EnvironmentOperations {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly changes: EnvironmentChangesService,
    private readonly projects: ProjectsService,
    private readonly writes: Writes,
  ) {}

  async createEnvironment(
    caller: Caller,
    { name, environment_type: type, description = null, project_id }: CreateEnvironmentDto,
  ): Promise<EnvironmentDto> {
    const projectId = project_id ?? caller.principal.defaultProjectId;
    if (projectId === undefined) throw projectNeeded();
    const settings = { name: name.toLowerCase(), type, description };
    return this.writes.run(caller, async (tx) =>
      presentEnvironment(await this.changes.createEnvironment(caller, projectId, settings, tx)),
    );
  }

  async getEnvironment(caller: Caller, id: string): Promise<EnvironmentDto> {
    return presentEnvironment(await this.environments.getEnvironment(caller, id));
  }

  async listEnvironments(
    caller: Caller,
    query: EnvironmentQuery,
    listing: Listing,
  ): Promise<Listed<EnvironmentDto>> {
    const { created_after, created_before, name, environment_type: type, project_id: projectId } = query;
    const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    const filter = { ...range, type, projectId, name: name?.toLowerCase() };
    const { rows, ...rest } = await this.environments.listEnvironments(caller, filter, listing);
    return { ...rest, rows: rows.map(presentEnvironment) };
  }

  /** @throws AppError NOT_FOUND when there is no such project */
  async listProjectEnvironments(
    caller: Caller,
    projectId: string,
    query: EnvironmentQuery,
    listing: Listing,
  ): Promise<Listed<EnvironmentDto>> {
    await this.projects.getProject(caller, projectId);
    return this.listEnvironments(caller, { ...query, project_id: projectId }, listing);
  }

  /** What the body leaves out stays. */
  async updateEnvironment(
    caller: Caller,
    id: string,
    body: UpdateEnvironmentDto,
    ifMatch: IfMatch,
  ): Promise<EnvironmentDto> {
    if (CHANGEABLE.every((name) => body[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    const { name, environment_type: type, description } = body;
    const change = { name: name?.toLowerCase(), type, description };
    return this.writes.run(caller, async (tx) =>
      presentEnvironment(await this.changes.changeEnvironment(caller, id, change, ifMatch, tx)),
    );
  }

  async deleteEnvironment(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.deleteEnvironment(caller, id, ifMatch, tx);
      return undefined;
    });
  }
}

const projectNeeded = () =>
  invalidField('project_id', 'required', "'project_id' is required: your credential has no default project.");

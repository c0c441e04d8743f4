import { Injectable } from '@nestjs/common';
import { invalidField } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import { ProjectsService } from '../../projects/index.js';
import { EnvironmentChangesService, type Environments, EnvironmentsService } from '../../secrets/index.js';
import type {
  CreateKeynestEnvironmentDto,
  KeynestEnvironmentDto,
  KeynestEnvironmentQuery,
  KeynestProjectEnvironmentQuery,
  UpdateKeynestEnvironmentDto,
} from './keynest-environment.dto.js';
import { presentKeynestEnvironment } from './keynest-environment.presenter.js';
import { KeynestEnvironmentCaptions } from './keynest-environment-captions.service.js';
import { found } from './keynest-found.js';

const CHANGEABLE = ['name', 'environment_type', 'description'] as const;

/** The core's environments under their numbers, with the names that KeyNest shows beside them. */
@Injectable()
export class KeynestEnvironmentOperations {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly changes: EnvironmentChangesService,
    private readonly projects: ProjectsService,
    private readonly captions: KeynestEnvironmentCaptions,
    private readonly writes: Writes,
  ) {}

  /** Of a project that the caller cannot see there are none, as of one that does not exist. */
  async listEnvironments(
    caller: Caller,
    { project, environment_type: type }: KeynestEnvironmentQuery,
    listing: Listing,
  ) {
    if (project === undefined) return this.shown(await this.list(caller, { type }, listing));
    const place = await found(this.projects.getProjectByNumber(caller, project));
    if (!place) return { rows: [], total: 0 };
    return this.shown(await this.list(caller, { type, projectId: place.id }, listing));
  }

  async listProjectEnvironments(
    caller: Caller,
    project: number,
    { environment_type: type }: KeynestProjectEnvironmentQuery,
    listing: Listing,
  ) {
    const { id: projectId } = await this.projects.getProjectByNumber(caller, project);
    return this.shown(await this.list(caller, { type, projectId }, listing));
  }

  async getEnvironment(caller: Caller, number: number): Promise<KeynestEnvironmentDto> {
    const id = await this.environments.idOf(caller, number);
    const environment = await this.environments.getEnvironment(caller, id);
    return presentKeynestEnvironment(environment, await this.captions.captionsFor([environment]));
  }

  /** @throws AppError VALIDATION_ERROR for a project that is not there, or that the caller cannot see */
  async createEnvironment(
    caller: Caller,
    { project, name, environment_type: type, description = null }: CreateKeynestEnvironmentDto,
  ): Promise<KeynestEnvironmentDto> {
    const place = await found(this.projects.getProjectByNumber(caller, project));
    if (!place) throw invalidField('project', 'exists', 'There is no such project, or you cannot see it.');
    const { organizationId, userId: createdBy } = caller.principal;
    const captions = await this.captions.captionsFor([{ organizationId, projectId: place.id, createdBy }]);
    const settings = { name: name.toLowerCase(), type, description };
    return this.writes.run(caller, async (tx) =>
      presentKeynestEnvironment(
        await this.changes.createEnvironment(caller, place.id, settings, tx),
        captions,
      ),
    );
  }

  /** What the body leaves out stays; an environment stays in its project. */
  async updateEnvironment(
    caller: Caller,
    number: number,
    { project, ...body }: UpdateKeynestEnvironmentDto,
  ): Promise<KeynestEnvironmentDto> {
    const id = await this.environments.idOf(caller, number);
    const current = await this.environments.getRow(caller, id);
    const captions = await this.captions.captionsFor([current]);
    if (project !== undefined && project !== captions.projectOf(current.projectId)?.number)
      throw invalidField('project', 'constant', 'An environment stays in its project. Leave the field out.');
    if (CHANGEABLE.every((name) => body[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    const { name, environment_type: type, description } = body;
    const change = { name: name?.toLowerCase(), type, description };
    return this.writes.run(caller, async (tx) =>
      presentKeynestEnvironment(
        await this.changes.changeEnvironment(caller, id, change, undefined, tx),
        captions,
      ),
    );
  }

  async deleteEnvironment(caller: Caller, number: number): Promise<void> {
    const id = await this.environments.idOf(caller, number);
    await this.writes.run(caller, async (tx) => {
      await this.changes.deleteEnvironment(caller, id, undefined, tx);
      return undefined;
    });
  }

  private list(caller: Caller, filter: object, listing: Listing): Promise<Listed<Environments.Environment>> {
    return this.environments.listEnvironments(caller, filter, listing);
  }

  private async shown({ rows, total }: Listed<Environments.Environment>) {
    const captions = await this.captions.captionsFor(rows);
    return { rows: rows.map((row) => presentKeynestEnvironment(row, captions)), total };
  }
}

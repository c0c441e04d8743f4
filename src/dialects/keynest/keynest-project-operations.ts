import { Injectable } from '@nestjs/common';
import { OrganizationsService } from '../../organizations/index.js';
import { invalidField } from '../../platform/errors/app-error.js';
import type { Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import {
  type Project,
  type ProjectCaptions,
  ProjectCaptionsService,
  ProjectOperations,
  ProjectPasswordOperations,
  ProjectsService,
} from '../../projects/index.js';
import type {
  CreateKeynestProjectDto,
  KeynestProjectDto,
  KeynestProjectQuery,
  UpdateKeynestProjectDto,
} from './keynest-project.dto.js';
import { presentKeynestProject } from './keynest-project.presenter.js';

const CHANGEABLE = ['name', 'description'] as const;

/** @throws AppError VALIDATION_ERROR unless it is the number of that organization; foreign and missing ones look alike */
function checkOrganization(
  given: number | undefined,
  captions: ProjectCaptions,
  organizationId: string,
): void {
  if (given === undefined || given === captions.organizationOf(organizationId)?.number) return;
  throw invalidField('organization', 'exists', 'There is no such organization, or you cannot see it.');
}

/** The core's projects under their numbers, with the names that KeyNest shows beside them. */
@Injectable()
export class KeynestProjectOperations {
  constructor(
    private readonly projects: ProjectsService,
    private readonly organizations: OrganizationsService,
    private readonly captions: ProjectCaptionsService,
    private readonly operations: ProjectOperations,
    private readonly passwords: ProjectPasswordOperations,
  ) {}

  async listProjects(caller: Caller, { organization, search }: KeynestProjectQuery, listing: Listing) {
    const organizationId =
      organization === undefined ? undefined : await this.organizations.findId(organization);
    if (organization !== undefined && organizationId === undefined) return { rows: [], total: 0 };
    const filter = { organizationId };
    const { rows, total } =
      search === undefined
        ? await this.projects.listProjects(caller, filter, listing)
        : await this.projects.searchProjects(caller, search, filter, listing.page);
    const captions = await this.captions.captionsFor(rows);
    return { rows: rows.map((project) => presentKeynestProject(project, captions)), total };
  }

  async getProject(caller: Caller, number: number): Promise<KeynestProjectDto> {
    const project = await this.projects.getProjectByNumber(caller, number);
    return presentKeynestProject(project, await this.captions.captionsFor([project]));
  }

  async createProject(
    caller: Caller,
    { organization, ...body }: CreateKeynestProjectDto,
  ): Promise<KeynestProjectDto> {
    const { organizationId, userId } = caller.principal;
    const captions = await this.captions.captionsFor([{ organizationId, createdBy: userId }]);
    checkOrganization(organization, captions, organizationId);
    const present = (project: Project) => presentKeynestProject(project, captions);
    return this.passwords.createProjectAs(present, caller, body);
  }

  async updateProject(
    caller: Caller,
    number: number,
    { organization, ...body }: UpdateKeynestProjectDto,
  ): Promise<KeynestProjectDto> {
    const found = await this.projects.getProjectByNumber(caller, number);
    const captions = await this.captions.captionsFor([found]);
    checkOrganization(organization, captions, found.organizationId);
    if (CHANGEABLE.every((name) => body[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    const present = (project: Project) => presentKeynestProject(project, captions);
    return this.operations.updateProjectAs(present, caller, found.id, body, undefined);
  }

  async deleteProject(caller: Caller, number: number): Promise<void> {
    const { id } = await this.projects.getProjectByNumber(caller, number);
    await this.operations.deleteProject(caller, id, undefined);
  }
}

import { Injectable } from '@nestjs/common';
import { invalidField } from '../../platform/errors/app-error.js';
import { parseDateRange } from '../../platform/http/date-range.js';
import type { IfMatch } from '../../platform/http/etag.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import type { Project, ProjectStatus } from '../project.js';
import { ProjectChangesService } from '../project-changes.service.js';
import { ProjectsService } from '../projects.service.js';
import type { ProjectDto, ProjectQuery, UpdateProjectDto } from './project.dto.js';
import { presentProject } from './project.presenter.js';

const CHANGEABLE = ['name', 'description', 'retention_days', 'legal_hold'] as const;

/** A name without the spaces around it. @throws AppError VALIDATION_ERROR when nothing is left */
export function nameOf(text: string): string {
  const name = text.trim();
  if (name === '') throw invalidField('name', 'minLength', "'name' must have a character that is no space.");
  return name;
}

/** Projects as every surface offers them; surfaces differ in paths and envelopes alone. */
@Injectable()
export class ProjectOperations {
  constructor(
    private readonly projects: ProjectsService,
    private readonly changes: ProjectChangesService,
    private readonly writes: Writes,
  ) {}

  async getProject(caller: Caller, id: string): Promise<ProjectDto> {
    return presentProject(await this.projects.getProject(caller, id));
  }

  async listProjects(caller: Caller, query: ProjectQuery, listing: Listing): Promise<Listed<ProjectDto>> {
    const { created_after, created_before, organization_id: organizationId, ...filter } = query;
    const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    const { rows, ...rest } = await this.projects.listProjects(
      caller,
      { ...filter, ...range, organizationId },
      listing,
    );
    return { ...rest, rows: rows.map(presentProject) };
  }

  /** All projects, newest first, some at a time. */
  async *walkProjects(caller: Caller): AsyncGenerator<ProjectDto[]> {
    for await (const projects of this.projects.walkProjects(caller)) yield projects.map(presentProject);
  }

  updateProject(caller: Caller, id: string, body: UpdateProjectDto, ifMatch: IfMatch): Promise<ProjectDto> {
    return this.updateProjectAs(presentProject, caller, id, body, ifMatch);
  }

  /** What the body leaves out stays. A surface may give the answer a shape of its own. */
  async updateProjectAs<Shown extends object>(
    present: (project: Project) => Shown,
    caller: Caller,
    id: string,
    body: UpdateProjectDto,
    ifMatch: IfMatch,
  ): Promise<Shown> {
    if (CHANGEABLE.every((name) => body[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    const { name, description, retention_days: retentionDays, legal_hold: legalHold } = body;
    const change = {
      name: name === undefined ? undefined : nameOf(name),
      description,
      retentionDays,
      legalHold,
    };
    return this.writes.run(caller, async (tx) =>
      present(await this.changes.changeProject(caller, id, change, ifMatch, tx)),
    );
  }

  async moveProject(
    caller: Caller,
    id: string,
    status: ProjectStatus,
    ifMatch: IfMatch,
  ): Promise<ProjectDto> {
    return this.writes.run(caller, async (tx) =>
      presentProject(await this.changes.moveProject(caller, id, status, ifMatch, tx)),
    );
  }

  async deleteProject(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.deleteProject(caller, id, ifMatch, tx);
      return undefined;
    });
  }
}

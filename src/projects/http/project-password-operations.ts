import { Injectable } from '@nestjs/common';
import { platformError } from '../../platform/errors/app-error.js';
import type { IfMatch } from '../../platform/http/etag.js';
import type { Caller } from '../../platform/http/request-context.js';
import { settled } from '../../platform/idempotency/settled.js';
import { Writes } from '../../platform/idempotency/writes.js';
import type { Project } from '../project.js';
import { ProjectChangesService } from '../project-changes.service.js';
import { ProjectDefaults } from '../project-defaults.service.js';
import { ProjectPasswordsService } from '../project-passwords.service.js';
import { PasswordReader } from './password-reader.js';
import type { AdvisedProjectDto, CreateProjectDto, ProjectPasswordDto } from './project.dto.js';
import { adviceOn, type PasswordAdvice, presentAdvised } from './project.presenter.js';
import { nameOf } from './project-operations.js';

/** What a new project can be made of; only its name is needed. */
type NewProjectBody = Pick<CreateProjectDto, 'name'> & Partial<CreateProjectDto>;

/** Operations that take a project's password; what is slow about it happens before their transactions. */
@Injectable()
export class ProjectPasswordOperations {
  constructor(
    private readonly passwords: ProjectPasswordsService,
    private readonly changes: ProjectChangesService,
    private readonly reader: PasswordReader,
    private readonly defaults: ProjectDefaults,
    private readonly writes: Writes,
  ) {}

  createProject(caller: Caller, body: NewProjectBody): Promise<AdvisedProjectDto> {
    return this.createProjectAs(presentAdvised, caller, body);
  }

  /** A surface may give the answer a shape of its own. */
  async createProjectAs<Shown extends object>(
    present: (project: Project, advice: PasswordAdvice) => Shown,
    caller: Caller,
    body: NewProjectBody,
  ): Promise<Shown> {
    const prepared = await settled(() => this.prepare(caller, body));
    return this.writes.run(caller, async (tx) => {
      const { project, advice } = prepared();
      return present(await this.changes.createProject(caller, project, tx), advice);
    });
  }

  async setPassword(
    caller: Caller,
    id: string,
    body: ProjectPasswordDto,
    ifMatch: IfMatch,
  ): Promise<AdvisedProjectDto> {
    const prepared = await settled(async () => {
      const given = await this.reader.readChange(body);
      const password = await this.passwords.prepareChange(caller, id, given);
      return { password, advice: adviceOn(given.next, password.name) };
    });
    return this.writes.run(caller, async (tx) => {
      const { password, advice } = prepared();
      const project = await this.passwords.setPassword(caller, password, ifMatch, tx);
      return presentAdvised(project, advice);
    });
  }

  private async prepare(caller: Caller, body: NewProjectBody) {
    // Whoever may see the organization has been moved there; to all others it is missing.
    if (body.organization_id !== undefined && body.organization_id !== caller.principal.organizationId)
      throw platformError('NOT_FOUND', { details: { field: 'organization_id', constraint: 'exists' } });
    const settings = {
      name: nameOf(body.name),
      description: body.description ?? null,
      retentionDays:
        body.retention_days === undefined ? await this.defaults.retentionDays(caller) : body.retention_days,
      legalHold: body.legal_hold ?? false,
    };
    const { next } = await this.reader.read(body);
    const project = await this.passwords.prepareProject(caller, settings, next);
    return { project, advice: adviceOn(next, settings.name) };
  }
}

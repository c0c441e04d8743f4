import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import { isId } from '../../platform/http/ids.js';
import type { Principal } from '../../platform/http/principal.js';
import { ProjectsRepository } from '../../projects/index.js';
import { type ProjectTokens, refuseWithoutProject, type TokenScope } from './project-tokens.js';
import { TokenScopes } from './token-scopes.service.js';

type Owner = Pick<Principal, 'organizationId' | 'defaultProjectId'>;

/** Projects as requests name them: by `project_id`, else the key's default project. */
@Injectable()
export class TokenProjects {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly scopes: TokenScopes,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * The tokens of an operation that may hold or make some; undefined when neither request nor key names a project and
   * none are to be made.
   * @throws AppError NOT_FOUND for a project that is missing or foreign; VALIDATION_ERROR when one is needed
   */
  async settle(owner: Owner, given: string | undefined, method: string): Promise<ProjectTokens | undefined> {
    const { organizationId } = owner;
    if (method !== 'tokenization') {
      const projectId = await this.projectOf(owner, given);
      return projectId === undefined ? undefined : { organizationId, projectId };
    }
    const tokens = await this.get(owner, given);
    return { ...tokens, scope: await this.scopes.open(organizationId, tokens.projectId) };
  }

  /** The project of a request about tokens. @throws AppError NOT_FOUND, VALIDATION_ERROR when none is named */
  async get(owner: Owner, given: string | undefined): Promise<ProjectTokens> {
    const { organizationId } = owner;
    return { organizationId, projectId: (await this.projectOf(owner, given)) ?? refuseWithoutProject() };
  }

  /** The scope of a project; undefined as long as nothing was tokenized in it. */
  async scopeOf({ organizationId, projectId, scope }: ProjectTokens): Promise<TokenScope | undefined> {
    return scope ?? this.scopes.find(organizationId, projectId);
  }

  private async projectOf(
    { organizationId, defaultProjectId }: Owner,
    given: string | undefined,
  ): Promise<string | undefined> {
    if (given === undefined) return defaultProjectId;
    const { manager } = this.dataSource;
    if (isId('proj', given) && (await this.projects.exists(organizationId, given, manager))) return given;
    throw platformError('NOT_FOUND', { details: { field: 'project_id', constraint: 'exists' } });
  }
}

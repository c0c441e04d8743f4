import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import { isId } from '../../platform/http/ids.js';
import type { Principal } from '../../platform/http/principal.js';
import { ProjectsRepository } from '../../projects/index.js';

/** The project of requests that name none. */
export const defaultProjectOf = ({ onlyProjectId, defaultProjectId }: Principal): string | undefined =>
  onlyProjectId ?? defaultProjectId;

/** Whose policy a completion is under: the project of `OpenAI-Project`, else the key's default project. */
@Injectable()
export class CompletionProjects {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND for a project that is missing or foreign: no other policy may step in for its own */
  async projectOf(principal: Principal, given: string | undefined): Promise<string | undefined> {
    const { organizationId, onlyProjectId } = principal;
    if (given === undefined || given === '') return defaultProjectOf(principal);
    const { manager } = this.dataSource;
    const isVisible = onlyProjectId === undefined || onlyProjectId === given;
    if (isVisible && isId('proj', given) && (await this.projects.exists(organizationId, given, manager)))
      return given;
    throw platformError('NOT_FOUND', { details: { field: 'OpenAI-Project', constraint: 'exists' } });
  }
}

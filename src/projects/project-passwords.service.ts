import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { cryptoError, ProjectKeys } from '../crypto/index.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { IfMatch } from '../platform/http/etag.js';
import { newId } from '../platform/http/ids.js';
import type { Caller } from '../platform/http/request-context.js';
import type { Project, ProjectSettings } from './project.js';
import { type PreparedProject, ProjectChangesService } from './project-changes.service.js';
import { ProjectsService } from './projects.service.js';

/** A change of password whose slow part is done; it names its project's name for advice about the password. */
export interface PreparedPassword {
  readonly id: string;
  readonly name: string;
  readonly protected: boolean;
  /** Undefined where there is nothing to do: a project without password is to have none. */
  readonly change: Awaited<ReturnType<ProjectKeys['prepareChange']>> | undefined;
}

/** Passwords of projects. What is slow about them, deriving keys, is prepared before the transaction. */
@Injectable()
export class ProjectPasswordsService {
  constructor(
    private readonly keys: ProjectKeys,
    private readonly projects: ProjectsService,
    private readonly changes: ProjectChangesService,
    private readonly dataSource: DataSource,
  ) {}

  /** A new project with its key pair, guarded by the password if there is one. */
  async prepareProject(
    { principal }: Caller,
    settings: ProjectSettings,
    password: string | undefined,
  ): Promise<PreparedProject> {
    const id = newId('proj');
    const owner = { organizationId: principal.organizationId, projectId: id };
    return {
      ...settings,
      id,
      protected: password !== undefined,
      key: await this.keys.prepare(owner, password),
    };
  }

  /**
   * Opens the private key with the current password and guards it by the next, undefined standing for none.
   * @throws AppError NOT_FOUND, PASSWORD_REQUIRED, INVALID_PASSWORD
   */
  async prepareChange(
    caller: Caller,
    id: string,
    { current, next }: { readonly current: string | undefined; readonly next: string | undefined },
  ): Promise<PreparedPassword> {
    const project = await this.projects.getProject(caller, id);
    const prepared = { id, name: project.name, protected: next !== undefined };
    if (!project.protected && next === undefined) return { ...prepared, change: undefined };
    if (project.protected && current === undefined) {
      throw cryptoError('PASSWORD_REQUIRED', {
        message:
          "The project is protected. Send its password as 'current_password', or encrypted as 'encrypted_current_password'.",
        details: { field: 'current_password', constraint: 'required' },
      });
    }
    const owner = { organizationId: caller.principal.organizationId, projectId: id };
    const change = await this.keys.prepareChange(owner, current, next, this.dataSource.manager);
    return { ...prepared, change };
  }

  /**
   * The key pair stays, so files that are there stay readable: only its private half is sealed anew.
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED when the project or its password has changed since
   */
  async setPassword(
    caller: Caller,
    { id, change, ...prepared }: PreparedPassword,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<Project> {
    const row = await this.changes.lock(caller, id, ifMatch, tx);
    if (!change) return this.changes.unchanged(row, tx);
    await this.keys.change(change, tx);
    return this.changes.noteProtection(caller, row, prepared.protected, tx);
  }
}

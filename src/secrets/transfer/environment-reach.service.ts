import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import type { Permission } from '../../platform/http/permission.js';
import { holds, type Principal } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Tenancy } from '../../platform/http/tenancy.service.js';
import { type EnvironmentRow, EnvironmentsRepository } from '../environments/environments.repository.js';

/** Another environment of the same organization, and who the caller is there. */
export interface ReachedEnvironment {
  readonly environment: EnvironmentRow;
  readonly caller: Caller;
}

/** Environments that a request names beside its own: a share can give somebody other rights in each project. */
@Injectable()
export class EnvironmentReach {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly environments: EnvironmentsRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND for what the caller does not see, PERMISSION_DENIED for what they see and may not */
  async reach(caller: Caller, id: string, permission: Permission): Promise<ReachedEnvironment> {
    const { organizationId } = caller.principal;
    const environment = await this.environments.find(organizationId, id, this.dataSource.manager);
    const there = environment && (await this.enter(caller, environment));
    if (!there) throw platformError('NOT_FOUND');
    if (!holds(there.principal, permission)) throw platformError('PERMISSION_DENIED');
    return { environment, caller: there };
  }

  /** The caller as they are there; undefined where they do not see the environment. */
  async enter(
    caller: Caller,
    { id, organizationId, projectId }: EnvironmentRow,
  ): Promise<Caller | undefined> {
    const thing = { prefix: 'env', name: id } as const;
    const principal = await this.tenancy.enter(atHomeIn(caller.principal), thing);
    const { onlyProjectId = projectId } = principal;
    const isThere = principal.organizationId === organizationId && onlyProjectId === projectId;
    return isThere && holds(principal, 'secrets:read') ? { ...caller, principal } : undefined;
  }
}

/** Without what a share of the project of the request adds to somebody's role: it counts nowhere else. */
const atHomeIn = (principal: Principal): Principal =>
  principal.organizationRole === undefined
    ? principal
    : { ...principal, role: principal.organizationRole, organizationRole: undefined };

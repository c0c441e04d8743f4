import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { User, UserChangesService, UsersService } from '../../accounts/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import { effectivePermissions } from '../permissions/permission-list.js';
import { UserTiesRepository } from './user-ties.repository.js';

/** What somebody may, by their role in the instance and in each of their organizations. */
export type UserPermissions = ReturnType<typeof effectivePermissions> & {
  readonly userId: string;
  readonly systemRole: User.SystemRole;
  readonly status: User.UserStatus;
};

@Injectable()
export class UserPermissionsService {
  constructor(
    private readonly users: UsersService,
    private readonly changes: UserChangesService,
    private readonly ties: UserTiesRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** Of who is disabled or pending nothing is left. @throws AppError NOT_FOUND */
  async getPermissions(id: string, db: Tx = this.dataSource.manager): Promise<UserPermissions> {
    const user = await this.users.getUser(id, db);
    const { systemRole, disabled } = user;
    const memberships = await this.ties.listMemberships(id, db);
    const holder = { userId: id, systemRole: disabled ? 'pending' : systemRole, memberships } as const;
    return { ...effectivePermissions(holder), userId: id, systemRole, status: User.statusOf(user) };
  }

  /** @throws AppError NOT_FOUND, LAST_ADMINISTRATOR */
  async setSystemRole(
    caller: Caller,
    id: string,
    systemRole: User.SystemRole,
    tx: Tx,
  ): Promise<UserPermissions> {
    await this.changes.updateUser(caller, id, { systemRole }, tx);
    return this.getPermissions(id, tx);
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { type ErasedCredentials, ManagedUsersRepository } from './managed-users.repository.js';
import { isAdministrator, type UserChange } from './user.js';
import type { UserCard } from './user-card.js';
import { UserNewsWriter } from './user-news.service.js';
import { UserVault } from './user-vault.service.js';
import { userError } from './users.errors.js';
import { UsersService } from './users.service.js';

/**
 * Changes of users by those who administer the instance. Whatever could take the last administrator away goes one after
 * another, so that of two who take each other's role at once one stays.
 */
@Injectable()
export class UserChangesService {
  constructor(
    private readonly repository: ManagedUsersRepository,
    private readonly users: UsersService,
    private readonly vault: UserVault,
    private readonly news: UserNewsWriter,
  ) {}

  /** From the very next request on, in every process. @throws AppError NOT_FOUND, LAST_ADMINISTRATOR */
  async updateUser(caller: Caller, id: string, change: UserChange, tx: Tx): Promise<UserCard> {
    const user = await this.lock(id, tx);
    const { systemRole = user.systemRole, disabled = user.disabled } = change;
    const changed = { ...user, systemRole, disabled };
    if (isAdministrator(user) && !isAdministrator(changed)) await this.refuseLast(id, tx);
    const names = await this.changedNames(user, change, tx);
    const isOther = { role: systemRole !== user.systemRole, disabled: disabled !== user.disabled };
    if (!names && !isOther.role && !isOther.disabled) return user;
    await this.repository.update(id, { ...names, systemRole, disabled }, tx);
    if (isOther.role) {
      const details = { previous_role: user.systemRole, role: systemRole };
      await this.news.tell(caller, changed, 'role_changed', tx, { details });
    }
    if (isOther.disabled) await this.news.tell(caller, changed, disabled ? 'disabled' : 'enabled', tx);
    if (names) await this.news.tell(caller, changed, 'updated', tx);
    return this.users.getUser(id, tx);
  }

  /**
   * The user who is to be deleted, whom nobody else can change until the transaction ends.
   * @throws AppError NOT_FOUND, OWN_ACCOUNT, LAST_ADMINISTRATOR
   */
  async lockForRemoval({ principal }: Caller, id: string, tx: Tx): Promise<UserCard> {
    const user = await this.lock(id, tx);
    if (id === principal.userId) throw userError('OWN_ACCOUNT');
    if (isAdministrator(user)) await this.refuseLast(id, tx);
    return user;
  }

  /** Erases a locked user's data and everything they could log in by; an anonymous row stays. */
  erase({ id }: UserCard, tx: Tx): Promise<ErasedCredentials> {
    return this.repository.erase(id, tx);
  }

  private async lock(id: string, tx: Tx): Promise<UserCard> {
    await this.repository.lockAdministrators(tx);
    if (!(await this.repository.lock(id, tx))) throw platformError('NOT_FOUND');
    return this.users.getUser(id, tx);
  }

  private async refuseLast(id: string, tx: Tx): Promise<void> {
    if (!(await this.repository.hasOtherAdministrator(id, tx))) throw userError('LAST_ADMINISTRATOR');
  }

  private async changedNames(user: UserCard, change: UserChange, tx: Tx) {
    const { firstName = user.firstName, lastName = user.lastName } = change;
    const department = change.department === undefined ? user.department : change.department;
    const isSame =
      firstName === user.firstName && lastName === user.lastName && department === user.department;
    if (isSame) return undefined;
    // Who has no user name yet gets one with their account; until then the profile has none.
    const profile = {
      username: user.username ?? '',
      firstName,
      lastName,
      department: department ?? undefined,
    };
    const sealed = await this.vault.seal(user, { email: user.email ?? '', profile }, tx);
    return { nameSealed: sealed.nameSealed, profileSealed: sealed.profileSealed };
  }
}

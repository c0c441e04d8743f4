import { Inject, Injectable } from '@nestjs/common';
import { UserResetTokens, UsersService } from '../../../accounts/index.js';
import type { Settings } from '../../../platform/config/settings.js';
import { SETTINGS } from '../../../platform/config/settings.module.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { UserPermissionsService } from '../user-permissions.service.js';
import type { IssuedResetDto } from './user.dto.js';
import { presentIssuedReset, presentUserPermissions } from './user.presenter.js';
import type { SetUserPermissionsDto, UserPermissionsDto } from './user-permissions.dto.js';

/** The operations on what a user may, and gets in by. */
@Injectable()
export class UserAccessOperations {
  private readonly baseUrl: string;

  constructor(
    private readonly permissions: UserPermissionsService,
    private readonly users: UsersService,
    private readonly resets: UserResetTokens,
    private readonly writes: Writes,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.baseUrl = settings.REDOUBT_PUBLIC_URL ?? '';
  }

  async getPermissions(id: string): Promise<UserPermissionsDto> {
    return presentUserPermissions(await this.permissions.getPermissions(id));
  }

  setPermissions(caller: Caller, id: string, body: SetUserPermissionsDto): Promise<UserPermissionsDto> {
    return this.writes.run(caller, async (tx) =>
      presentUserPermissions(await this.permissions.setSystemRole(caller, id, body.system_role, tx)),
    );
  }

  issueReset(caller: Caller, id: string): Promise<IssuedResetDto> {
    return this.writes.run(
      caller,
      async (tx) => {
        const user = await this.users.getUser(id, tx);
        return presentIssuedReset(id, await this.resets.issue(caller, user, tx), this.baseUrl);
      },
      { withhold: 'token' },
    );
  }
}

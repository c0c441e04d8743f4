import { Injectable } from '@nestjs/common';
import { Maintenance } from '../platform/configs/maintenance.service.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { AccountOrigin } from './account-origin.js';
import { accountError } from './accounts.errors.js';
import { LoginFailures } from './login-failures.service.js';
import type { IssuedToken } from './login-tokens.service.js';
import { type Credentials, LoginsService } from './logins.service.js';
import { PasswordDesk } from './password-desk.service.js';
import { ProfilesService } from './profiles.service.js';
import type { UserCard } from './users/user-card.js';

/** Somebody who has logged in. */
export interface LoggedIn {
  readonly issued: IssuedToken;
  readonly user: UserCard;
}

/** A login from beginning to end: slow part, transaction, answer. */
@Injectable()
export class LoginFlow {
  constructor(
    private readonly desk: PasswordDesk,
    private readonly logins: LoginsService,
    private readonly failures: LoginFailures,
    private readonly profiles: ProfilesService,
    private readonly maintenance: Maintenance,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * During a maintenance for administrators of the instance alone, which nobody learns without the right password.
   * @throws AppError INVALID_CREDENTIALS, ACCOUNT_DISABLED, RATE_LIMIT_EXCEEDED, LOGINS_BUSY, MAINTENANCE
   */
  async login(credentials: Credentials, origin: AccountOrigin): Promise<LoggedIn> {
    const checked = await this.desk.serve(origin.clientAddress, (turn) =>
      this.logins.check(credentials, origin, turn),
    );
    if ('failed' in checked) {
      this.failures.note(checked.failed, origin);
      throw accountError('INVALID_CREDENTIALS');
    }
    return this.unitOfWork.run(async (tx) => {
      const issued = await this.logins.start(checked, origin, tx);
      const user = await this.profiles.getCard(checked.id, tx);
      await this.maintenance.ensureOpenTo(user);
      return { issued, user };
    });
  }
}

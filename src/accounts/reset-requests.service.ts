import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { AccountOrigin } from './account-origin.js';
import { LoginAttempts } from './login-attempts.service.js';
import { PasswordResets } from './password-resets.service.js';
import type { UserCard } from './users/user-card.js';
import { UserDirectory } from './users/user-directory.service.js';
import { UserLookups } from './users/user-lookups.service.js';

/** What is to be mailed, and to whom. */
export interface GrantedReset {
  readonly token: string;
  readonly email: string;
  readonly fullName: string;
}

/** Who gets a token to set a new password. */
@Injectable()
export class ResetRequests {
  constructor(
    private readonly directory: UserDirectory,
    private readonly lookups: UserLookups,
    private readonly attempts: LoginAttempts,
    private readonly resets: PasswordResets,
    private readonly audit: AuditWriter,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** A token for the account with that address; nothing where there is none, or it was mailed to too often. */
  async grant(email: string, origin: AccountOrigin): Promise<GrantedReset | undefined> {
    if (!(await this.attempts.mayMail(await this.lookups.email(email)))) return undefined;
    return this.unitOfWork.run(async (tx) => {
      const user = await this.directory.findByEmail(email, tx);
      if (!user || user.disabled || user.email === null) return undefined;
      const { id, token } = await this.resets.issueFor(user.id, tx);
      await this.audit.append({ ...entryOf(user, origin), target: { type: 'password_reset', id } }, tx);
      return { token, email: user.email, fullName: user.fullName };
    });
  }
}

const entryOf = ({ id, organizationId }: UserCard, origin: AccountOrigin) => ({
  organizationId,
  // Who asked is not known.
  actor: { type: 'system', id: 'password-reset' } as const,
  subjectUserId: id,
  action: 'user.password_reset_requested',
  requestId: origin.requestId,
  details: { client_address: origin.clientAddress, user_agent: origin.userAgent },
});

import { Injectable } from '@nestjs/common';
import { PreparedPerson, UserAdmissions, type UserCard, UserResetTokens } from '../../accounts/index.js';
import { OrganizationFounder } from '../../organizations/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { OrganizationRole } from '../../platform/http/permission.js';
import { administers } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';

/** Where somebody new belongs. */
export interface Workplace {
  /** The caller's own when absent. */
  readonly organizationId?: string | undefined;
  readonly role: OrganizationRole;
}

/** Somebody new, and what lets them choose a password. */
export interface OnboardedUser {
  readonly user: UserCard;
  readonly reset: Awaited<ReturnType<UserResetTokens['issue']>>;
}

/** Lets people in whom an administrator of the instance makes accounts for. */
@Injectable()
export class UserOnboarding {
  constructor(
    private readonly admissions: UserAdmissions,
    private readonly founder: OrganizationFounder,
    private readonly resets: UserResetTokens,
  ) {}

  /**
   * The organization, which the caller must administer: whoever made members of others' would see what is in them.
   * @throws AppError NOT_FOUND, PERMISSION_DENIED
   */
  placeOf({ principal }: Caller, { organizationId }: Workplace): string {
    const isElsewhere = organizationId !== undefined && organizationId !== principal.organizationId;
    if (isElsewhere || principal.role === undefined) throw platformError('NOT_FOUND');
    if (administers(principal)) return principal.organizationId;
    throw platformError('PERMISSION_DENIED', {
      message: 'Users can be made members of organizations that you administer.',
    });
  }

  /** @throws AppError EMAIL_TAKEN, USERNAME_TAKEN and what {@link placeOf} throws */
  async onboard(
    caller: Caller,
    person: PreparedPerson,
    workplace: Workplace,
    tx: Tx,
  ): Promise<OnboardedUser> {
    const organizationId = this.placeOf(caller, workplace);
    const user = await this.admissions.admit(caller, person, organizationId, tx);
    await this.founder.admit(organizationId, user.id, workplace.role, tx);
    return { user, reset: await this.resets.issue(caller, user, tx) };
  }
}

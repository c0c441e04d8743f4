import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { AccountOrigin } from './account-origin.js';
import type { HomeOrganization } from './home-organizations.js';
import type { LoggedIn } from './login-flow.service.js';
import { NewcomersService } from './newcomers.service.js';
import { PasswordDesk } from './password-desk.service.js';
import { ProfilesService } from './profiles.service.js';
import { type Registration, RegistrationsService } from './registrations.service.js';

export type { LoggedIn };

/** Somebody who has registered. */
export interface Registered extends LoggedIn {
  readonly organization: HomeOrganization;
}

/** A registration from beginning to end: slow part, transaction, answer. */
@Injectable()
export class RegistrationFlow {
  constructor(
    private readonly desk: PasswordDesk,
    private readonly registrations: RegistrationsService,
    private readonly newcomers: NewcomersService,
    private readonly profiles: ProfilesService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @throws AppError REGISTRATION_CLOSED, INVALID_INVITATION, VALIDATION_ERROR, EMAIL_TAKEN, USERNAME_TAKEN, LOGINS_BUSY
   */
  async register(registration: Registration, origin: AccountOrigin): Promise<Registered> {
    const allowed = await this.registrations.check(registration);
    const passwordHash = await this.desk.serve(origin.clientAddress, (turn) =>
      turn.hash(registration.password),
    );
    return this.unitOfWork.run(async (tx) => {
      const { id, ...made } = await this.newcomers.admit(allowed, passwordHash, origin, tx);
      return { ...made, user: await this.profiles.getCard(id, tx) };
    });
  }
}

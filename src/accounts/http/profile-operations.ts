import { Injectable } from '@nestjs/common';
import { invalidField } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { settled } from '../../platform/idempotency/settled.js';
import { Writes } from '../../platform/idempotency/writes.js';
import { AccountPasswords } from '../account-passwords.service.js';
import { PasswordDesk } from '../password-desk.service.js';
import { ProfilesService } from '../profiles.service.js';
import type { ChangePasswordDto, ProfileDto, UpdateProfileDto } from './account.dto.js';
import { presentProfile } from './account.presenter.js';

const CHANGEABLE = ['username', 'email', 'first_name', 'last_name', 'organization_id'] as const;

/** Changes that people make to their own account. What is slow about them happens before their transaction. */
@Injectable()
export class ProfileOperations {
  constructor(
    private readonly profiles: ProfilesService,
    private readonly passwords: AccountPasswords,
    private readonly desk: PasswordDesk,
    private readonly writes: Writes,
  ) {}

  async updateProfile(caller: Caller, body: UpdateProfileDto): Promise<ProfileDto> {
    if (CHANGEABLE.every((name) => body[name] === undefined))
      throw invalidField('body', 'required', `Give at least one of: ${CHANGEABLE.join(', ')}.`, CHANGEABLE);
    const { username, email, first_name, last_name, organization_id, current_password } = body;
    const change = {
      username,
      email,
      firstName: first_name,
      lastName: last_name,
      organizationId: organization_id,
    };
    const confirmed = await settled(() =>
      this.desk.serve(caller.clientAddress, (turn) =>
        this.passwords.confirmFor(caller, change, current_password, turn),
      ),
    );
    return this.writes.run(caller, async (tx) => {
      await this.passwords.forgive(confirmed(), tx);
      return presentProfile(await this.profiles.updateProfile(caller, change, tx));
    });
  }

  async changePassword(caller: Caller, { current_password, new_password }: ChangePasswordDto): Promise<void> {
    const prepared = await settled(() =>
      this.desk.serve(caller.clientAddress, (turn) =>
        this.passwords.prepare(caller, { current: current_password, next: new_password }, turn),
      ),
    );
    await this.writes.run(caller, async (tx) => {
      await this.passwords.change(caller, prepared(), tx);
      return undefined;
    });
  }
}

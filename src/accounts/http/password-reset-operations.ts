import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { AccountOrigin } from '../account-origin.js';
import { PasswordDesk } from '../password-desk.service.js';
import { PasswordResets } from '../password-resets.service.js';
import { ResetMails } from '../reset-mails.service.js';
import type { ConfirmPasswordResetDto, PasswordResetAcceptedDto, PasswordResetDto } from './account.dto.js';

const MESSAGE =
  'If there is an account with this address and this server sends mail, a token is on its way. Else ask an administrator.';

/** New passwords for those who have forgotten theirs. */
@Injectable()
export class PasswordResetOperations {
  constructor(
    private readonly mails: ResetMails,
    private readonly resets: PasswordResets,
    private readonly desk: PasswordDesk,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  requestReset({ email }: PasswordResetDto, origin: AccountOrigin): PasswordResetAcceptedDto {
    this.mails.request(email, origin);
    return { message: MESSAGE };
  }

  async confirmReset({ token, password }: ConfirmPasswordResetDto, origin: AccountOrigin): Promise<void> {
    await this.resets.check(token, password);
    const passwordHash = await this.desk.serve(origin.clientAddress, (turn) => turn.hash(password));
    await this.unitOfWork.run((tx) => this.resets.redeem(token, passwordHash, origin, tx));
  }
}

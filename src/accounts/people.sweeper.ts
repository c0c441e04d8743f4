import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { PeriodicWork } from '../platform/leader/periodic-work.js';
import { LoginAttemptsRepository } from './login-attempts.repository.js';
import { LoginTokensRepository } from './login-tokens.repository.js';
import { PasswordResetsRepository } from './password-resets.repository.js';

/** Every count has run down to nothing by then: 17 failures at 10 minutes each are the longest. */
const ATTEMPTS_SECONDS = 86_400;
/** How long ended tokens say that they were revoked, rather than that there is none. */
const TOKENS_DAYS = 30;

/** Forgets failed logins, tokens that were revoked, and tokens for new passwords whose time is over. */
@Injectable()
export class PeopleSweeper extends PeriodicWork {
  readonly name = 'people.sweep';
  readonly everyMs = 600_000;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly attempts: LoginAttemptsRepository,
    private readonly tokens: LoginTokensRepository,
    private readonly resets: PasswordResetsRepository,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.attempts.deleteOld(ATTEMPTS_SECONDS, tx);
      await this.tokens.deleteRevoked(TOKENS_DAYS, tx);
      await this.resets.deleteOld(tx);
    });
  }
}

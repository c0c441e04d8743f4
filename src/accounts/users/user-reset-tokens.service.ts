import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import { type IssuedReset, PasswordResets } from '../password-resets.service.js';
import type { UserCard } from './user-card.js';
import { UserNewsWriter } from './user-news.service.js';

/** Time to hand a token on: as long as an invitation stands, in seconds. */
const LIFE_SECONDS = 72 * 3_600;

/** Tokens that let somebody choose a password, for an administrator to hand on. */
@Injectable()
export class UserResetTokens {
  constructor(
    private readonly resets: PasswordResets,
    private readonly news: UserNewsWriter,
  ) {}

  /** Tells the user's organization who issued it, since whoever holds the token can become that user. */
  async issue(caller: Caller, user: UserCard, tx: Tx): Promise<IssuedReset> {
    const issued = await this.resets.issueFor(user.id, tx, LIFE_SECONDS);
    await this.news.tell(caller, user, 'password_reset_issued', tx, { details: { reset_id: issued.id } });
    return issued;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.module.js';
import { describeError } from '../platform/errors/describe-error.js';
import { Mailer } from '../platform/mail/mailer.js';
import { LOGGER } from '../platform/telemetry/logger.js';
import type { AccountOrigin } from './account-origin.js';
import { ResetRequests } from './reset-requests.service.js';

/** Most requests that are under way in a process; what is beyond is dropped, as their senders cannot tell. */
const MOST_AT_ONCE = 50;

/**
 * Mails what sets a new password to whoever has forgotten theirs. All of it happens after the answer, which is the same, and
 * takes as long, whether there is such an account or not.
 */
@Injectable()
export class ResetMails {
  private underWay = 0;

  constructor(
    private readonly requests: ResetRequests,
    private readonly mailer: Mailer,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'REDOUBT_PUBLIC_URL'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Returns at once. */
  request(email: string, origin: AccountOrigin): void {
    if (this.underWay >= MOST_AT_ONCE) return;
    this.underWay += 1;
    void this.deliver(email, origin).finally(() => {
      this.underWay -= 1;
    });
  }

  private async deliver(email: string, origin: AccountOrigin): Promise<void> {
    try {
      if (!(await this.mailer.canSend())) return;
      const granted = await this.requests.grant(email, origin);
      if (!granted) return;
      const text = messageOf(granted.token, granted.fullName, this.settings.REDOUBT_PUBLIC_URL);
      await this.mailer.send({ to: granted.email, subject: 'A new password for Redoubt', text });
    } catch (error) {
      this.logger.error({ event: 'password_reset.mail_failed', error: describeError(error) });
    }
  }
}

/** The address is the deployment's: one that a request names could be anybody's. */
const messageOf = (
  token: string,
  fullName: string,
  publicUrl: string | undefined,
): string => `Hello ${fullName},

somebody asked for a new password for your account at ${publicUrl ?? 'Redoubt'}.

If it was you, set one within an hour with this token, which works once:

    ${token}

Send it, as JSON, with the new password:

    curl ${publicUrl ?? 'http://localhost:8000'}/api/v1/auth/password/reset/confirm \\
      -H 'Content-Type: application/json' \\
      -d '{"token":"${token}","password":"<new password>"}'

If it was not you, do nothing: your password stays as it is.
`;

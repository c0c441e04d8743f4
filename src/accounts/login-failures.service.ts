import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import type { AuditEntry } from '../platform/audit/audit-entry.js';
import type { KnownUser } from './account-news.service.js';
import type { AccountOrigin } from './account-origin.js';
import { UsersRepository } from './users/users.repository.js';

/** How long a failure waits for others, so that what is written about it is no part of any answer's time. */
const GATHERING_MS = 250;
/** Most that wait to be written; they are as many as passwords are checked in some seconds. */
const MOST_WAITING = 1_000;

interface Failure {
  readonly user: KnownUser | undefined;
  readonly origin: AccountOrigin;
}

/**
 * Notes failed logins in the audit log of the account's home, and of those that name no account in that of the instance's
 * first administrator: each leaves one entry, and takes equally long. Entries follow within a second.
 */
@Injectable()
export class LoginFailures implements BeforeApplicationShutdown {
  private waiting: Failure[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly audit: AuditWriter,
    private readonly users: UsersRepository,
    private readonly dataSource: DataSource,
  ) {}

  note(user: KnownUser | undefined, origin: AccountOrigin): void {
    if (this.waiting.length >= MOST_WAITING) return;
    this.waiting.push({ user, origin });
    this.timer ??= setTimeout(() => void this.flush(), GATHERING_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.flush();
  }

  private async flush(): Promise<void> {
    const failures = this.waiting;
    this.waiting = [];
    this.timer = undefined;
    await Promise.allSettled(failures.map((failure) => this.write(failure)));
  }

  private async write({ user, origin }: Failure): Promise<void> {
    const organizationId = user?.organizationId ?? (await this.instance());
    if (organizationId) await this.audit.appendAlone({ ...entryOf(user, origin), organizationId });
  }

  private async instance(): Promise<string | undefined> {
    return (await this.users.findFirstAdministrator(this.dataSource.manager))?.organizationId;
  }
}

const entryOf = (user: KnownUser | undefined, origin: AccountOrigin): Omit<AuditEntry, 'organizationId'> => ({
  // Who it was is not known: the account's owner is only whom it concerns.
  actor: { type: 'system', id: 'login' },
  subjectUserId: user?.id,
  action: 'user.login_failed',
  ...(user && { target: { type: 'user', id: user.id } }),
  requestId: origin.requestId,
  details: { client_address: origin.clientAddress, user_agent: origin.userAgent },
});

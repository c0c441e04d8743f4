import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import { networkOf } from '../platform/limits/limit-subject.js';
import {
  type AttemptRule,
  type CountedSubject,
  LoginAttemptsRepository,
} from './login-attempts.repository.js';
import { UserLookups } from './users/user-lookups.service.js';

/** One account from one network. */
const PAIR: AttemptRule = { free: 5, mostSeconds: 900, forgetSeconds: 600 };
/** All accounts from one site: many people may share its address, so it waits less long, and forgets sooner. */
const SITE: AttemptRule = { free: 100, mostSeconds: 60, forgetSeconds: 30 };
/** Mails to one account, wherever they were asked for. */
const RESETS: AttemptRule = { free: 3, mostSeconds: 900, forgetSeconds: 1200 };

/** What was counted of one attempt. */
export interface Attempt {
  readonly pair: CountedSubject;
  readonly site: CountedSubject;
}

/**
 * What one customer is sure to have: an IPv4 address, of IPv6 a /56, between the /48 and the /64 that RFC 6177 leaves to
 * providers.
 */
const siteOf = (network: string): string => {
  const words = network.split(':');
  const last = words[3];
  if (words.length < 4 || last === undefined) return network;
  return [...words.slice(0, 3), (Number.parseInt(last, 16) >> 8).toString(16)].join(':');
};

/**
 * Delays guesses. There is no count for an account over all networks: whoever guesses from elsewhere would lock its owner
 * out by it. What a person could gain from very many networks is bounded by how few passwords are checked at a time.
 */
@Injectable()
export class LoginAttempts {
  constructor(
    private readonly repository: LoginAttemptsRepository,
    private readonly lookups: UserLookups,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Counts an attempt before anything is checked.
   * @param account what the account is looked up by, whether there is one or not
   * @throws AppError RATE_LIMIT_EXCEEDED
   */
  async take(account: Buffer, address: string): Promise<Attempt> {
    const network = networkOf(address);
    const attempt = {
      pair: { subject: await this.lookups.attempts('account', account, network), rule: PAIR },
      site: { subject: await this.lookups.attempts('site', siteOf(network)), rule: SITE },
    };
    const { taken, seconds } = await this.count([attempt.pair, attempt.site]);
    if (taken) return attempt;
    const message = 'Too many failed logins. Wait as long as Retry-After says.';
    throw platformError('RATE_LIMIT_EXCEEDED', { message, retryAfterSeconds: seconds });
  }

  /** It was the owner: what failed before is forgotten for the pair, and for the site it was no failure. */
  async forgive({ pair, site }: Attempt, tx: Tx): Promise<void> {
    await this.repository.clear(pair.subject, tx);
    await this.repository.giveBack([site], tx);
  }

  /** Whether one more mail about a password may go to that account. */
  async mayMail(account: Buffer): Promise<boolean> {
    const subject = { subject: await this.lookups.attempts('reset', account), rule: RESETS };
    return (await this.count([subject])).taken;
  }

  private count(subjects: readonly CountedSubject[]): Promise<{ taken: boolean; seconds: number }> {
    return this.repository.take(subjects, this.dataSource.manager);
  }
}

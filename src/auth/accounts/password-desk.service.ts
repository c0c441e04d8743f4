import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { Places } from '../../platform/cooperation/places.js';
import { networkOf } from '../../platform/limits/limit-subject.js';
import { authError } from '../auth.errors.js';
import { hashPassword, verifyPassword } from './password-hash.js';

/** What somebody whose turn may come can have done. Each waits for its turn. */
export interface PasswordTurn {
  hash(password: string): Promise<string>;
  verify(stored: string, password: string): Promise<boolean>;
}

/**
 * Half of the cores, so that others have something left; and of libuv's four threads, which hashing runs on, one stays
 * for files.
 */
const AT_ONCE = Math.min(3, Math.max(1, Math.floor(availableParallelism() / 2)));
/** Most that wait at a time: a second or two of work. */
const WAITING = 64;
/** Most of them from one network, so that it cannot keep everybody else out. */
const WAITING_FROM_ONE = 32;

/**
 * Where passwords are hashed, which is slow on purpose: few at a time, and only so many waiting. Whoever is beyond is sent
 * away at once, before anything was done for them.
 */
@Injectable()
export class PasswordDesk {
  private readonly places = new Places(AT_ONCE);
  private readonly inside = new Map<string, number>();
  private total = 0;

  /** @throws AppError LOGINS_BUSY, before `work` begins */
  async serve<T>(address: string, work: (turn: PasswordTurn) => Promise<T>): Promise<T> {
    const network = networkOf(address);
    const from = this.inside.get(network) ?? 0;
    if (this.total >= WAITING || from >= WAITING_FROM_ONE)
      throw authError('LOGINS_BUSY', { retryAfterSeconds: 1 });
    this.total += 1;
    this.inside.set(network, from + 1);
    try {
      return await work(this.turn);
    } finally {
      this.total -= 1;
      this.leave(network);
    }
  }

  private leave(network: string): void {
    const left = (this.inside.get(network) ?? 1) - 1;
    if (left > 0) this.inside.set(network, left);
    else this.inside.delete(network);
  }

  private readonly turn: PasswordTurn = {
    hash: (password) => this.inTurn(() => hashPassword(password)),
    verify: (stored, password) => this.inTurn(() => verifyPassword(stored, password)),
  };

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.places.enter(NEVER);
    try {
      return await work();
    } finally {
      leave();
    }
  }
}

/** A turn comes within seconds, so that nobody need give up waiting for one. */
const NEVER = new AbortController().signal;

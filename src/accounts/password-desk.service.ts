import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { Places } from '../platform/cooperation/places.js';
import type { AppError } from '../platform/errors/app-error.js';
import { networkOf } from '../platform/limits/limit-subject.js';
import { accountError } from './accounts.errors.js';
import { hashPassword, verifyPassword } from './password-hash.js';

/** What somebody whose turn may come can have done. Each waits for its turn. */
export interface PasswordTurn {
  /** @throws AppError LOGINS_BUSY when others need the place more */
  hash(password: string): Promise<string>;
  /** @throws AppError LOGINS_BUSY when others need the place more */
  verify(stored: string, password: string): Promise<boolean>;
}

/**
 * Half of the cores, so that others have something left; and of libuv's four threads, which hashing runs on, one stays
 * for files.
 */
const AT_ONCE = Math.min(3, Math.max(1, Math.floor(availableParallelism() / 2)));
/** Most that are inside at a time: a second or two of work. */
const PLACES = 64;
/** Most of them from one network. */
const PLACES_FOR_ONE = 32;

interface Visitor {
  readonly network: string;
  /** Aborted when it has to go before its turn came. */
  readonly leaving: AbortController;
}

const busy = (): AppError => accountError('LOGINS_BUSY', { retryAfterSeconds: 1 });

/**
 * Where passwords are hashed, which is slow on purpose: few at a time, and only so many waiting. Whoever is beyond is sent
 * away at once, before anything was done for them. Networks share the places evenly: whoever comes from one that has few takes
 * the place of the last that came from the one that has most, so that no crowd keeps everybody else out.
 */
@Injectable()
export class PasswordDesk {
  private readonly places = new Places(AT_ONCE);
  private readonly inside = new Map<string, Set<Visitor>>();
  private total = 0;

  /** @throws AppError LOGINS_BUSY, nearly always before `work` begins */
  async serve<T>(address: string, work: (turn: PasswordTurn) => Promise<T>): Promise<T> {
    const visitor = this.enter(networkOf(address));
    try {
      return await work(this.turnOf(visitor.leaving.signal));
    } finally {
      this.leave(visitor);
    }
  }

  private enter(network: string): Visitor {
    const companions = this.inside.get(network) ?? new Set();
    if (companions.size >= PLACES_FOR_ONE) throw busy();
    if (this.total >= PLACES) this.makeRoom(companions.size);
    const visitor = { network, leaving: new AbortController() };
    this.inside.set(network, companions.add(visitor));
    this.total += 1;
    return visitor;
  }

  /** Sends somebody away from a network that would still have more places than the newcomer's. @throws AppError LOGINS_BUSY */
  private makeRoom(companions: number): void {
    const crowds = [...this.inside.values()];
    const crowd = crowds.reduce((most, one) => (one.size > most.size ? one : most));
    const last = [...crowd].at(-1);
    if (!last || crowd.size <= companions + 1) throw busy();
    last.leaving.abort(busy());
    this.leave(last);
  }

  private leave(visitor: Visitor): void {
    const companions = this.inside.get(visitor.network);
    if (!companions?.delete(visitor)) return;
    this.total -= 1;
    if (companions.size === 0) this.inside.delete(visitor.network);
  }

  private turnOf(signal: AbortSignal): PasswordTurn {
    return {
      hash: (password) => this.inTurn(signal, () => hashPassword(password)),
      verify: (stored, password) => this.inTurn(signal, () => verifyPassword(stored, password)),
    };
  }

  private async inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const leave = await this.places.enter(signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }
}

import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NotedCredentials } from '../http/noted-credentials.js';
import type { Principal } from '../http/principal.js';
import { allowanceOf, isLimited } from './allowance.js';
import type { LimitDecision, LimitRequest } from './limit-storage.js';
import { PlanThrottlerStorage } from './plan-throttler.storage.js';
import { routeConfigOf } from './route-limits.js';

/** Most credentials for which decisions begin early. */
const MOST_FORESEEN = 10_000;

interface Foreseen {
  readonly asked: LimitRequest;
  readonly deciding: Promise<LimitDecision>;
}

/**
 * Decisions that begin while a request's credential is still looked up: for one that was let in lately, by what it might then. Whether
 * it still is one, and may still do so, is never foreseen: a decision that turns out to be about something else is not used, and
 * its slot is given back. Such a request has been counted for the credential as it was, too.
 */
@Injectable()
export class ForeseenDecisions {
  private readonly admitted = new NotedCredentials<Principal>(MOST_FORESEEN);
  private readonly begun = new WeakMap<FastifyRequest, Foreseen>();

  constructor(private readonly storage: PlanThrottlerStorage) {}

  begin(request: FastifyRequest): void {
    const { authorization } = request.headers;
    const { ownLimit, counts } = routeConfigOf(request);
    const principal = authorization === undefined || ownLimit ? undefined : this.admitted.of(authorization);
    if (!principal) return;
    const allowance = allowanceOf(principal, request.ip, counts);
    if (!isLimited(allowance)) return;
    const { subject, windows, slots } = allowance;
    const asked = { subject, windows, slots, lease: request.id };
    const deciding = this.storage.decide(asked);
    // Whoever uses it hears of a failure; nobody else has to.
    deciding.catch(() => undefined);
    this.begun.set(request, { asked, deciding });
  }

  /** The decision about this very question, if one has begun. Any other is dropped. */
  take(request: FastifyRequest, asked: LimitRequest): Promise<LimitDecision> | undefined {
    const foreseen = this.begun.get(request);
    if (!foreseen || !isSame(foreseen.asked, asked)) return void this.drop(request);
    this.begun.delete(request);
    return foreseen.deciding;
  }

  /** Gives back what was taken for a decision that nobody has used. */
  drop(request: FastifyRequest): void {
    const foreseen = this.begun.get(request);
    if (!foreseen) return;
    this.begun.delete(request);
    this.storage.forget(foreseen.deciding, foreseen.asked);
  }

  /**
   * Remembers who was let in with a credential, and forgets one that was refused. Nothing is foreseen for one that is bound to networks:
   * from elsewhere it must count for the address alone.
   */
  note({ headers, principal }: FastifyRequest): void {
    const { authorization } = headers;
    if (authorization === undefined) return;
    const isBound = (principal?.allowedNetworks ?? []).length > 0;
    this.admitted.note(authorization, isBound ? undefined : principal);
  }
}

function isSame(one: LimitRequest, other: LimitRequest): boolean {
  if (one.subject !== other.subject || one.slots !== other.slots || one.lease !== other.lease) return false;
  if (one.windows.length !== other.windows.length) return false;
  return one.windows.every(({ name, size, limit }, index) => {
    const window = other.windows[index];
    return window?.name === name && window.size === size && window.limit === limit;
  });
}

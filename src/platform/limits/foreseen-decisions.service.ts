import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { allowanceOf, isLimited } from './allowance.js';
import { ForeseenPrincipals } from './foreseen-principals.service.js';
import type { LimitDecision, LimitRequest } from './limit-storage.js';
import { PlanThrottlerStorage } from './plan-throttler.storage.js';
import { routeConfigOf } from './route-limits.js';

interface Foreseen {
  readonly asked: LimitRequest;
  readonly deciding: Promise<LimitDecision>;
}

/**
 * Decisions that begin while a request's credential is still looked up: for one that was let in lately, by what it might
 * then. A decision that turns out to be about something else is not used, and its slot is given back. Such a request has been counted for the
 * credential as it was, too.
 */
@Injectable()
export class ForeseenDecisions {
  private readonly begun = new WeakMap<FastifyRequest, Foreseen>();

  constructor(
    private readonly principals: ForeseenPrincipals,
    private readonly storage: PlanThrottlerStorage,
  ) {}

  begin(request: FastifyRequest): void {
    const { ownLimit, counts } = routeConfigOf(request);
    const principal = this.principals.of(request);
    if (!principal || ownLimit) return;
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

  /** Says whether a request was let in. What was noted of its credential holds for the next one. */
  settle(request: FastifyRequest, isLetIn: boolean): void {
    this.principals.note(request, isLetIn);
  }

  /** Gives back what was taken for a decision that nobody has used. */
  drop(request: FastifyRequest): void {
    const foreseen = this.begun.get(request);
    if (!foreseen) return;
    this.begun.delete(request);
    this.storage.forget(foreseen.deciding, foreseen.asked);
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

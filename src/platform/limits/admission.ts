import { Injectable } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Maintenance } from '../configs/maintenance.service.js';
import type { AppError } from '../errors/app-error.js';
import { toAppError } from '../errors/to-app-error.js';
import { Authenticator } from '../http/access.guard.js';
import { newId } from '../http/ids.js';
import { isUncounted } from '../http/surface.js';
import { Tenancy } from '../http/tenancy.service.js';
import { allowanceOf, UNCOUNTED } from './allowance.js';
import { Allowances } from './allowances.service.js';
import { writeAllowance } from './answer-headers.js';
import { PlanThrottlerGuard } from './plan-throttler.guard.js';
import { PlanThrottlerStorage } from './plan-throttler.storage.js';
import { type RateLimitHeaders, rateLimitHeaders } from './rate-limit-headers.js';
import { refusalError, refusalOf } from './refusal.js';
import { routeConfigOf } from './route-limits.js';

/** What becomes of bytes that never became a request. */
export interface MalformedVerdict {
  readonly headers: RateLimitHeaders;
  /** What to answer instead of the fault. */
  readonly refusal: AppError | undefined;
}

const UNDECIDED = { decision: undefined, refusedBy: undefined } as const;

/**
 * Lets requests in: who sent it, and whether that plan allows one more. Both before the body is read, so that nobody
 * without a key, or with too many requests, makes the server take in 100 MiB.
 */
@Injectable()
export class Admission {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly tenancy: Tenancy,
    private readonly throttler: PlanThrottlerGuard,
    private readonly storage: PlanThrottlerStorage,
    private readonly allowances: Allowances,
    private readonly maintenance: Maintenance,
  ) {}

  /**
   * Whoever has no valid credential counts by address, whatever the route, so that guessing keys is limited; a valid
   * credential never suffers from others at its address. Unknown and public routes count for the credential that was
   * sent, if it is one; a route with a limit of its own counts by address and asks for none.
   * @throws AppError what authentication refuses; RATE_LIMIT_EXCEEDED; MAINTENANCE; SERVICE_UNAVAILABLE when nobody can count
   */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      await this.enter(request, reply);
    } catch (error) {
      const allowance = { ...this.allowances.of(request), ...UNDECIDED };
      if (!request.allowance) writeAllowance(allowance, request, reply.raw);
      throw error;
    } finally {
      this.throttler.lookBack(request);
    }
  }

  /** Counts malformed HTTP by its connection's address: what it forwards for cannot be read. */
  async admitMalformed(address: string): Promise<MalformedVerdict> {
    const allowance = allowanceOf(undefined, address);
    const headersOf = (counted: Pick<typeof UNCOUNTED, 'decision' | 'refusedBy'>): RateLimitHeaders =>
      rateLimitHeaders({ ...allowance, ...counted }, Date.now());
    try {
      const decision = await this.storage.decide({ ...allowance, lease: newId('req') });
      const refusal = refusalOf(decision);
      return {
        headers: headersOf({ decision, refusedBy: refusal?.by }),
        refusal: refusal && refusalError(refusal, allowance),
      };
    } catch (error) {
      return { headers: headersOf(UNDECIDED), refusal: toAppError(error) };
    }
  }

  private async enter(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const refusal = await this.authenticate(request);
    if (refusal && refusal.row.status >= 500) throw refusal;
    if (!refusal && isUncounted(pathOf(request))) return writeAllowance(UNCOUNTED, request, reply.raw);
    await this.throttler.canActivate(new ExecutionContextHost([request, reply], Admission, this.admit));
    if (!routeConfigOf(request).duringMaintenance) await this.maintenance.ensureOpenTo(request.principal);
    if (refusal) throw refusal;
  }

  /** Why the request may not go on, if authentication says so. */
  private async authenticate(request: FastifyRequest): Promise<AppError | undefined> {
    const { access, ownLimit } = routeConfigOf(request);
    const isProtected = access !== undefined && access !== 'public';
    const mayTell = request.headers.authorization !== undefined && !isUncounted(pathOf(request)) && !ownLimit;
    if (!isProtected && !mayTell) return undefined;
    try {
      if (isProtected) for (const ahead of [this.tenancy, this.throttler]) ahead.lookAhead(request);
      request.principal = await this.authenticator.authenticate(request);
      return undefined;
    } catch (error) {
      const refusal = toAppError(error);
      return isProtected || refusal.row.status >= 500 ? refusal : undefined;
    }
  }
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';

import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
  type ThrottlerRequest,
} from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Allowance, isLimited } from './allowance.js';
import { Allowances } from './allowances.service.js';
import { writeAllowance } from './answer-headers.js';
import { ForeseenDecisions } from './foreseen-decisions.service.js';
import { PlanThrottlerStorage } from './plan-throttler.storage.js';
import { type Refusal, refusalError, refusalOf } from './refusal.js';
import { SlotKeeper } from './slot-keeper.service.js';

/**
 * Nest's throttler with plans in place of routes: all windows of the sender's plan are decided at once, and the slot
 * that the request takes is held until its answer is over. Runs before the body is read, so it is no guard of a route.
 */
@Injectable()
export class PlanThrottlerGuard extends ThrottlerGuard {
  private readonly allowances = new WeakMap<FastifyRequest, Allowance>();

  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() private readonly plans: PlanThrottlerStorage,
    reflector: Reflector,
    private readonly slots: SlotKeeper,
    private readonly counted: Allowances,
    private readonly foreseen: ForeseenDecisions,
  ) {
    super(options, plans, reflector);
  }

  /** Begins to decide while the request's credential is still looked up. Whoever calls this calls {@link lookBack} in the end. */
  lookAhead(request: FastifyRequest): void {
    this.foreseen.begin(request);
  }

  /** Gives back what has begun and was not used after all. */
  lookBack(request: FastifyRequest): void {
    this.foreseen.drop(request);
  }

  /** Where nothing is limited no storage is asked. */
  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    const { request, reply } = partsOf(context);
    const allowance = this.counted.of(request);
    this.allowances.set(request, allowance);
    if (isLimited(allowance)) return Promise.resolve(false);
    this.foreseen.settle(request, true);
    writeAllowance({ ...allowance, decision: undefined, refusedBy: undefined }, request, reply.raw);
    return Promise.resolve(true);
  }

  protected override getTracker(request: FastifyRequest): Promise<string> {
    return Promise.resolve(this.allowanceOf(request).subject);
  }

  /** A plan counts all routes together, save those with a limit of their own. */
  protected override generateKey(_: ExecutionContext, subject: string): string {
    return subject;
  }

  /** One decision for all windows, in place of one question for each. */
  protected override async handleRequest(asked: ThrottlerRequest): Promise<boolean> {
    const { context, throttler } = asked;
    const { request, reply } = partsOf(context);
    const allowance = this.allowanceOf(request);
    const { windows, slots } = allowance;
    const tracker = await asked.getTracker(request, context);
    const subject = asked.generateKey(context, tracker, throttler.name ?? 'default');
    const held = { subject, lease: request.id };
    const question = { ...held, windows, slots };
    const decision = await (this.foreseen.take(request, question) ?? this.plans.decide(question));
    const refusal = refusalOf(decision);
    this.foreseen.settle(request, !refusal);
    writeAllowance({ ...allowance, decision, refusedBy: refusal?.by }, request, reply.raw);
    if (refusal) await this.throwThrottlingException(context, detailOf(subject, allowance, refusal));
    if (slots !== null) this.slots.hold(held, reply.raw);
    return true;
  }

  /** @throws AppError RATE_LIMIT_EXCEEDED always */
  protected override async throwThrottlingException(
    context: ExecutionContext,
    { timeToBlockExpire: seconds }: ThrottlerLimitDetail,
  ): Promise<void> {
    const { request } = partsOf(context);
    const by = request.allowance?.refusedBy ?? 'second';
    throw refusalError({ by, seconds }, this.allowanceOf(request));
  }

  private allowanceOf(request: FastifyRequest): Allowance {
    return this.allowances.get(request) ?? this.counted.of(request);
  }
}

const partsOf = (context: ExecutionContext): { request: FastifyRequest; reply: FastifyReply } => ({
  request: context.switchToHttp().getRequest<FastifyRequest>(),
  reply: context.switchToHttp().getResponse<FastifyReply>(),
});

/** A refusal in the throttler's words. */
function detailOf(subject: string, { windows }: Allowance, { by, seconds }: Refusal): ThrottlerLimitDetail {
  const window = windows.find(({ name }) => name === by);
  const limit = window?.limit ?? 0;
  const ttl = (window?.size ?? 0) / 1_000;
  const times = { timeToExpire: seconds, timeToBlockExpire: seconds };
  return { limit, ttl, key: subject, tracker: subject, totalHits: limit, isBlocked: true, ...times };
}

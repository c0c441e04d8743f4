import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { platformError } from '../errors/app-error.js';
import { newId } from '../http/ids.js';
import { secondsOf } from './allowance.js';
import { type LimitDecision, type LimitRequest, LimitStorage } from './limit-storage.js';

/** A request waits no longer to be counted. */
const DECISION_MS = 1_500;

const SLOT_PATIENCE_MS = 50;

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** The storage behind the throttler: all windows of a plan in one decision, within a bounded time. */
@Injectable()
export class PlanThrottlerStorage implements ThrottlerStorage {
  constructor(private readonly storage: LimitStorage) {}

  /**
   * A request that only lacks a slot asks once more: a slot given back in another process comes free a moment after its
   * client has the answer, and must not be missing to that client's next request.
   * @throws AppError SERVICE_UNAVAILABLE when the storage fails or takes too long: nothing passes uncounted
   */
  async decide(request: LimitRequest): Promise<LimitDecision> {
    const decision = await this.ask(request);
    if (decision.allowed || decision.windows.some(({ waitFor }) => waitFor > 0)) return decision;
    await sleep(SLOT_PATIENCE_MS);
    return this.ask(request);
  }

  /**
   * The throttler's own question, about one fixed window: for limits that a single route declares with `@Throttle`.
   * @param ttl length of the window in milliseconds; `blockDuration` has no meaning here, a window blocks to its end
   */
  async increment(key: string, ttl: number, limit: number): Promise<ThrottlerRecord> {
    const windows = [{ name: 'hour', limit, size: ttl * 1_000 }] as const;
    const lease = newId('req');
    const decision = await this.decide({ subject: `route:${key}`, windows, slots: null, lease });
    const [state] = decision.windows;
    const seconds = secondsOf(state?.resetsIn ?? 0);
    return {
      totalHits: (state?.used ?? 0) + (decision.allowed ? 0 : 1),
      timeToExpire: seconds,
      isBlocked: !decision.allowed,
      timeToBlockExpire: decision.allowed ? 0 : seconds,
    };
  }

  private async ask(request: LimitRequest): Promise<LimitDecision> {
    const deciding = this.storage.decide(request);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      // An answer that has come while this process was busy is read first.
      const giveUp = (): void => void setImmediate(() => reject(new Error('the decision took too long')));
      timer = setTimeout(giveUp, DECISION_MS);
    });
    try {
      return await Promise.race([deciding, late]);
    } catch (cause) {
      this.forget(deciding, request);
      throw platformError('SERVICE_UNAVAILABLE', { cause, retryAfterSeconds: 1 });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Of a decision that nobody uses, that failed or came too late, which may have been made all the same, no slot must stay taken. */
  forget(deciding: Promise<LimitDecision>, { subject, slots, lease }: LimitRequest): void {
    if (slots === null) return;
    const release = (): Promise<void> => this.storage.release([{ subject, lease }]);
    deciding.then(release, release).catch(() => undefined);
  }
}

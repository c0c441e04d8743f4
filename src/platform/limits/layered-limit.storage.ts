import type { Lease, LimitDecision, LimitRequest } from './limit-storage.js';
import { LimitStorage } from './limit-storage.js';
import type { RedisLimitStorage } from './redis-limit.storage.js';
import { isLong } from './window.js';

/**
 * Redis for what changes fast, the database for days and months, which must outlive every cache. Redis is asked first,
 * as it refuses most; what it counted is given back when the database refuses or fails.
 */
export class LayeredLimitStorage extends LimitStorage {
  constructor(
    private readonly redis: RedisLimitStorage,
    private readonly database: LimitStorage,
  ) {
    super();
  }

  async decide(request: LimitRequest): Promise<LimitDecision> {
    const fast = { ...request, windows: request.windows.filter((window) => !isLong(window)) };
    const slow = { ...request, windows: request.windows.filter(isLong), slots: null };
    if (slow.windows.length === 0) return this.redis.decide(fast);
    if (fast.windows.length === 0 && fast.slots === null) return this.database.decide(slow);
    const first = await this.redis.decide(fast);
    if (!first.allowed) return first;
    const second = await this.database.decide(slow).catch(async (error: unknown) => {
      await this.redis.giveBack(fast, first);
      throw error;
    });
    if (!second.allowed) await this.redis.giveBack(fast, first);
    const windows = second.allowed ? first.windows.concat(second.windows) : second.windows;
    return { ...first, allowed: second.allowed, windows };
  }

  release(leases: readonly Lease[]): Promise<void> {
    return this.redis.release(leases);
  }

  renew(leases: readonly Lease[]): Promise<void> {
    return this.redis.renew(leases);
  }
}

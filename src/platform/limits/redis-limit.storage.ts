import type { Redis } from 'ioredis';
import {
  LEASE_SECONDS,
  type Lease,
  type LimitDecision,
  type LimitRequest,
  LimitStorage,
} from './limit-storage.js';
import { GIVE_BACK, RENEW, TAKE } from './redis-limit.scripts.js';
import { stateOf } from './window.js';

type Command = (...args: (string | number)[]) => Promise<unknown>;

/** The commands that {@link RedisLimitStorage} adds to its connection. */
interface LimitCommands {
  readonly takeRateLimits: Command;
  readonly giveBackRateLimits: Command;
  readonly renewRateLimitSlots: Command;
}

/** Both keys of a subject lie in one slot of a cluster. */
const windowsKey = (subject: string): string => `redoubt:limits:{${subject}}`;
const slotsKey = (subject: string): string => `redoubt:limits:{${subject}}:slots`;

/** Counts in Redis: one script a request, run by the server at once and by its clock. */
export class RedisLimitStorage extends LimitStorage {
  private readonly commands: LimitCommands;

  /**
   * @param redis a connection of its own, that fails fast and sends nothing again by itself
   * @param leaseSize how long a slot lives that nobody renews, in microseconds
   */
  constructor(
    private readonly redis: Redis,
    private readonly leaseSize = LEASE_SECONDS * 1_000_000,
  ) {
    super();
    redis.defineCommand('takeRateLimits', { numberOfKeys: 2, lua: TAKE });
    redis.defineCommand('giveBackRateLimits', { numberOfKeys: 2, lua: GIVE_BACK });
    redis.defineCommand('renewRateLimitSlots', { numberOfKeys: 1, lua: RENEW });
    this.commands = redis as unknown as LimitCommands;
  }

  async decide(request: LimitRequest): Promise<LimitDecision> {
    const { subject, windows, slots, lease } = request;
    const answer = await this.commands.takeRateLimits(
      windowsKey(subject),
      slotsKey(subject),
      lease,
      this.leaseSize,
      slots ?? '',
      ...windows.flatMap(({ name, size, limit }) => [name, size, limit]),
    );
    const [allowed, now = 0, slotsUsed = 0, ...stored] = numbersOf(answer);
    return {
      allowed: allowed === 1,
      windows: windows.map((window, index) =>
        stateOf(window, { count: stored[index * 2] ?? 0, end: stored[index * 2 + 1] ?? 0 }, now),
      ),
      slotsUsed,
      now,
    };
  }

  /** Takes back what a decision counted, since another storage refused the request. */
  async giveBack({ subject, lease }: LimitRequest, { windows, now }: LimitDecision): Promise<void> {
    const counted = windows.flatMap(({ name, size, resetsIn }) => [name, size, now + resetsIn]);
    await this.commands.giveBackRateLimits(windowsKey(subject), slotsKey(subject), lease, ...counted);
  }

  async release(leases: readonly Lease[]): Promise<void> {
    await Promise.all(leases.map(({ subject, lease }) => this.redis.zrem(slotsKey(subject), lease)));
  }

  async renew(leases: readonly Lease[]): Promise<void> {
    const bySubject = new Map<string, string[]>();
    for (const { subject, lease } of leases) {
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), lease]);
    }
    const renewing = [...bySubject].map(([subject, held]) =>
      this.commands.renewRateLimitSlots(slotsKey(subject), this.leaseSize, ...held),
    );
    await Promise.all(renewing);
  }
}

/** @throws Error when the answer is not the script's */
function numbersOf(answer: unknown): number[] {
  if (!Array.isArray(answer) || answer.length < 3) throw new Error('the limit script gave no answer');
  return answer.map(Number);
}

import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';

/** A probe waits no longer for Redis. */
const PROBE_MS = 2_000;

/** Asks Redis whether it is there, on a connection of its own, which is made by the first question. */
@Injectable()
export class RedisProbe implements OnApplicationShutdown {
  private redis: Redis | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** Undefined when this installation has no Redis. */
  async answers(): Promise<boolean | undefined> {
    const { REDIS_URL } = this.settings;
    if (!REDIS_URL) return undefined;
    this.redis ??= connect(REDIS_URL);
    return this.redis.ping().then(
      () => true,
      () => false,
    );
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}

function connect(url: string): Redis {
  const redis = new Redis(url, {
    commandTimeout: PROBE_MS,
    connectTimeout: PROBE_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: () => 500,
  });
  // The failed command answers the question; without a listener ioredis prints every lost connection.
  redis.on('error', () => {});
  return redis;
}

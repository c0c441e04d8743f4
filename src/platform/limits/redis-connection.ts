import { Redis } from 'ioredis';

/** A decision waits no longer for Redis. */
const COMMAND_MS = 1_000;
const LONGEST_PAUSE_MS = 1_000;

/**
 * A connection for counting: it fails fast while Redis is away, never sends a command twice (that would count a
 * request twice), and comes back by itself. Errors are those of its commands; the event alone would end the process.
 */
export function connectForLimits(url: string): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: COMMAND_MS,
    commandTimeout: COMMAND_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, LONGEST_PAUSE_MS),
  });
  redis.on('error', () => undefined);
  return redis;
}

import { Redis } from 'ioredis';

const CONNECT_MS = 1_000;
/** A Redis that answers nothing for so long is left, and what was asked of it fails. */
const SILENCE_MS = 5_000;
const LONGEST_PAUSE_MS = 1_000;

/**
 * A connection for counting: it fails at once while Redis is away, never sends a command twice (that would count a
 * request twice), and comes back by itself. Errors are those of its commands; the event alone would end the process.
 */
export function connectForLimits(url: string): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, LONGEST_PAUSE_MS),
  });
  redis.on('error', () => undefined);
  return redis;
}

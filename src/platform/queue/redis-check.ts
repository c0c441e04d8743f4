import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { StartError } from '../errors/start-error.js';

const TIMEOUT_MS = 5_000;

/** What a server's INFO says of it. */
export function readRedisInfo(info: string): { major: number; policy: string | undefined } {
  const version = /^redis_version:(\d+)/m.exec(info)?.[1];
  return { major: Number(version ?? 0), policy: /^maxmemory_policy:(\S+)/m.exec(info)?.[1] };
}

/**
 * Looks at the Redis server before it is used: too old a version stops the start, a memory policy that throws calls
 * away is warned of (they would be found and repeated, but late).
 * @throws StartError
 */
export async function checkRedis(url: string, logger: Logger): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: TIMEOUT_MS, retryStrategy: () => null });
  // The rejected command tells what went wrong; without a listener ioredis prints it.
  redis.on('error', () => {});
  try {
    await redis.connect();
    const { major, policy } = readRedisInfo(await redis.info());
    if (major < 5) throw new StartError('The server of REDIS_URL is too old; Redis 5 or newer is needed.');
    if (policy !== undefined && policy !== 'noeviction') {
      const message = `Redis' maxmemory-policy is ${policy}; set it to noeviction, or calls to workers may be dropped`;
      logger.warn({ message });
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new StartError(`The server of REDIS_URL cannot be reached${code}. Check host, port and password.`);
  } finally {
    redis.disconnect();
  }
}

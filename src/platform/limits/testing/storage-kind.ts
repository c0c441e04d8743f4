import { DataSource } from 'typeorm';
import { createDataSource } from '../../database/data-source.js';
import { TestDatabase } from '../../database/testing/test-database.js';
import type { LimitStorage } from '../limit-storage.js';
import { PostgresLimitStorage } from '../postgres-limit.storage.js';
import { connectForLimits } from '../redis-connection.js';
import { RedisLimitStorage } from '../redis-limit.storage.js';
import { TestRedis } from './test-redis.js';

/** One kind of storage on a server of its own, opened as often as processes would. */
export interface StorageKind {
  /** A storage with a connection of its own, as another process would have. */
  open(leaseSize?: number): Promise<LimitStorage>;
  stop(): Promise<void>;
}

export async function postgresKind(): Promise<StorageKind> {
  const database = await TestDatabase.start([]);
  const pools: DataSource[] = [];
  return {
    async open(leaseSize) {
      const pool = await createDataSource(database.url, 2, []).initialize();
      pools.push(pool);
      return new PostgresLimitStorage(pool, leaseSize);
    },
    async stop() {
      await Promise.all(pools.map((pool) => pool.destroy()));
      await database.stop();
    },
  };
}

export async function redisKind(): Promise<StorageKind> {
  const server = await TestRedis.start();
  const connections: ReturnType<typeof connectForLimits>[] = [];
  return {
    async open(leaseSize) {
      const connection = connectForLimits(server.url);
      connections.push(connection);
      await connection.connect();
      return new RedisLimitStorage(connection, leaseSize);
    },
    async stop() {
      for (const connection of connections) connection.disconnect();
      await server.stop();
    },
  };
}

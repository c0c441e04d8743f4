import { DataSource, type DataSourceOptions } from 'typeorm';
import { InitialSchema1764000000000 } from './migrations/1764000000000-initial-schema.js';
import { Idempotency1764100000000 } from './migrations/1764100000000-idempotency.js';

/** Every migration, oldest first: classes, so that nothing is found by glob. */
export const MIGRATIONS = [InitialSchema1764000000000, Idempotency1764100000000];

export type EntityClass = new () => object;

/** Options of every connection pool; `connectTimeoutMS` bounds a start against an unreachable server. */
export function dataSourceOptions(
  url: string,
  poolSize: number,
  entities: readonly EntityClass[],
): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: [...entities],
    migrations: MIGRATIONS,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    migrationsRun: false,
    logging: false,
    poolSize,
    connectTimeoutMS: 5_000,
    extra: { statement_timeout: 60_000, idle_in_transaction_session_timeout: 60_000 },
  };
}

export const createDataSource = (
  url: string,
  poolSize: number,
  entities: readonly EntityClass[],
): DataSource => new DataSource(dataSourceOptions(url, poolSize, entities));

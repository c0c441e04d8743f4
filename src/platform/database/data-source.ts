import { DataSource, type DataSourceOptions } from 'typeorm';
import { InitialSchema1764000000000 } from './migrations/1764000000000-initial-schema.js';
import { Idempotency1764100000000 } from './migrations/1764100000000-idempotency.js';
import { Jobs1764200000000 } from './migrations/1764200000000-jobs.js';
import { ApiKeys1764205000000 } from './migrations/1764205000000-api-keys.js';
import { RateLimits1764206000000 } from './migrations/1764206000000-rate-limits.js';
import { Resources1764260000000 } from './migrations/1764260000000-resources.js';
import { Batches1764270000000 } from './migrations/1764270000000-batches.js';
import { FailedTasks1764290000000 } from './migrations/1764290000000-failed-tasks.js';
import { Tokens1764300000000 } from './migrations/1764300000000-tokens.js';
import { Projects1764400000000 } from './migrations/1764400000000-projects.js';
import { Files1764410000000 } from './migrations/1764410000000-files.js';
import { InstanceKeys1764420000000 } from './migrations/1764420000000-instance-keys.js';
import { UploadsWindow1764430000000 } from './migrations/1764430000000-uploads-window.js';
import { KeyRotation1764440000000 } from './migrations/1764440000000-key-rotation.js';
import { Redactions1764450000000 } from './migrations/1764450000000-redactions.js';
import { People1764500000000 } from './migrations/1764500000000-people.js';
import { Secrets1764600000000 } from './migrations/1764600000000-secrets.js';
import { Completions1764700000000 } from './migrations/1764700000000-completions.js';
import { CompletionWindows1764710000000 } from './migrations/1764710000000-completion-windows.js';
import { Knowledge1764800000000 } from './migrations/1764800000000-knowledge.js';
import { Chats1764810000000 } from './migrations/1764810000000-chats.js';
import { Assistants1764820000000 } from './migrations/1764820000000-assistants.js';
import { Tools1764830000000 } from './migrations/1764830000000-tools.js';
import { ChatImports1764840000000 } from './migrations/1764840000000-chat-imports.js';
import { PrivacyBudgets1764860000000 } from './migrations/1764860000000-privacy-budgets.js';
import { Webhooks1764910000000 } from './migrations/1764910000000-webhooks.js';
import { AuditLog1764920000000 } from './migrations/1764920000000-audit-log.js';
import { Erasures1764930000000 } from './migrations/1764930000000-erasures.js';
import { AuditStreams1764940000000 } from './migrations/1764940000000-audit-streams.js';
import { AuditQuarantine1764941000000 } from './migrations/1764941000000-audit-quarantine.js';
import { AuditSegments1764942000000 } from './migrations/1764942000000-audit-segments.js';
import { AuditArchives1764943000000 } from './migrations/1764943000000-audit-archives.js';
import { AuditOwedHeads1764944000000 } from './migrations/1764944000000-audit-owed-heads.js';
import { ErasedDocuments1764951000000 } from './migrations/1764951000000-erased-documents.js';
import { ReceiptEnds1764952000000 } from './migrations/1764952000000-receipt-ends.js';
import { SteadyClient } from './steady-client.js';

/** Every migration, oldest first: classes, so that nothing is found by glob. */
export const MIGRATIONS = [
  InitialSchema1764000000000,
  Idempotency1764100000000,
  Jobs1764200000000,
  ApiKeys1764205000000,
  RateLimits1764206000000,
  Resources1764260000000,
  Batches1764270000000,
  FailedTasks1764290000000,
  Tokens1764300000000,
  Projects1764400000000,
  Files1764410000000,
  InstanceKeys1764420000000,
  UploadsWindow1764430000000,
  KeyRotation1764440000000,
  Redactions1764450000000,
  People1764500000000,
  Secrets1764600000000,
  Completions1764700000000,
  CompletionWindows1764710000000,
  Knowledge1764800000000,
  Chats1764810000000,
  Assistants1764820000000,
  Tools1764830000000,
  ChatImports1764840000000,
  PrivacyBudgets1764860000000,
  Webhooks1764910000000,
  AuditLog1764920000000,
  Erasures1764930000000,
  AuditStreams1764940000000,
  AuditQuarantine1764941000000,
  AuditSegments1764942000000,
  AuditArchives1764943000000,
  AuditOwedHeads1764944000000,
  ErasedDocuments1764951000000,
  ReceiptEnds1764952000000,
];

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
    connectTimeoutMS: 15_000,
    extra: { Client: SteadyClient, statement_timeout: 60_000, idle_in_transaction_session_timeout: 60_000 },
  };
}

export const createDataSource = (
  url: string,
  poolSize: number,
  entities: readonly EntityClass[],
): DataSource => new DataSource(dataSourceOptions(url, poolSize, entities));

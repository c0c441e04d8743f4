import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { type FirstStart, FirstStartService } from '../admin/index.js';
import { ForgottenErasures, Lineage } from '../audit/index.js';
import { KeySetUp } from '../crypto/index.js';
import { ENTITIES } from '../entities.js';
import { loadSettings, type Settings } from '../platform/config/settings.js';
import { createDataSource } from '../platform/database/data-source.js';
import { AppError } from '../platform/errors/app-error.js';
import { StartError } from '../platform/errors/start-error.js';
import { migrateQueue } from '../platform/queue/bell-backend.js';
import { SetupAppModule } from '../setup.module.js';
import { failStart } from './fail.js';

/** Any number, the same everywhere: "redoubt" in a phone's letters. */
const MIGRATION_LOCK = 7336828;

/** Brings the schema up to date; of several processes starting at once, one does it and the others wait. */
async function migrate(settings: Settings & { DATABASE_URL: string }): Promise<void> {
  const dataSource: DataSource = createDataSource(settings.DATABASE_URL, 2, ENTITIES);
  await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
    if (!settings.REDIS_URL) await migrateQueue(settings.DATABASE_URL);
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}

/**
 * Without the ledger nobody could tell whether the database has forgotten an erasure, so nobody is served.
 * @throws StartError saying what to do
 */
function explainLedger(error: unknown): never {
  if (error instanceof Error && error.name === 'ForgedEntry')
    throw new StartError(
      "The ledger of erasures was changed: an entry does not bear this installation's signature. Restore 'ledger/erasures' and 'ledger/erased_documents' from a copy.",
    );
  if (error instanceof AppError && error.code === 'STORAGE_UNAVAILABLE')
    throw new StartError(
      'The ledger of erasures cannot be read, so nobody knows whether this database has forgotten one. Check S3_* or REDOUBT_DATA_DIR, and that the storage answers.',
    );
  throw error;
}

/**
 * Migrates, asks whether this is the database that was there before, makes what a first start makes, and erases again what a
 * restored database has brought back.
 */
export async function setUpInstance(settings: Settings): Promise<FirstStart> {
  const { DATABASE_URL } = settings;
  if (!DATABASE_URL) throw new Error('setup needs DATABASE_URL; "start" sets it for the embedded server');
  KeySetUp.makeMasterKey(settings);
  await migrate({ ...settings, DATABASE_URL });
  const app = await NestFactory.createApplicationContext(SetupAppModule.forRoot(settings), {
    logger: false,
    abortOnError: false,
  });
  try {
    const lineage = app.get(Lineage, { strict: false });
    const accepted = await lineage.check();
    const first = await app.get(FirstStartService, { strict: false }).run();
    if (accepted) await lineage.accept(accepted);
    const forgotten = await app.get(ForgottenErasures, { strict: false }).unfinished().catch(explainLedger);
    // All features take part in it; hardly any start has to load them.
    if (forgotten.length > 0)
      await (await import('./reapply-erasures.js')).reapplyErasures(settings, forgotten).catch(explainLedger);
    return first;
  } finally {
    await app.close();
  }
}

/** The setup process: does its work, tells its parent what it made, and ends. */
export async function setUp(): Promise<void> {
  // Without its parent nobody would serve what this prepares; the transaction it is in rolls back.
  const abandon = (): never => process.exit(1);
  process.once('disconnect', abandon);
  try {
    const result = await setUpInstance(loadSettings(process.env));
    process.off('disconnect', abandon);
    process.send?.({ type: 'setup', newKey: result.newKey });
    process.disconnect?.();
  } catch (error) {
    failStart(error);
  }
}

import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { LOGGER } from '../telemetry/logger.js';
import { LedgerStore } from './ledger-store.js';
import { LocalLedgerStore } from './local.ledger-store.js';
import { LocalObjectStore } from './local.object-store.js';
import { ObjectStore } from './object-store.js';
import { StorageCheck } from './storage-check.js';

/** In a bucket where one is set, else in the data folder. The SDK is large: only who needs it loads it. */
async function createObjectStore(settings: Settings): Promise<ObjectStore> {
  const { S3_BUCKET } = settings;
  if (!S3_BUCKET) return new LocalObjectStore(join(settings.REDOUBT_DATA_DIR, 'files'));
  const { S3ObjectStore } = await import('./s3.object-store.js');
  return new S3ObjectStore({ ...settings, S3_BUCKET });
}

/** In the same bucket, or the same data folder. */
export async function createLedgerStore(settings: Settings): Promise<LedgerStore> {
  const { S3_BUCKET } = settings;
  if (!S3_BUCKET) return new LocalLedgerStore(join(settings.REDOUBT_DATA_DIR, 'ledger'));
  const { S3LedgerStore } = await import('./s3.ledger-store.js');
  return new S3LedgerStore({ ...settings, S3_BUCKET });
}

/** Where bytes lie outside of the database. */
@Module({
  providers: [
    { provide: ObjectStore, inject: [SETTINGS], useFactory: createObjectStore },
    { provide: LedgerStore, inject: [SETTINGS], useFactory: createLedgerStore },
    {
      provide: StorageCheck,
      inject: [ObjectStore, LOGGER],
      useFactory: (store: ObjectStore, logger: Logger) => new StorageCheck(store, logger),
    },
  ],
  exports: [ObjectStore, LedgerStore],
})
export class StorageModule {}

import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { LOGGER } from '../telemetry/logger.js';
import { LedgerModule } from './ledger.module.js';
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

/** Where bytes lie outside of the database. */
@Module({
  imports: [LedgerModule],
  providers: [
    { provide: ObjectStore, inject: [SETTINGS], useFactory: createObjectStore },
    {
      provide: StorageCheck,
      inject: [ObjectStore, LOGGER],
      useFactory: (store: ObjectStore, logger: Logger) => new StorageCheck(store, logger),
    },
  ],
  exports: [ObjectStore, LedgerModule],
})
export class StorageModule {}

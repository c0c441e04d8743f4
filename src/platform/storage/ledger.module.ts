import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { LedgerStore } from './ledger-store.js';
import { LocalLedgerStore } from './local.ledger-store.js';

/** In the bucket of objects where one is set, else in the data folder. */
async function createLedgerStore(settings: Settings): Promise<LedgerStore> {
  const { S3_BUCKET } = settings;
  if (!S3_BUCKET) return new LocalLedgerStore(join(settings.REDOUBT_DATA_DIR, 'ledger'));
  const { S3LedgerStore } = await import('./s3.ledger-store.js');
  return new S3LedgerStore({ ...settings, S3_BUCKET });
}

/** What must outlive a restored database; of the set-up too, which needs no objects. */
@Module({
  providers: [{ provide: LedgerStore, inject: [SETTINGS], useFactory: createLedgerStore }],
  exports: [LedgerStore],
})
export class LedgerModule {}

import { Module } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import { LedgerStore } from '../../platform/storage/ledger-store.js';
import { createLedgerStore } from '../../platform/storage/storage.module.js';
import { ErasureLedger } from './erasure-ledger.service.js';
import { ErasuresRepository } from './erasures.repository.js';
import { ForgottenErasures } from './forgotten-erasures.service.js';

/** What a start must know of erasures before anything else runs; of set-up too, which has no queue and no features. */
@Module({
  providers: [
    {
      provide: LedgerStore,
      inject: [SETTINGS],
      useFactory: (settings: Settings) => createLedgerStore(settings),
    },
    ErasureLedger,
    ErasuresRepository,
    ForgottenErasures,
  ],
  exports: [ErasureLedger, ErasuresRepository, ForgottenErasures],
})
export class ErasureLedgerModule {}

import { Module } from '@nestjs/common';
import { LedgerModule } from '../../platform/storage/ledger.module.js';
import { ErasureLedger } from './erasure-ledger.service.js';
import { ErasuresRepository } from './erasures.repository.js';
import { ForgottenErasures } from './forgotten-erasures.service.js';

/** What a start must know of erasures before anything else runs; of set-up too, which has no queue and no features. */
@Module({
  imports: [LedgerModule],
  providers: [ErasureLedger, ErasuresRepository, ForgottenErasures],
  exports: [ErasureLedger, ErasuresRepository, ForgottenErasures],
})
export class ErasureLedgerModule {}
